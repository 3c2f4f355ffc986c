package io.fyercache.testkit.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * Numbers that one process counts up, while threads of another one read them near: no read may be staler than the bound, nor older than what that process has
 * read before. Both processes are in this JVM, so one clock says what was when.
 */
final class WatchedNearReads implements AutoCloseable {
    private static final int READERS = 4;

    /** Changes of a key that are watched: of more the instants are not kept. */
    private static final int MOST_CHANGES = 10_000;

    private static final Duration PAUSE_OF_WRITER = Duration.ofMillis(20);

    /** Threads that read all the time would leave no time for others on a small machine. */
    private static final Duration PAUSE_OF_READER = Duration.ofNanos(50_000);

    private final List<String> keys;
    private final long stalenessNanos;
    private final List<AtomicLongArray> acknowledgedNanos = new ArrayList<>();
    private final List<AtomicLong> seen = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private volatile boolean over;

    private WatchedNearReads(List<String> keys, Duration staleness) {
        this.keys = keys;
        this.stalenessNanos = staleness.toNanos();
        keys.forEach(key -> {
            acknowledgedNanos.add(new AtomicLongArray(MOST_CHANGES));
            seen.add(new AtomicLong());
        });
    }

    /** Starts counting and reading. */
    static WatchedNearReads start(
            Cache<String, Long> writing, Cache<String, Long> reading, List<String> keys, Duration staleness) {
        WatchedNearReads watched = new WatchedNearReads(keys, staleness);
        keys.forEach(key -> writing.put(key, 0L));
        watched.startThread(() -> watched.write(writing));
        for (int reader = 0; reader < READERS; reader++) {
            watched.startThread(() -> watched.read(reading));
        }
        return watched;
    }

    private void startThread(Runnable work) {
        Thread thread = new Thread(work, "watched-near-reads");
        threads.add(thread);
        thread.start();
    }

    private void write(Cache<String, Long> cache) {
        for (int number = 1; number < MOST_CHANGES && !over; number++) {
            for (int i = 0; i < keys.size() && !over; i++) {
                put(cache, i, number);
            }
            ProcessCluster.letPass(PAUSE_OF_WRITER);
        }
    }

    private void put(Cache<String, Long> cache, int key, long number) {
        try {
            cache.put(keys.get(key), number);
            acknowledgedNanos.get(key).set((int) number, System.nanoTime());
            writes.incrementAndGet();
        } catch (CacheException e) {
            over = true;
            faults.add("a put failed: " + e);
        }
    }

    private void read(Cache<String, Long> cache) {
        for (int i = 0; !over; i = (i + 1) % keys.size()) {
            long before = seen.get(i).get();
            long beginNanos = System.nanoTime();
            Long number = cache.get(keys.get(i));
            reads.incrementAndGet();
            if (number == null || number < before) {
                faults.add(keys.get(i) + ": " + number + " after " + before);
                continue;
            }
            seen.get(i).accumulateAndGet(number, Math::max);
            long overwrittenNanos = acknowledgedNanos.get(i).get((int) (number + 1));
            if (overwrittenNanos != 0 && beginNanos - overwrittenNanos > stalenessNanos) {
                faults.add(keys.get(i) + ": " + number + " was stale for " + (beginNanos - overwrittenNanos) / 1_000_000
                        + " ms");
            }
            ProcessCluster.letPass(PAUSE_OF_READER);
        }
    }

    /** Waits for so many more reads and changes. */
    void await(long moreReads, long moreWrites) {
        long readsThen = reads.get() + moreReads;
        long writesThen = writes.get() + moreWrites;
        ProcessCluster.await(
                "reads and changes", () -> over || (reads.get() >= readsThen && writes.get() >= writesThen));
    }

    /** Ends it, and returns what was wrong. */
    List<String> end() {
        close();
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
