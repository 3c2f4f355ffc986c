package io.fyercache.sharded.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How threads wait that start or end a process. */
final class Waiting {
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
