package io.fyercache.sharded.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Daemon threads that come and go for work that may take its time. Work that waits for a cluster counts as away, and another may be done in its place:
 * what it waits for may need such a thread, too. Thread-safe.
 */
final class WorkThreads implements Executor, AutoCloseable {
    /** Seconds that an idle one stays. */
    private static final long IDLE_SECONDS = 10;

    /** How many may be away at a time, 256. Loaders that read what others load seldom go that deep; then the rest waits as long as its patience. */
    static final int MAX_AWAY = 256;

    private final int most;
    private final ThreadPoolExecutor threads;

    @GuardedBy("this")
    private int away;

    /**
     * Prepares them; none is started.
     *
     * @param name how their names begin
     * @param most how many work at a time
     * @param mostWaiting how much work waits for them; more is refused
     * @param classLoader finds the classes of the user's code that runs on them
     */
    WorkThreads(String name, int most, int mostWaiting, ClassLoader classLoader) {
        this.most = most;
        AtomicInteger count = new AtomicInteger();
        ThreadFactory daemons = work -> {
            Thread thread = new Worker(work, name + "-" + count.incrementAndGet());
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

    /** One of these threads. */
    private final class Worker extends Thread {
        Worker(Runnable work, String name) {
            super(work, name);
        }

        WorkThreads others() {
            return WorkThreads.this;
        }
    }

    /** Waits, on any thread. If it is one that does such work, others do not wait for it meanwhile. */
    static <T> T away(Supplier<T> wait) {
        if (!(Thread.currentThread() instanceof Worker worker)) {
            return wait.get();
        }
        WorkThreads others = worker.others();
        others.leaves();
        try {
            return wait.get();
        } finally {
            others.returns();
        }
    }

    private synchronized void leaves() {
        away++;
        int present = present();
        threads.setMaximumPoolSize(present);
        threads.setCorePoolSize(present);
    }

    private synchronized void returns() {
        away--;
        int present = present();
        threads.setCorePoolSize(present);
        threads.setMaximumPoolSize(present);
    }

    @GuardedBy("this")
    private int present() {
        return most + Math.min(away, MAX_AWAY);
    }

    /** Interrupts what is under way, and drops what waits. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
