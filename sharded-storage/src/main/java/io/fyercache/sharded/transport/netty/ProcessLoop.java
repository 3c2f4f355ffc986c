package io.fyercache.sharded.transport.netty;

import io.fyercache.core.time.SystemClock;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a process: it serves the sockets, and all else that the process does happens on it too. So what arrives is decided and
 * answered where it was read, and nothing that belongs to the process needs a lock.
 *
 * <p>It runs one thing at a time, in the order in which they were given to it, and never within the call that gives it. What is given to it
 * while it is busy wakes nobody: it looks before it sleeps. Whatever runs on it must not block. Thread-safe.
 */
public final class ProcessLoop implements Executor, AutoCloseable {
    /** Seconds in which the thread ends that has nothing to wait for. */
    private static final long CLOSE_SECONDS = 5;

    private final Sockets sockets = Sockets.best();
    private final RefusalLog refusals = new RefusalLog(SystemClock.INSTANCE);
    private final EventLoopGroup group;
    private final EventLoop loop;

    /** Starts a daemon thread of that name. */
    public ProcessLoop(String name) {
        group = sockets.eventLoops(1, new DefaultThreadFactory(name, true));
        loop = group.next();
    }

    Sockets sockets() {
        return sockets;
    }

    EventLoop eventLoop() {
        return loop;
    }

    /** Returns where all transports of the process note whom they refuse: what is logged of it is bounded for all together. */
    RefusalLog refusalLog() {
        return refusals;
    }

    /** Returns how many connections this process has refused, for each reason that there was. */
    public Map<Refusal, Long> refusals() {
        return refusals.counted();
    }

    /** Tells whether the caller is on this thread. */
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    /**
     * Checks that the caller is on this thread.
     *
     * @throws IllegalStateException if it is not
     */
    void requireCurrent(String action) {
        if (!isCurrent()) {
            throw new IllegalStateException(action + ": on the thread "
                    + Thread.currentThread().getName() + " (expected: on that of the process)");
        }
    }

    /**
     * Checks that the caller is not on this thread, as it is going to wait for it.
     *
     * @param action what the caller is about
     * @throws IllegalStateException if it is
     */
    public void requireOther(String action) {
        if (isCurrent()) {
            throw new IllegalStateException(action + ": on the thread "
                    + Thread.currentThread().getName() + ", which would wait for itself (expected: on any other)");
        }
    }

    /**
     * Runs something soon.
     *
     * @throws RejectedExecutionException if this is closed
     */
    @Override
    public void execute(Runnable action) {
        loop.execute(action);
    }

    /** Runs something after so many nanoseconds. */
    public void after(long nanos, Runnable action) {
        Future<?> unused = loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Runs something again and again, with so many nanoseconds in between, until it throws.
     *
     * @return cancels it
     */
    public Future<?> every(long nanos, Runnable action) {
        return loop.scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the thread, and all sockets with it, when it has done what it was given; waits for that, unless it is the caller. */
    @Override
    public void close() {
        io.netty.util.concurrent.Future<?> unused = group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!isCurrent()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            group.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // It ends without being waited for.
            Thread.currentThread().interrupt();
        }
    }
}
