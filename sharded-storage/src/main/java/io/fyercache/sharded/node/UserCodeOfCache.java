package io.fyercache.sharded.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The user code of one cache on a member: its objects, and the calls of them that are under way. When the cache has ended here and the last call is
 * over, the objects are closed, on a thread for user code. Thread-safe.
 */
final class UserCodeOfCache {
    private static final Logger LOGGER = System.getLogger(UserCodeOfCache.class.getName());

    private final String cacheName;
    private final AutoCloseable objects;
    private final Executor threads;
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    @GuardedBy("this")
    private int underWay;

    @GuardedBy("this")
    private boolean ended;

    /**
     * Has no calls yet.
     *
     * @param objects closes what the user's factories have made, and sees to it that they make nothing any more
     * @param threads run user code
     */
    UserCodeOfCache(String cacheName, AutoCloseable objects, Executor threads) {
        this.cacheName = cacheName;
        this.objects = objects;
        this.threads = threads;
    }

    /**
     * Has a call run. Not to be used after {@link #end}.
     *
     * @throws RejectedExecutionException if there are no threads any more, or too many calls
     */
    void run(Runnable call) {
        begin();
        boolean accepted = false;
        try {
            threads.execute(() -> {
                try {
                    call.run();
                } finally {
                    finish();
                }
            });
            accepted = true;
        } finally {
            if (!accepted) {
                finish();
            }
        }
    }

    private synchronized void begin() {
        underWay++;
    }

    private void finish() {
        boolean last;
        synchronized (this) {
            underWay--;
            last = ended && underWay == 0;
        }
        if (last) {
            close();
        }
    }

    /** Takes in that the cache has ended here; returns what is complete when its objects are closed. */
    CompletableFuture<Void> end() {
        boolean idle;
        synchronized (this) {
            idle = !ended && underWay == 0;
            ended = true;
        }
        if (idle) {
            try {
                threads.execute(this::close);
            } catch (RejectedExecutionException e) {
                failed(e);
            }
        }
        return givenUp;
    }

    private void close() {
        try {
            objects.close();
            givenUp.complete(null);
        } catch (Exception e) {
            failed(e);
        }
    }

    /** Nobody could do anything about it. */
    private void failed(Exception failure) {
        LOGGER.log(Level.WARNING, () -> "cache '" + cacheName + "': the user's objects could not be closed", failure);
        givenUp.complete(null);
    }
}
