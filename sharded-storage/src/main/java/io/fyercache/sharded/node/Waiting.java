package io.fyercache.sharded.node;

import io.fyercache.sharded.engine.ClusterUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How threads wait that start or end a process. */
final class Waiting {
    /**
     * Seconds, 45, that a caller waits for what a process learns first. Members that are started together take less to found a cluster; those that were killed
     * are there until their sessions end, after 30 s at most.
     */
    static final long FIRST_SECONDS = 45;

    private Waiting() {}

    /** Waits for something to be over, so long at most, or until interrupted, which stays. Tells whether it is over. */
    static boolean until(CompletableFuture<?> over, Duration limit) {
        try {
            over.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Returns what a process learns of its cluster when it has come there; waits for it {@link #FIRST_SECONDS} at most.
     *
     * @param learned fails with an {@link IllegalStateException} when the process ends
     * @param what it is
     * @param expectation what it takes to learn it
     * @throws ClusterUnavailableException if it is not learned in time, or the caller is interrupted, which stays
     */
    static <T> T forFirst(CompletableFuture<T> learned, String what, String expectation) {
        try {
            return learned.get(FIRST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ClusterUnavailableException(what + ": unknown after " + FIRST_SECONDS + " s (expected: "
                    + expectation + "); see that members run");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailableException(
                    what + ": unknown, and the caller was interrupted (expected: to be waited for)");
        } catch (ExecutionException e) {
            throw NodeRouter.closed();
        }
    }

    /**
     * Waits until a process has started.
     *
     * @throws CannotJoinException if it has not
     */
    static void forStart(CompletableFuture<Void> started) {
        try {
            started.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotJoinException("interrupted while it joined its cluster (expected: to be waited for)");
        }
    }
}
