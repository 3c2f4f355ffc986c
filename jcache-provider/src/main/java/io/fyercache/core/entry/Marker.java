package io.fyercache.core.entry;

import org.jspecify.annotations.Nullable;

/**
 * What stands in an entry's slot in place of a plain value: the key is {@linkplain KeyHold held} by somebody's code, or there is
 * {@linkplain Vacancy no value}.
 */
public abstract sealed class Marker permits KeyHold, Vacancy {

    /** Returns the value that readers see meanwhile, or null where they see none. */
    public abstract @Nullable Object visible();
}
