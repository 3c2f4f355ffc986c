package io.fyercache.core.bus.contract;

import io.fyercache.core.invalidated.UnconfirmedInvalidationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;

/**
 * One key whose value is the number of its version: a writer that knows when each was acknowledged, and a reader that notices when it gets one that was replaced
 * too long ago.
 */
final class StalenessWatch {
    static final String KEY = "watched";

    /** The pause between two writes, 5 ms. */
    private static final long PAUSE_NANOS = 5_000_000;

    private final Database database;
    private final Cache<String, Long> reader;
    private final long boundNanos;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger readsMeanwhile = new AtomicInteger();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    /** The latest version that is acknowledged, and older than the bound by a time. */
    private record Acknowledgement(long version, long atNanos) {}

    private final List<Acknowledgement> acknowledgements = new CopyOnWriteArrayList<>();
    private volatile boolean expectsTheLatest;

    StalenessWatch(Database database, Cache<String, Long> reader, Duration bound) {
        this.database = database;
        this.reader = reader;
        this.boundNanos = bound.toNanos();
        database.rows().put(KEY, 0L);
    }

    void write(Cache<String, Long> writer, long version) {
        try {
            writer.put(KEY, version);
            acknowledgements.add(new Acknowledgement(version, System.nanoTime()));
            acknowledged.incrementAndGet();
        } catch (UnconfirmedInvalidationException e) {
            // Not acknowledged.
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    void read() {
        boolean latest = expectsTheLatest;
        long inDatabase = database.rows().get(KEY);
        long startNanos = System.nanoTime();
        long owed = owedAt(startNanos);
        long found = reader.get(KEY);
        if (found < owed) {
            violations.add("found " + found + ", and " + owed + " was acknowledged longer ago than the bound");
        }
        if (latest && expectsTheLatest) {
            readsMeanwhile.incrementAndGet();
            if (found < inDatabase) {
                violations.add("found " + found + " while cut off, and the database had " + inDatabase);
            }
        }
        LockSupport.parkNanos(PAUSE_NANOS / 10);
    }

    private long owedAt(long nowNanos) {
        for (int i = acknowledgements.size() - 1; i >= 0; i--) {
            Acknowledgement each = acknowledgements.get(i);
            if (nowNanos - each.atNanos() > boundNanos) {
                return each.version();
            }
        }
        return 0;
    }

    /** Says whether the reader is cut off, so that it must find what the database has. */
    void expectTheLatest(boolean expected) {
        expectsTheLatest = expected;
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int readsMeanwhile() {
        return readsMeanwhile.get();
    }

    List<String> violations() {
        return violations;
    }
}
