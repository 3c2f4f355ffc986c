package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.VersionConflict;
import io.fyercache.jdbc.mapping.RowKey;
import io.fyercache.jdbc.mapping.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/** Which rows of one call were written, which were not and why. Used by one thread. */
final class WriteProgress {

    /** The most exceptions kept beside the first: each holds a stack, and a batch may have thousands of bad rows. */
    static final int MAX_SUPPRESSED = 10;

    private final String action;
    private final Table table;
    private final BitSet written = new BitSet();
    private final BitSet failed = new BitSet();
    private final List<RowKey> firstFailedKeys = new ArrayList<>();
    private final List<CacheWriterException> others = new ArrayList<>();
    private @Nullable Exception first;
    private @Nullable Exception stop;
    private boolean onlyConflicts = true;

    /** {@code action} is the message's beginning, {@code cannot write to}. */
    WriteProgress(String action, Table table) {
        this.action = action;
        this.table = table;
    }

    void written(List<NumberedRow> rows) {
        rows.forEach(row -> written.set(row.number()));
    }

    boolean isWritten(int number) {
        return written.get(number);
    }

    int writtenCount() {
        return written.cardinality();
    }

    /** These rows failed, for one reason. */
    void failed(List<NumberedRow> rows, Exception cause) {
        rows.forEach(row -> failed.set(row.number()));
        note(rows.stream().map(row -> row.row().key()).toList(), cause);
    }

    /** An entry never became a row. */
    void unmapped(int number, @Nullable RowKey key, Exception cause) {
        failed.set(number);
        note(key == null ? List.of() : List.of(key), cause);
    }

    /** No further row will be tried, for this reason. */
    void stopping(Exception cause) {
        stop = cause;
    }

    /** Of these rows, those neither written nor failed count as failed, for the reason of the stop. */
    void stopped(List<NumberedRow> rows) {
        Exception cause = stop;
        if (cause == null) {
            throw new IllegalStateException("stopped without a reason");
        }
        failed(
                rows.stream()
                        .filter(row -> !written.get(row.number()) && !failed.get(row.number()))
                        .toList(),
                cause);
    }

    private void note(Collection<RowKey> keys, Exception cause) {
        keys.stream().limit(FailureText.MAX_KEYS_SHOWN - firstFailedKeys.size()).forEach(firstFailedKeys::add);
        if (first == null) {
            first = cause;
        } else if (others.size() < MAX_SUPPRESSED) {
            others.add(exception(cause instanceof VersionConflict, keys, keys.size(), cause));
        }
        onlyConflicts &= cause instanceof VersionConflict;
    }

    private CacheWriterException exception(boolean isConflict, Collection<RowKey> keys, int rows, Exception cause) {
        String message = FailureText.of(action, table, keys, rows, cause);
        return isConflict ? new VersionConflictException(message, cause) : new CacheWriterException(message, cause);
    }

    void throwIfAnyFailed() {
        Exception cause = first;
        if (cause != null) {
            CacheWriterException failure = exception(onlyConflicts, firstFailedKeys, failed.cardinality(), cause);
            others.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
