package io.fyercache.sharded.engine;

import io.fyercache.core.engine.UnwrittenChangesException;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.sharded.message.OperationResult.Backlog;
import io.fyercache.sharded.message.Request.Task.Haste;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has the members write what waits of a cache that is about to be destroyed, for as long as its settings say. For one thread. */
final class WriteBehindDrain {
    /** Nanoseconds, 50 ms, between two looks, each of which takes a call for each partition. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String cacheName;
    private final WriteBehindSettings settings;
    private final ClusterQueuedChanges changes;
    private final RouterAccess access;

    WriteBehindDrain(
            String cacheName, WriteBehindSettings settings, ClusterQueuedChanges changes, RouterAccess access) {
        this.cacheName = cacheName;
        this.settings = settings;
        this.changes = changes;
        this.access = access;
    }

    /** Returns what says that something is left; null if nothing is. Who is interrupted waits no longer. */
    @Nullable
    UnwrittenChangesException drain() {
        long beganNanos = access.nanoTime();
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(settings.drainLimitMillis());
        Backlog left = changes.ask(Haste.AT_ONCE);
        while (left.waiting() > 0
                && access.nanoTime() - beganNanos < limitNanos
                && !Thread.currentThread().isInterrupted()) {
            access.pause(LOOK_NANOS);
            left = changes.ask(Haste.AT_ONCE);
        }
        return left.waiting() == 0 && left.givenUp() == 0
                ? null
                : new UnwrittenChangesException(
                        cacheName,
                        left.waiting(),
                        left.givenUp(),
                        settings.drainLimitMillis(),
                        "see the logs of the members");
    }
}
