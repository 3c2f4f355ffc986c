package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.engine.ClusterOverloadedException;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.testkit.history.AtomicFunction.CompareAndSet;
import io.fyercache.testkit.history.CheckReport;
import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.HistoryRecorder;
import io.fyercache.testkit.history.LinearizabilityChecker;
import io.fyercache.testkit.history.Outcome;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;

/** Uses keys in every way there is, and writes down what was answered; what a cluster has lost or forgotten shows in that. Thread-safe. */
final class RecordedUse {
    /** As many as a key's history may have to be checked in milliseconds. */
    private static final int OPERATIONS_OF_A_KEY = 300;

    /** In each thread of the longest test. */
    private static final int MAX_OPERATIONS = 100_000;

    private final Cache<String, Long> cache;
    private final PartitionKeys keys;
    private final String name;
    private final HistoryRecorder recorder =
            new HistoryRecorder(System::nanoTime, MAX_OPERATIONS, RecordedUse::hadNoEffect);
    private final AtomicLong values = new AtomicLong();
    private final AtomicIntegerArray operations;
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /**
     * Prepares it.
     *
     * @param name its keys begin with, which no other use of the cache has
     */
    RecordedUse(Cache<String, Long> cache, int partitions, String name) {
        this.cache = cache;
        this.keys = new PartitionKeys(partitions);
        this.name = name;
        this.operations = new AtomicIntegerArray(partitions);
    }

    private static boolean hadNoEffect(RuntimeException exception) {
        return exception instanceof ClusterUnavailableException || exception instanceof ClusterOverloadedException;
    }

    /** Returns what one thread does. */
    Load.Use newUse() {
        return new OfThread(recorder.record(cache));
    }

    private final class OfThread implements Load.Use {
        private final Cache<String, Long> view;
        private int keyNumber = -1;
        private String key = "";
        private Long seen;

        OfThread(Cache<String, Long> view) {
            this.view = view;
        }

        @Override
        public void operate(int partition, Random random) {
            moveOn(partition);
            long value = values.incrementAndGet();
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> view.put(key, value);
                case 3, 4, 5 -> seen = view.get(key);
                case 6 -> view.putIfAbsent(key, value);
                case 7 -> view.remove(key);
                case 8 -> seen = view.getAndPut(key, value);
                default -> view.invoke(key, new CompareAndSet<>(seen, value));
            }
        }

        private void moveOn(int partition) {
            int number = operations.getAndIncrement(partition) / OPERATIONS_OF_A_KEY;
            if (number != keyNumber) {
                keyNumber = number;
                key = keys.key(name + "-" + number, partition);
                used.add(key);
            }
        }
    }

    /** Reads all keys once more, and checks that there is an order of all operations that explains all answers. */
    History check() {
        Cache<String, Long> view = recorder.record(cache);
        used.forEach(view::get);
        History history = recorder.history();
        CheckReport report = new LinearizabilityChecker().check(history);
        assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.LINEARIZABLE);
        return history;
    }
}
