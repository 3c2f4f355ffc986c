package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.StatementSource;
import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.fence.FenceFailure;
import io.fyercache.jdbc.fence.FenceLocks;
import io.fyercache.jdbc.fence.FenceTable;
import io.fyercache.jdbc.fence.PrimaryEpoch;
import io.fyercache.jdbc.fence.PrimaryEpochs;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fence of one writer, which may have none. Thread-safe.
 *
 * <p>A writer that has one refuses calls without a token, rather than write unfenced: whoever set it would believe in a protection that there is not.
 */
final class WriterFence {

    private final @Nullable FenceTable table;
    private final @Nullable PrimaryEpochs epochs;

    /** Known with the first connection. Two threads may make them at once; what one of them knows of epochs is lost, and learned again. */
    private volatile @Nullable FenceLocks locks;

    private WriterFence(@Nullable FenceTable table, @Nullable PrimaryEpochs epochs) {
        this.table = table;
        this.epochs = epochs;
    }

    /** Of a writer that was given this; null for none. */
    static WriterFence of(@Nullable Fence fence) {
        return fence == null
                ? new WriterFence(null, null)
                : new WriterFence(FenceTable.named(fence.table()), fence.epochs());
    }

    /**
     * Who has the entry of a key written; null without a fence.
     *
     * @throws FenceFailure if there is a fence, and nobody has said
     */
    @Nullable
    PrimaryEpoch epochOf(Object key) {
        if (epochs == null) {
            return null;
        }
        PrimaryEpoch epoch = epochs.of(key);
        if (epoch == null) {
            throw FenceFailure.nothingToFenceBy();
        }
        return epoch;
    }

    /** See {@link FenceLocks#hold}. Does nothing without a fence. */
    void hold(Connection connection, StatementSource statements, Dialect dialect, List<FencedRow> rows)
            throws SQLException {
        if (table != null) {
            FenceLocks known = locks;
            if (known == null) {
                known = FenceLocks.of(table, connection, dialect);
                locks = known;
            }
            known.hold(connection, statements, epochs(rows));
        }
    }

    /** Takes in that rows are committed which were held. */
    void committed(List<FencedRow> rows) {
        FenceLocks known = locks;
        if (known != null) {
            known.committed(epochs(rows));
        }
    }

    private static List<PrimaryEpoch> epochs(List<FencedRow> rows) {
        return rows.stream().map(row -> Objects.requireNonNull(row.by())).toList();
    }
}
