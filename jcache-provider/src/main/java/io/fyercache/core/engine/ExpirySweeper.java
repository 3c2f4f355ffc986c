package io.fyercache.core.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes expired entries out of the caches of a manager, whether anybody reads them or not. It walks over the entries that may expire,
 * about once a second, and rests at least {@value #REST_FACTOR} times as long as it worked, so that sweeping never takes more than a
 * tenth of one core however many entries there are. Walking costs no memory per entry and nothing when entries are written; an index
 * by deadline would cost both.
 *
 * <p>Thread-safe.
 */
final class ExpirySweeper {

    /** The time between two sweeps, in milliseconds: expired entries of caches up to a few million entries are gone within 2 s. */
    static final long PERIOD_MILLIS = 1_000;

    /** How many times as long as it worked a sweep rests. */
    static final int REST_FACTOR = 9;

    private static final Logger LOG = System.getLogger(ExpirySweeper.class.getName());

    private final ScheduledExecutorService timer;
    private final Set<LocalCacheEngine> engines = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledFuture<?> next;
    private final AtomicBoolean started = new AtomicBoolean();

    ExpirySweeper(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    void add(LocalCacheEngine engine) {
        engines.add(engine);
        if (started.compareAndSet(false, true)) {
            next = timer.schedule(this::sweep, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void remove(LocalCacheEngine engine) {
        engines.remove(engine);
    }

    /** Ends the sweeping; a sweep under way goes on to its end. */
    void stop() {
        ScheduledFuture<?> pending = next;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    private void sweep() {
        long workNanos = 0;
        for (LocalCacheEngine engine : engines) {
            FirstFailure failures = new FirstFailure();
            try {
                workNanos += engine.sweep(failures);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
            if (failures.get() != null) {
                // What a listener throws, an Error too, must not end the expiry of every cache.
                LOG.log(
                        Level.WARNING,
                        "cache '" + engine.name() + "': an expiry listener failed; the entries are gone all the same",
                        failures.get());
            }
        }
        if (!timer.isShutdown()) {
            long restMillis = TimeUnit.NANOSECONDS.toMillis(workNanos * REST_FACTOR);
            next = timer.schedule(this::sweep, Math.max(PERIOD_MILLIS, restMillis), TimeUnit.MILLISECONDS);
        }
    }
}
