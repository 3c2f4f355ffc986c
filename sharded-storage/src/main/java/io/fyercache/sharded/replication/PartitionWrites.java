package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult.Backlog;
import io.fyercache.sharded.message.Request.Task.Haste;
import io.fyercache.sharded.message.UnwrittenChange;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a partition among all that its primary's member is to write (Q2). They are here from when they are committed until they are
 * forgotten, and while the primary serves. Keys are those of caches that write behind. Used by the thread of the partition.
 */
public interface PartitionWrites {
    /** There are none, and are to be none. */
    PartitionWrites NONE = new PartitionWrites() {
        @Override
        public boolean admit(EntryKey key) {
            return true;
        }

        @Override
        public void release(EntryKey key) {}

        @Override
        public void committed(EntryKey key, @Nullable UnwrittenChange change, long partitionMillis) {}

        @Override
        public void end() {}

        @Override
        public boolean areUnderWay() {
            return false;
        }

        @Override
        public Backlog backlog(int cache, Haste haste) {
            return new Backlog(0, 0, 0, 0);
        }
    };

    /** Gives a key a place, if there is room for its change on this member, or the key has one; tells whether it has one. */
    boolean admit(EntryKey key);

    /** Takes back a place that was given to a key, of which there will be no change. */
    void release(EntryKey key);

    /**
     * Takes in what the database is to be told of a key, as is committed by now.
     *
     * @param change null if nothing
     * @param partitionMillis the partition's time
     */
    void committed(EntryKey key, @Nullable UnwrittenChange change, long partitionMillis);

    /** Takes in that the primary serves no more: somebody else will see to all of it. */
    void end();

    /** Tells whether changes are being written of which it is still to be told what came of them (J3). */
    boolean areUnderWay();

    /** Tells how much of a cache waits. */
    Backlog backlog(int cache, Haste haste);
}
