package io.fyercache.sharded.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * Every sixteenth record of a table: what one znode holds.
 *
 * @param number 0..{@value PartitionTable#SEGMENTS}-1; the partitions of segment s are s, s + 16, s + 32 and so on
 * @param layout of the whole table
 * @param records of those partitions, in ascending order; none where the table has fewer partitions than segments
 */
public record TableSegment(int number, PartitionLayout layout, List<PartitionRecord> records) {
    /**
     * Checks the number of records.
     *
     * @throws IllegalArgumentException if it is not what the other two say
     */
    public TableSegment {
        Expected.inRange("segment", number, 0, PartitionTable.SEGMENTS - 1);
        records = List.copyOf(records);
        int size = size(number, layout.count());
        Expected.inRange("number of records of segment " + number, records.size(), size, size);
    }

    /** The segment of a partition. */
    public static int of(int partition) {
        return partition % PartitionTable.SEGMENTS;
    }

    /** How many records a segment has. */
    static int size(int number, int partitionCount) {
        return (partitionCount - number + PartitionTable.SEGMENTS - 1) / PartitionTable.SEGMENTS;
    }

    /** The partition of the record at a position. */
    public int partition(int position) {
        return number + position * PartitionTable.SEGMENTS;
    }

    /** All records as a change: of which a table takes those that are new to it. */
    public TableDelta toDelta() {
        List<TableDelta.Change> changes = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            changes.add(new TableDelta.Change(partition(i), records.get(i)));
        }
        return new TableDelta(layout.count(), changes);
    }
}
