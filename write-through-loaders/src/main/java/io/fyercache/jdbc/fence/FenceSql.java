package io.fyercache.jdbc.fence;

import io.fyercache.jdbc.dialect.IdentifierRules;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a fence table in the words of a database.
 *
 * @param raise sets the epoch (1) of cluster (2) and partition (3) unless it is above (4), and locks the row in any case but that
 * @param insert makes the row of cluster (1) and partition (2), of epoch 0
 * @param select finds partitions and epochs of cluster (1) among partitions, up to the list of these
 * @param sharedLock follows a select whose rows are to be locked against being raised, and not against others who lock them so; null if the database
 *     knows no such lock
 */
record FenceSql(
        String raise,
        String insert,
        String select,
        @Nullable String sharedLock) {

    static FenceSql of(FenceTable table, IdentifierRules rules, @Nullable String sharedLock) {
        String name = rules.quote(table.name());
        String cluster = rules.quote(FenceTable.CLUSTER);
        String partition = rules.quote(FenceTable.PARTITION);
        String epoch = rules.quote(FenceTable.EPOCH);
        return new FenceSql(
                "UPDATE " + name + " SET " + epoch + " = ? WHERE " + cluster + " = ? AND " + partition + " = ? AND "
                        + epoch + " <= ?",
                "INSERT INTO " + name + " (" + cluster + ", " + partition + ", " + epoch + ") VALUES (?, ?, 0)",
                "SELECT " + partition + ", " + epoch + " FROM " + name + " WHERE " + cluster + " = ? AND " + partition
                        + " IN (",
                sharedLock == null ? null : " ORDER BY " + partition + " " + sharedLock);
    }

    /** Finds so many partitions. */
    String selectOf(int partitions) {
        return select + String.join(", ", Collections.nCopies(partitions, "?")) + ")";
    }

    /** The same, and locks them, in their order. */
    String lockOf(int partitions) {
        return selectOf(partitions) + sharedLock;
    }
}
