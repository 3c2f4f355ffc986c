package io.fyercache.testkit.history;

import org.jspecify.annotations.Nullable;

/** How an operation ended, as its client saw it. Immutable. */
public sealed interface Completion {

    /**
     * It returned.
     *
     * @param answer as its {@link Action} says
     * @param returnedNanos when, on the clock of the history
     */
    record Answered(@Nullable Object answer, long returnedNanos) implements Completion {}

    /**
     * Nobody knows: it timed out, or the connection was lost. It may have taken effect once, at any time after its
     * invocation, be it after the client gave up; or never.
     */
    record Unknown() implements Completion {}

    /** It certainly had no effect and never will: it was refused. */
    record Failed() implements Completion {}
}
