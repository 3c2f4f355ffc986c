package io.fyercache.sharded.message;

import java.util.List;
import java.util.Map;

/**
 * What members say to each other about one partition. Each tells the number of the epoch that its sender knows; who knows a later one
 * refuses what came from an earlier one.
 */
public sealed interface PartitionMessage {

    /** Returns the number of the sender's epoch. */
    long epoch();

    // ---- from the primary

    /** The next entries, in their order, and how much is committed. */
    record Prepare(long epoch, List<LogEntry> entries, long committed) implements PartitionMessage {
        /** Keeps an unmodifiable copy of the entries. */
        public Prepare {
            entries = List.copyOf(entries);
        }
    }

    /** How much is committed, when no entry is there to say it. */
    record Committed(long epoch, long committed) implements PartitionMessage {}

    /**
     * A part of the log of a new primary, which is to become the receiver's.
     *
     * @param base up to where the logs of all in sync are the same, as it is committed
     * @param last the last entry of that log
     * @param entries some of those in between, in their order; none if there are none
     */
    record Reconcile(long epoch, long base, long last, List<LogEntry> entries) implements PartitionMessage {
        /** Keeps an unmodifiable copy of the entries. */
        public Reconcile {
            entries = List.copyOf(entries);
        }
    }

    /** Does anybody know a later epoch? */
    record Confirm(long epoch, long round) implements PartitionMessage {}

    /**
     * A copy begins: from {@code base} on, all entries will come.
     *
     * @param stream counts the copies that the primary begins in the epoch, from 1
     * @param version that of the record under which it begins
     * @param acknowledgedLosses the caches for which the loss of earlier copies is acknowledged (L4), at most {@value #MAX_ACKNOWLEDGED_LOSSES}
     * @param listening who listens (V3)
     */
    record CopyStart(
            long epoch,
            long stream,
            long version,
            long base,
            long partitionMillis,
            List<Integer> acknowledgedLosses,
            List<Listening> listening)
            implements PartitionMessage {
        /** Caches, of 5 bytes each at most, so that they need not come in parts (B1): they take 160 KiB. */
        public static final int MAX_ACKNOWLEDGED_LOSSES = 1 << 15;

        /**
         * Keeps unmodifiable copies.
         *
         * @throws IllegalArgumentException if they are more than {@value #MAX_ACKNOWLEDGED_LOSSES}
         */
        public CopyStart {
            if (acknowledgedLosses.size() > MAX_ACKNOWLEDGED_LOSSES) {
                throw new IllegalArgumentException("acknowledged losses: " + acknowledgedLosses.size()
                        + " (expected: 0.." + MAX_ACKNOWLEDGED_LOSSES + ")");
            }
            acknowledgedLosses = List.copyOf(acknowledgedLosses);
            listening = List.copyOf(listening);
        }
    }

    /**
     * A part of the copy: all that is between what the receiver has said that it has and another position, as it was when entry {@code asOf}
     * had been carried out.
     *
     * @param reached how far the receiver is when it has taken this in
     * @param results what is remembered of operations
     */
    record CopyPart(
            long epoch,
            long stream,
            long asOf,
            CopyPosition reached,
            List<KnownResult> results,
            Map<EntryKey, StoredEntry> entries)
            implements PartitionMessage {
        /** Keeps an unmodifiable copy of the results. */
        public CopyPart {
            results = List.copyOf(results);
        }
    }

    // ---- to the primary

    /**
     * All entries up to this one are here.
     *
     * @param stream the copy that they are in: that of this {@link CopyStart}, or 0 for one from before the epoch
     */
    record Acknowledge(long epoch, long stream, long number) implements PartitionMessage {}

    /** What you have said in this epoch came before I knew of it: send me your log again. */
    record Missed(long epoch) implements PartitionMessage {}

    /** I know no later epoch. */
    record Confirmed(long epoch, long round) implements PartitionMessage {}

    /** Of this stream the start is here, and all up to this position. */
    record CopyProgress(long epoch, long stream, CopyPosition reached) implements PartitionMessage {}

    /** What this answers was of an earlier epoch than the one that I know. */
    record OutOfDate(long epoch) implements PartitionMessage {}
}
