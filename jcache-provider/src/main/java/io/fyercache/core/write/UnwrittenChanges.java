package io.fyercache.core.write;

import org.jspecify.annotations.Nullable;

/**
 * What the database does not know yet: of these keys it has an older state, which nobody who asks the cache may get to see. Thread-safe.
 */
@FunctionalInterface
public interface UnwrittenChanges {

    /** There are none: every change is written before it is kept. */
    UnwrittenChanges NONE = key -> null;

    /** Returns the newest change of {@code key} that may not have been written; null if the database is asked. */
    @Nullable
    Change find(Object key);
}
