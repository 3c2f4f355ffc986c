package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.entry.Vacancy;
import io.fyercache.core.load.LoadOutcome;
import org.jspecify.annotations.Nullable;

/** A key that an operation of this engine holds, with what the engine must remember until it lets go. Used by the owner only. */
final class HeldKey extends KeyHold {
    final Object key;

    /** The entry whose slot this hold stands in. Replaced when the entry must be given room for a deadline. */
    CacheEntry entry;

    /** How many operations of listeners, called by the owner, hold the key within the first one. */
    int nesting;

    /** What stays in the slot if there is no value at the end; null: the entry goes. */
    @Nullable
    Vacancy vacancy;

    /** How a load ended that ran under this hold: what readers who waited for it get. Set before the release. */
    @Nullable
    LoadOutcome outcome;

    HeldKey(Object key, CacheEntry entry, @Nullable Object visible) {
        super(visible);
        this.key = key;
        this.entry = entry;
    }
}
