package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;
import org.jspecify.annotations.Nullable;

/** Leave to read a copy until an instant, if it is not withdrawn before (R7). One that is given again is another one. */
public final class ReadLeave {
    private final SharedEntries entries;
    private final @Nullable UnsettledBuckets unsettled;
    private final long untilNanos;

    /**
     * Makes a leave.
     *
     * @param unsettled what the copy's holder does not know to be committed; null at the primary, which does
     * @param untilNanos on the clock of this process
     */
    public ReadLeave(SharedEntries entries, @Nullable UnsettledBuckets unsettled, long untilNanos) {
        this.entries = entries;
        this.unsettled = unsettled;
        this.untilNanos = untilNanos;
    }

    SharedEntries entries() {
        return entries;
    }

    Holder holder() {
        return unsettled == null ? Holder.PRIMARY : Holder.BACKUP;
    }

    boolean covers(EntryKey key) {
        return unsettled == null || !unsettled.mayConcern(key);
    }

    boolean isOver(long nowNanos) {
        return untilNanos - nowNanos <= 0;
    }
}
