package io.fyercache.sharded.node;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads that come and go for work that may take its time. Thread-safe. */
final class WorkThreads implements Executor, AutoCloseable {
    /** Seconds that an idle one stays. */
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    /**
     * Prepares them; none is started.
     *
     * @param name how their names begin
     * @param most how many there are at most
     * @param mostWaiting how much work waits for them; more is refused
     * @param classLoader finds the classes of the user's code that runs on them
     */
    WorkThreads(String name, int most, int mostWaiting, ClassLoader classLoader) {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(classLoader);
            return thread;
        };
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(mostWaiting), daemons);
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Has work done.
     *
     * @throws RejectedExecutionException if too much waits, or this is closed
     */
    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Interrupts what is under way, and drops what waits. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
