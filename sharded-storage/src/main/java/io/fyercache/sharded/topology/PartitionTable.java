package io.fyercache.sharded.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Who holds each partition of the cluster: a picture that never changes. Whoever changes the table makes a
 * {@link TableDelta} and from picture and delta the next picture; readers hold the one that they began with.
 *
 * <p>The number of partitions is fixed when the cluster is founded. In ZooKeeper and on the wire the table is cut into
 * {@value #SEGMENTS} {@link TableSegment segments}.
 *
 * @see TopologyForm
 */
public final class PartitionTable {
    /** Enough for 50 members to be loaded alike within 5 %, few enough for one record each in ZooKeeper. */
    public static final int DEFAULT_PARTITIONS = 1024;

    /** Parts that are written one at a time, so that a change of one record does not write all of them. */
    public static final int SEGMENTS = 16;

    private final PartitionLayout layout;
    private final PartitionRecord[] records;

    private PartitionTable(PartitionLayout layout, PartitionRecord[] records) {
        this.layout = layout;
        this.records = records;
    }

    /** The table of a cluster that is being founded: every partition is empty and on one member. */
    public static PartitionTable initial(PartitionLayout layout, Incarnation founder) {
        return of(layout, Collections.nCopies(layout.count(), PartitionRecord.initial(founder)));
    }

    /**
     * The table of these records, the partition's number being the position.
     *
     * @throws IllegalArgumentException if there are more of them than partitions, or fewer
     */
    public static PartitionTable of(PartitionLayout layout, List<PartitionRecord> records) {
        Expected.inRange("number of records", records.size(), layout.count(), layout.count());
        return new PartitionTable(layout, records.toArray(PartitionRecord[]::new));
    }

    /**
     * Puts a table together from all of its segments, in any order.
     *
     * @throws IllegalArgumentException if one is missing, is there twice, or is of a table with another number of partitions
     */
    public static PartitionTable ofSegments(List<TableSegment> segments) {
        boolean[] seen = new boolean[SEGMENTS];
        segments.forEach(segment -> seen[segment.number()] = true);
        for (int number = 0; number < SEGMENTS; number++) {
            if (!seen[number]) {
                throw new IllegalArgumentException(
                        "segment " + number + " is missing (expected: all " + SEGMENTS + ")");
            }
        }
        if (segments.size() != SEGMENTS) {
            throw new IllegalArgumentException(
                    "number of segments: " + segments.size() + " (expected: each of " + SEGMENTS + " once)");
        }
        PartitionLayout layout = segments.get(0).layout();
        PartitionRecord[] records = new PartitionRecord[layout.count()];
        for (TableSegment segment : segments) {
            if (!segment.layout().equals(layout)) {
                throw new IllegalArgumentException("partitions: " + segment.layout() + " (expected: " + layout
                        + ", which are fixed for the life of a cluster)");
            }
            for (int i = 0; i < segment.records().size(); i++) {
                records[segment.partition(i)] = segment.records().get(i);
            }
        }
        return new PartitionTable(layout, records);
    }

    private static void checkSameCount(int expected, int actual) {
        if (actual != expected) {
            throw new IllegalArgumentException("number of partitions: " + actual + " (expected: " + expected
                    + ", which is fixed for the life of a cluster)");
        }
    }

    /** Which partitions there are. */
    public PartitionLayout layout() {
        return layout;
    }

    /** How many partitions there are. */
    public int partitionCount() {
        return records.length;
    }

    /** The record of a partition, 0..{@link #partitionCount}-1. */
    public PartitionRecord record(int partition) {
        return records[partition];
    }

    /** The records of all partitions, in the order of their numbers. */
    public List<PartitionRecord> records() {
        return Collections.unmodifiableList(Arrays.asList(records));
    }

    /** One of the segments, 0..{@value #SEGMENTS}-1. */
    public TableSegment segment(int number) {
        List<PartitionRecord> part = new ArrayList<>(TableSegment.size(number, records.length));
        for (int partition = number; partition < records.length; partition += SEGMENTS) {
            part.add(records[partition]);
        }
        return new TableSegment(number, layout, part);
    }

    /**
     * Returns the next picture. A record of the delta counts only if its version is greater than that of the one it would
     * replace, so that deltas may come twice, late, and by several ways; without such a record it returns this table.
     *
     * @throws IllegalArgumentException if the delta is of a table with another number of partitions, or has another record of
     *     a version that is in this table: two controllers would have written it
     */
    public PartitionTable apply(TableDelta delta) {
        checkSameCount(records.length, delta.partitionCount());
        PartitionRecord[] next = null;
        for (TableDelta.Change change : delta.changes()) {
            PartitionRecord known = records[change.partition()];
            if (change.record().version() > known.version()) {
                next = next == null ? records.clone() : next;
                next[change.partition()] = change.record();
            } else {
                checkNoConflict(change.partition(), known, change.record());
            }
        }
        return next == null ? this : new PartitionTable(layout, next);
    }

    /**
     * Returns what makes a later picture of this one.
     *
     * @throws IllegalArgumentException if {@code next} is of another number of partitions or has an earlier record, or
     *     another one of the same version
     */
    public TableDelta deltaTo(PartitionTable next) {
        checkSameCount(records.length, next.records.length);
        List<TableDelta.Change> changes = new ArrayList<>();
        for (int partition = 0; partition < records.length; partition++) {
            PartitionRecord before = records[partition];
            PartitionRecord after = next.records[partition];
            if (after.version() > before.version()) {
                changes.add(new TableDelta.Change(partition, after));
            } else if (after.version() < before.version()) {
                throw new IllegalArgumentException("version of partition " + partition + ": " + after.version()
                        + " (expected: at least " + before.version() + "); the tables are in the wrong order");
            } else {
                checkNoConflict(partition, before, after);
            }
        }
        return new TableDelta(records.length, changes);
    }

    private static void checkNoConflict(int partition, PartitionRecord known, PartitionRecord other) {
        if (known.version() == other.version() && !known.equals(other)) {
            throw new IllegalArgumentException("partition " + partition + ": two records of one version, " + known
                    + " and " + other + " (expected: one writer); the members are not of one cluster");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionTable that
                && layout.equals(that.layout)
                && Arrays.equals(records, that.records);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(records);
    }

    @Override
    public String toString() {
        return "PartitionTable of " + records.length + " partitions";
    }
}
