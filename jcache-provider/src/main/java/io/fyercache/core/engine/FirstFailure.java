package io.fyercache.core.engine;

import org.jspecify.annotations.Nullable;

/** What went wrong first among several steps that are all to be taken, whatever happens to the others. Used by one thread. */
public final class FirstFailure {

    /** How many later failures are kept with the first: enough to see that it was not alone, few enough to print. */
    private static final int MAX_SUPPRESSED = 10;

    private @Nullable Throwable first;

    /** Takes a step, and remembers what it throws. */
    public void during(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            add(e);
        }
    }

    /** Remembers what a step threw. */
    public void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure && first.getSuppressed().length < MAX_SUPPRESSED) {
            first.addSuppressed(failure);
        }
    }

    /** Returns what was thrown first, the next few suppressed in it; null if all went well. */
    public @Nullable Throwable get() {
        return first;
    }

    /** Throws what was thrown first, if anything was. */
    public void rethrow() {
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
