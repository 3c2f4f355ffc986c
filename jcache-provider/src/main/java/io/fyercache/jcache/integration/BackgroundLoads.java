package io.fyercache.jcache.integration;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/** The calls of {@code Cache.loadAll} that are under way in the background. Thread-safe. */
public final class BackgroundLoads {
    private static final Logger LOGGER = System.getLogger(BackgroundLoads.class.getName());

    /** Seconds that closing a cache waits for loads under way, before it closes their loader. */
    static final int LONGEST_WAIT_SECONDS = 5;

    private final String cacheName;
    private final Executor background;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    /** The threads that run a load. */
    @GuardedBy("lock")
    private final Set<Thread> running = new HashSet<>();

    /** Makes the keeper of a cache's loads. */
    public BackgroundLoads(String cacheName, Executor background) {
        this.cacheName = cacheName;
        this.background = background;
    }

    /**
     * Runs {@code load} in the background and tells {@code listener} how it ended; nobody if it is null. When too much waits for the
     * background already, it has failed at once.
     */
    public void start(Runnable load, @Nullable CompletionListener listener) {
        try {
            background.execute(() -> {
                enter();
                try {
                    end(run(load), listener);
                } finally {
                    leave();
                }
            });
        } catch (RejectedExecutionException e) {
            end(
                    new CacheLoaderException(
                            "cache '" + cacheName + "': loadAll found too much waiting in the background, or its"
                                    + " manager closed; load fewer keys at a time, one after the other",
                            e),
                    listener);
        }
    }

    /** Waits, within a limit, until the loads under way have ended; not for one that the calling thread runs itself. */
    public void awaitEnd() {
        long left = TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        lock.lock();
        try {
            int mine = running.contains(Thread.currentThread()) ? 1 : 0;
            while (running.size() > mine && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Whoever interrupts a closing thread wants it to hurry.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Exception run(Runnable load) {
        try {
            load.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (Error e) {
            // Without this, whoever waits for the listener would wait for ever.
            return new CacheLoaderException("cache '" + cacheName + "': loadAll failed: " + e, e);
        }
    }

    private void end(@Nullable Exception failure, @Nullable CompletionListener listener) {
        if (listener == null) {
            if (failure != null) {
                LOGGER.log(
                        Level.WARNING,
                        "cache '" + cacheName + "': loadAll failed, and nobody listens for its completion",
                        failure);
            }
            return;
        }
        try {
            if (failure == null) {
                listener.onCompletion();
            } else {
                listener.onException(failure);
            }
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "cache '" + cacheName + "': completion listener "
                            + listener.getClass().getName() + " failed",
                    e);
        }
    }

    private void enter() {
        lock.lock();
        try {
            running.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            running.remove(Thread.currentThread());
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
