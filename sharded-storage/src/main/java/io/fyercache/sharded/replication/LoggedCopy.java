package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.LogEntry;

/** A copy with its log: what is committed in the log has been carried out on the copy. Used by one thread. */
record LoggedCopy(PartitionCopy copy, ReplicaLog log) {

    /** Makes the copy of a partition that is new and empty. */
    static LoggedCopy empty() {
        return new LoggedCopy(PartitionCopy.empty(), new ReplicaLog(0));
    }

    /** Makes a copy that waits for its parts, and for the entries after {@code base}. */
    static LoggedCopy toBeFilled(long base) {
        return new LoggedCopy(PartitionCopy.toBeFilled(), new ReplicaLog(base));
    }

    /** Carries out the entries up to {@code number}, as far as they are here and have not been carried out. */
    void commit(long number, CommitWitness witness) {
        for (LogEntry entry : log.commit(number)) {
            copy.apply(entry, witness);
            copy.remember(entry);
            witness.committed(entry);
        }
    }

    /** As {@link #commit}, without remembering the operations: what breaks {@link Rule#DEDUP_TRAVELS}. */
    void commitForgetfully(long number) {
        log.commit(number).forEach(entry -> copy.apply(entry, CommitWitness.NONE));
    }
}
