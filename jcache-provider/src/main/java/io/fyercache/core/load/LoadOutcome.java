package io.fyercache.core.load;

import org.jspecify.annotations.Nullable;

/**
 * How a load ended, for all who waited for it.
 *
 * @param value the value in stored form; null if there is none. With a failure: the old value, which serves once more
 * @param failure what the loader threw; null if it did not
 */
public record LoadOutcome(@Nullable Object value, @Nullable RuntimeException failure) {

    /** Tells whether the load failed and the old value serves in its place. */
    public boolean isStale() {
        return value != null && failure != null;
    }

    /** Returns the value, or throws what the loader threw if nothing serves in its place. */
    public @Nullable Object get() {
        if (value == null && failure != null) {
            throw failure;
        }
        return value;
    }
}
