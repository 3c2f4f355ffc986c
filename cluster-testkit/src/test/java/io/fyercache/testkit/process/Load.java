package io.fyercache.testkit.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.cache.CacheException;

/** Threads that use each partition of a cluster all the time, so that it is seen when one does not answer. Started and ended by one thread. */
final class Load implements AutoCloseable {
    private final AnswerTimes answers;
    private final Queue<CacheException> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> ends = new ArrayList<>();
    private volatile boolean stopped;

    /** What a thread does again and again. Used by one thread. */
    interface Use {
        /**
         * Carries out one operation.
         *
         * @throws CacheException if it fails; the next one follows all the same
         */
        void operate(int partition, Random random);
    }

    private Load(int partitions) {
        answers = new AnswerTimes(partitions);
    }

    /**
     * Starts the threads.
     *
     * @param threadsEach of each partition
     * @param pause of a thread between two operations: on a small machine, members need the time more than their users
     * @param uses makes what a thread does
     */
    static Load start(int partitions, int threadsEach, Duration pause, Supplier<? extends Use> uses) {
        Load load = new Load(partitions);
        for (int i = 0; i < partitions * threadsEach; i++) {
            int partition = i % partitions;
            Random random = new Random(i);
            Use use = uses.get();
            load.ends.add(load.threads.submit(() -> load.run(use, partition, random, pause)));
        }
        return load;
    }

    private void run(Use use, int partition, Random random, Duration pause) {
        while (!stopped) {
            long invokedNanos = System.nanoTime();
            try {
                use.operate(partition, random);
                answers.add(partition, invokedNanos, System.nanoTime());
            } catch (CacheException e) {
                failures.add(e);
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    AnswerTimes answers() {
        return answers;
    }

    /** Returns what operations have failed with. */
    List<CacheException> failures() {
        return List.copyOf(failures);
    }

    /** Waits until each partition has answered so many times more. */
    void awaitAnswers(int more) {
        List<Integer> before = answers.counts();
        ProcessCluster.await(more + " answers of each partition", () -> {
            List<Integer> now = answers.counts();
            return IntStream.range(0, before.size()).allMatch(i -> now.get(i) - before.get(i) >= more);
        });
    }

    /** Lets all threads end their last operation. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        try {
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread of the load has failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
