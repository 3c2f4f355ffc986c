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

    /** The log of a new primary, from after {@code base} on: it replaces whatever the receiver has there. */
    record Reconcile(long epoch, long base, List<LogEntry> entries) implements PartitionMessage {
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
     * @param stream the version of the record under which it begins: it tells this copy from others of the same member
     * @param results what is remembered of operations up to there
     * @param acknowledgedLosses the caches for which the loss of earlier copies is acknowledged (L4)
     */
    record CopyStart(
            long epoch,
            long stream,
            long base,
            long partitionMillis,
            List<KnownResult> results,
            List<Integer> acknowledgedLosses)
            implements PartitionMessage {
        /** Keeps unmodifiable copies. */
        public CopyStart {
            results = List.copyOf(results);
            acknowledgedLosses = List.copyOf(acknowledgedLosses);
        }
    }

    /** A part of the copy: all entries of a bucket, as they were when entry {@code asOf} had been carried out. */
    record Bucket(long epoch, long stream, int bucket, long asOf, Map<EntryKey, StoredEntry> entries)
            implements PartitionMessage {}

    // ---- to the primary

    /**
     * All entries up to this one are here.
     *
     * @param stream the copy that they are in: that of this {@link CopyStart}, or 0 for one from before the epoch
     */
    record Acknowledge(long epoch, long stream, long number) implements PartitionMessage {}

    /** I know no later epoch. */
    record Confirmed(long epoch, long round) implements PartitionMessage {}

    /** Of this stream the start and so many buckets are here. */
    record CopyProgress(long epoch, long stream, int buckets) implements PartitionMessage {}

    /** What this answers was of an earlier epoch than the one that I know. */
    record OutOfDate(long epoch) implements PartitionMessage {}
}
