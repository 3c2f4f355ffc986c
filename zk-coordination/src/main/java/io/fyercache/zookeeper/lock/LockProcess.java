package io.fyercache.zookeeper.lock;

import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import io.fyercache.zookeeper.turn.Places;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a process's locks: one for all of its places, and some for what is to be done when a lock is lost. Thread-safe. */
final class LockProcess implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(LockProcess.class.getName());

    /** Threads for what users have done when a lock is lost: so many of them may wait for something. */
    private static final int CALLING_THREADS = 16;

    /** Calls that wait for them: one for each hold of a process that does without recursion. */
    private static final int CALLS_WAITING = Places.MAX_PLACES;

    /** Seconds that an idle one stays. */
    private static final long IDLE_SECONDS = 10;

    /** Longer than a session has to end. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private final SessionSource source;
    private final ProcessLoop loop;
    private final Places places;
    private final ThreadPoolExecutor callers;

    /**
     * Starts the thread of the places.
     *
     * @param name what the operator calls the process
     * @param sessionTimeout of the sessions that come from the source
     * @param classLoader finds the classes of the user's code that runs here
     */
    LockProcess(String name, SessionSource source, Duration sessionTimeout, ClassLoader classLoader) {
        this.source = source;
        loop = new ProcessLoop("fyercache-locks-" + name);
        places = new Places(source.on(loop), SystemClock.INSTANCE, UUID::randomUUID);
        AtomicInteger count = new AtomicInteger();
        callers = new ThreadPoolExecutor(
                CALLING_THREADS,
                CALLING_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(CALLS_WAITING),
                call -> {
                    Thread thread = new Thread(call, "fyercache-lost-locks-" + name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(classLoader);
                    return thread;
                });
        callers.allowCoreThreadTimeOut(true);
        Future<?> unused = loop.every(Places.tickNanos(sessionTimeout.toNanos()), places::tick);
    }

    /**
     * Begins to wait for a turn.
     *
     * @throws IllegalStateException if this is closed
     */
    void enter(Grip grip) {
        try {
            loop.execute(() -> grip.enter(places));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("locks: closed (expected: open)", e);
        }
    }

    /** Does something on the thread of the places, unless it has ended: then nothing is left of them. */
    void execute(Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "the thread of the locks has ended", e);
        }
    }

    /** Has something of the user's done that a lock is lost for. */
    void call(Runnable action) {
        try {
            callers.execute(() -> {
                try {
                    action.run();
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, "what was to be done when a lock is lost has failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.WARNING, "a lock is lost, and nobody is told: too many are at a time, or it ended before");
        }
    }

    /** Ends it: what is held is lost, and told to be. Then neither a session nor its threads are left; calls that are under way go on. */
    @Override
    public void close() {
        loop.requireOther("close");
        CompletableFuture<Void> end = new CompletableFuture<>();
        execute(() -> {
            places.close();
            source.ended().thenRun(() -> end.complete(null));
        });
        try {
            end.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "the session of the locks has not ended within {0}", CLOSE_LIMIT);
        }
        loop.close();
        callers.shutdown();
    }
}
