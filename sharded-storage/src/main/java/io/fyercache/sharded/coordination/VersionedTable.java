package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.PartitionTable;

/**
 * The table after its {@code version}th change.
 *
 * @param version at least 1, which is the founding; each {@link TableWrite} makes it greater by one. Members tell each other by it whose
 *     table is newer (protocol, R3).
 */
public record VersionedTable(long version, PartitionTable table) {
    /** Checks the version. */
    public VersionedTable {
        if (version < 1) {
            throw new IllegalArgumentException("version of the table: " + version + " (expected: at least 1)");
        }
    }
}
