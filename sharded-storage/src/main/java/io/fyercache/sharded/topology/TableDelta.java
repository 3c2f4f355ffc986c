package io.fyercache.sharded.topology;

import java.util.List;

/**
 * What changed from one table to a later one.
 *
 * @param partitionCount of the tables, 1..{@value PartitionLayout#MAX_COUNT}
 * @param changes in ascending order of partitions, at most one of each
 * @see PartitionTable#apply
 */
public record TableDelta(int partitionCount, List<Change> changes) {
    /**
     * Checks the partitions.
     *
     * @throws IllegalArgumentException if they are not in order or out of range
     */
    public TableDelta {
        Expected.inRange("number of partitions", partitionCount, 1, PartitionLayout.MAX_COUNT);
        changes = List.copyOf(changes);
        int next = 0;
        for (Change change : changes) {
            Expected.inRange("partition", change.partition(), next, partitionCount - 1);
            next = change.partition() + 1;
        }
    }

    /** Tells whether nothing changed. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * The new record of a partition.
     *
     * @param partition at least 0
     * @param record what replaces every record of a lower version
     */
    public record Change(int partition, PartitionRecord record) {}
}
