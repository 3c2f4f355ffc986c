package io.fyercache.jdbc.through;

import io.fyercache.jdbc.dialect.FailureKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Writes in batches, each a transaction, and finds what is at fault when one fails.
 *
 * <p>A batch that fails is rolled back and its halves are run instead, and so on: {@code k} bad rows among {@code n}
 * cost about {@code 2k log2(n)} transactions, where row by row costs {@code n}. Savepoints would cost a round trip for
 * each row that is good, and the update counts of a failed batch mean different things to different drivers.
 *
 * <p>What is refused is tried once more when the others are written: a row may refer to another row of the same table, which comes after it.
 *
 * <p>Used by one thread.
 */
public final class HalvedBatches<K, T> {

    /** Three: whoever loses twice in a row has met contention that only smaller transactions mend. */
    public static final int MAX_ATTEMPTS = 3;

    /**
     * 20 ms, at most, before the second attempt, and twice that before the third: those who have won take the rows meanwhile. A victim that comes
     * back at once is often quicker than they are, and the same deadlock begins anew.
     */
    private static final long PAUSE_NANOS = 20_000_000;

    /** Eight: as deep as rows of one call refer to rows that are written after them. Each round costs a transaction for each row that is left. */
    public static final int MAX_ROUNDS = 8;

    /** Whether there is a point in going on with further items. */
    public enum Next {
        GO_ON,
        STOP
    }

    private final Transactions<T> transactions;
    private final WriteProgress<K> progress;
    private List<Refused<K, T>> refused = new ArrayList<>();

    private record Refused<K, T>(Numbered<K, T> item, Exception reason) {}

    /** Tells {@code progress} what has been written, and what not. */
    public HalvedBatches(Transactions<T> transactions, WriteProgress<K> progress) {
        this.transactions = transactions;
        this.progress = progress;
    }

    /** Writes the items, in order, so many in a transaction. After a stop the rest counts as failed. */
    public Next run(List<Numbered<K, T>> items, int batchSize) {
        Next next = writeBatches(items, batchSize);
        if (next == Next.GO_ON) {
            next = writeRefused(items);
        }
        refused.forEach(left -> progress.failed(List.of(left.item), left.reason));
        if (next == Next.STOP) {
            progress.stopped(items);
        }
        return next;
    }

    private Next writeBatches(List<Numbered<K, T>> items, int batchSize) {
        for (int from = 0; from < items.size(); from += batchSize) {
            int to = Math.min(items.size(), from + batchSize);
            if (write(items.subList(from, to)) == Next.STOP) {
                return Next.STOP;
            }
        }
        return Next.GO_ON;
    }

    /** As long as each round writes some of what those before it have left. */
    private Next writeRefused(List<Numbered<K, T>> items) {
        Set<K> repeated = refused.isEmpty() ? Set.of() : repeatedKeys(items);
        int before = items.size();
        for (int round = 0; round < MAX_ROUNDS && !refused.isEmpty() && refused.size() < before; round++) {
            List<Refused<K, T>> again = refused;
            before = again.size();
            refused = new ArrayList<>();
            for (int i = 0; i < before; i++) {
                Refused<K, T> left = again.get(i);
                if (repeated.contains(left.item.key())) {
                    refused.add(left);
                } else if (write(List.of(left.item)) == Next.STOP) {
                    refused.addAll(again.subList(i, before));
                    return Next.STOP;
                }
            }
        }
        return Next.GO_ON;
    }

    /** Of these only the last counts, and none before it may be written after it. */
    private Set<K> repeatedKeys(List<Numbered<K, T>> items) {
        Set<K> seen = new HashSet<>();
        return items.stream().map(Numbered::key).filter(key -> !seen.add(key)).collect(Collectors.toSet());
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
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS / 2, PAUSE_NANOS) * attempt);
            }
        }
    }

    private Next split(List<Numbered<K, T>> items, Exception failure) {
        if (items.size() == 1) {
            refused.add(new Refused<>(items.get(0), failure));
            return Next.GO_ON;
        }
        int middle = items.size() / 2;
        Next next = write(items.subList(0, middle));
        return next == Next.STOP ? next : write(items.subList(middle, items.size()));
    }
}
