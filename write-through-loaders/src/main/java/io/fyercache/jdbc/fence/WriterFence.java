package io.fyercache.jdbc.fence;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.StatementSource;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.mapping.TableName;
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
public final class WriterFence {

    private final @Nullable FenceTable table;
    private final @Nullable PrimaryEpochs epochs;

    /** Known with the first connection. Two threads may make them at once; what one of them knows of epochs is lost, and learned again. */
    private volatile @Nullable FenceLocks locks;

    /** Knows the dialect of a connection's database, or asks for it. */
    @FunctionalInterface
    public interface DialectSource {

        /** The dialect. */
        Dialect of(Connection connection) throws SQLException;
    }

    private WriterFence(@Nullable FenceTable table, @Nullable PrimaryEpochs epochs) {
        this.table = table;
        this.epochs = epochs;
    }

    /** Of a writer that was given this; null for none. */
    public static WriterFence of(@Nullable Fence fence) {
        return fence == null
                ? new WriterFence(null, null)
                : new WriterFence(FenceTable.named(fence.table()), fence.epochs());
    }

    /**
     * Notes what is wrong with a fence that a writer is given.
     *
     * @return its table; null if that is no name
     */
    public static @Nullable TableName check(Fence fence, Faults faults) {
        try {
            return TableName.parse(fence.table());
        } catch (IllegalArgumentException e) {
            faults.add(
                    "fencedBy",
                    fence.table(),
                    String.valueOf(e.getMessage()),
                    "write it as in SQL: fyercache_fence, app.fyercache_fence");
            return null;
        }
    }

    /** Tells whether there is one. */
    public boolean isThere() {
        return table != null;
    }

    /**
     * What is to be written, with who has it written.
     *
     * @param key of the cache's entry
     * @throws FenceFailure if there is a fence, and nobody has said who
     */
    public <T> Fenced<T> fenced(T item, Object key) {
        if (epochs == null) {
            return new Fenced<>(item, null);
        }
        PrimaryEpoch epoch = epochs.of(key);
        if (epoch == null) {
            throw FenceFailure.nothingToFenceBy();
        }
        return new Fenced<>(item, epoch);
    }

    /** See {@link FenceLocks#hold}. Does nothing without a fence. */
    public void hold(
            Connection connection, StatementSource statements, DialectSource dialects, List<? extends Fenced<?>> items)
            throws SQLException {
        if (table != null) {
            FenceLocks known = locks;
            if (known == null) {
                known = FenceLocks.of(table, connection, dialects.of(connection));
                locks = known;
            }
            known.hold(connection, statements, epochs(items));
        }
    }

    /** Takes in that all is committed which was held. */
    public void committed(List<? extends Fenced<?>> items) {
        FenceLocks known = locks;
        if (known != null) {
            known.committed(epochs(items));
        }
    }

    private static List<PrimaryEpoch> epochs(List<? extends Fenced<?>> items) {
        return items.stream().map(each -> Objects.requireNonNull(each.by())).toList();
    }
}
