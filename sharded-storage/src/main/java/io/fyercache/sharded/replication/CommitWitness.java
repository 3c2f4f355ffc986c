package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.StoredEntry;
import org.jspecify.annotations.Nullable;

/** Is told what committed entries do to a copy while they do it: afterwards nobody knows what was there before. Called by the copy's thread. */
interface CommitWitness {
    /** Looks away: a backup tells nobody. */
    CommitWitness NONE = new CommitWitness() {
        @Override
        public void carriedOut(long number, Effect effect, @Nullable StoredEntry before) {
            // The primary tells.
        }

        @Override
        public void committed(LogEntry entry) {
            // The primary tells.
        }
    };

    /**
     * Is told of an effect that has been carried out.
     *
     * @param number of the entry that it is of
     * @param before what the key had, its time over or not; null for nothing
     */
    void carriedOut(long number, Effect effect, @Nullable StoredEntry before);

    /** Is told that all effects of an entry have been carried out. */
    void committed(LogEntry entry);
}
