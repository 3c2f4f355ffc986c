package io.fyercache.jdbc.through;

import io.fyercache.jdbc.dialect.FailureKind;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes in batches, each a transaction, and finds what is at fault when one fails.
 *
 * <p>A batch that fails is rolled back and its halves are run instead, and so on: {@code k} bad rows among {@code n}
 * cost about {@code 2k log2(n)} transactions, where row by row costs {@code n}. Savepoints would cost a round trip for
 * each row that is good, and the update counts of a failed batch mean different things to different drivers.
 *
 * <p>Used by one thread.
 */
public final class HalvedBatches<K, T> {

    /** Three: whoever loses twice in a row has met contention that only smaller transactions or waiting mend. */
    public static final int MAX_ATTEMPTS = 3;

    /** Whether there is a point in going on with further items. */
    public enum Next {
        GO_ON,
        STOP
    }

    private final Transactions<T> transactions;
    private final WriteProgress<K> progress;

    /** Tells {@code progress} what has been written, and what not. */
    public HalvedBatches(Transactions<T> transactions, WriteProgress<K> progress) {
        this.transactions = transactions;
        this.progress = progress;
    }

    /** Writes the items, in order, so many in a transaction. After a stop the rest counts as failed. */
    public Next run(List<Numbered<K, T>> items, int batchSize) {
        for (int from = 0; from < items.size(); from += batchSize) {
            int to = Math.min(items.size(), from + batchSize);
            if (write(items.subList(from, to)) == Next.STOP) {
                progress.stopped(items);
                return Next.STOP;
            }
        }
        return Next.GO_ON;
    }

    private Next write(List<Numbered<K, T>> items) {
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.commit(items.stream().map(Numbered::item).toList());
                progress.written(items);
                return Next.GO_ON;
            } catch (SQLException | RuntimeException e) {
                FailureKind kind = transactions.endFailed(e);
                if (kind == FailureKind.DATABASE) {
                    progress.stopping(e);
                    return Next.STOP;
                }
                if (kind == FailureKind.ROW || attempt == MAX_ATTEMPTS) {
                    return split(items, e);
                }
            }
        }
    }

    private Next split(List<Numbered<K, T>> items, Exception failure) {
        if (items.size() == 1) {
            progress.failed(items, failure);
            return Next.GO_ON;
        }
        int middle = items.size() / 2;
        Next next = write(items.subList(0, middle));
        return next == Next.STOP ? next : write(items.subList(middle, items.size()));
    }
}
