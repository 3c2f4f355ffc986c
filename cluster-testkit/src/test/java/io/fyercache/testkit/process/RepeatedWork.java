package io.fyercache.testkit.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Threads that do something again and again, until this is closed, or until it fails. Started and ended by one thread. */
final class RepeatedWork implements AutoCloseable {
    private final Consumer<String> onFailure;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /**
     * Prepares it.
     *
     * @param onFailure hears what a thread has ended with, on that thread
     */
    RepeatedWork(Consumer<String> onFailure) {
        this.onFailure = onFailure;
    }

    /**
     * Starts a thread.
     *
     * @param pause of the thread between two steps: on a small machine others need the time
     */
    void start(String name, Duration pause, Runnable step) {
        Thread thread = new Thread(() -> repeat(name, pause, step), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void repeat(String name, Duration pause, Runnable step) {
        try {
            while (!over) {
                step.run();
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (RuntimeException | Error e) {
            onFailure.accept(name + " has failed: " + e);
        }
    }

    /** Lets all threads end their last step. */
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
