package io.fyercache.jcache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A computation that runs in this process, for the threads here that wait for it. Thread-safe. */
final class Computation {
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile @Nullable Throwable failure;

    boolean isOfThisThread() {
        return thread == Thread.currentThread();
    }

    /** What the function threw; null unless it has failed. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    void failed(Throwable thrown) {
        failure = thrown;
    }

    void end() {
        ended.countDown();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Waits for the end, so long at most. */
    void await(long nanos) throws InterruptedException {
        // Whether it has ended is asked of its claim.
        boolean unused = ended.await(nanos, TimeUnit.NANOSECONDS);
    }
}
