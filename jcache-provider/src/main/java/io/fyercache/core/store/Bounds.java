package io.fyercache.core.store;

import org.jspecify.annotations.Nullable;

/**
 * How much a store may keep.
 *
 * @param maximum the greatest sum of weights, at least 1, or {@link #UNLIMITED}
 * @param weigher what an entry weighs; null: each entry weighs 1
 */
public record Bounds(long maximum, @Nullable Weigher weigher) {

    /** The maximum of a store without bounds. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Nothing is ever evicted. */
    public static final Bounds NONE = new Bounds(UNLIMITED, null);

    /** Says what an entry weighs; called by any thread, and never with an entry's monitor held. */
    @FunctionalInterface
    public interface Weigher {
        /** Returns the weight of an entry, at least 0, from its key and value in stored form. */
        int weigh(Object key, Object value);
    }

    /** Tells whether there is no limit. */
    public boolean isUnlimited() {
        return maximum == UNLIMITED;
    }
}
