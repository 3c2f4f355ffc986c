package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.load.LoadOutcome;
import io.fyercache.core.operation.EntryChange;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A key that an operation of this engine holds, with what the engine must remember until it lets go. Used by the owner only. */
final class HeldKey extends KeyHold {
    /** The held entry. Replaced when the entry must be given room for a deadline. */
    CacheEntry entry;

    /** How many operations of listeners, called by the owner, hold the key within the first one. */
    int nesting;

    /** How many there were in all. */
    int nestedOperations;

    /** How a load ended that ran under this hold: what readers who waited for it get. Set before the release. */
    @Nullable
    LoadOutcome outcome;

    /**
     * Set by the owner, as the last that it does, when the stack has overflown while the key was held.
     */
    volatile boolean lost;

    /** What happened to the key and listeners were not told yet, oldest first; null for nothing so far. */
    private @Nullable Queue<EntryChange> news;

    HeldKey(CacheEntry entry) {
        this.entry = entry;
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    /** Returns the key in the form that is kept. */
    Object key() {
        return entry.key();
    }

    void note(EntryChange change) {
        if (news == null) {
            news = new ArrayDeque<>(1);
        }
        news.add(change);
    }

    boolean hasNews() {
        return news != null && !news.isEmpty();
    }

    @Nullable
    EntryChange nextNews() {
        return news == null ? null : news.poll();
    }
}
