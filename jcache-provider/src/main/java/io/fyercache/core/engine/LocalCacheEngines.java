package io.fyercache.core.engine;

import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.BoundedEntryStore;
import io.fyercache.core.store.EntryStore;
import io.fyercache.core.store.HeapEntryStore;
import io.fyercache.core.time.Clock;
import io.fyercache.core.write.UnwrittenChanges;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a manager in this JVM: one thread that sweeps what has expired, and threads that come and go for loads in the
 * background, for asynchronous listeners, and for each cache that writes behind. All are daemons, named after the manager, started when first needed.
 */
public final class LocalCacheEngines implements CacheEngines {

    /** How many threads work in the background at most: enough to keep a database busy, few enough not to crowd a JVM. */
    static final int MAX_BACKGROUND_THREADS = 16;

    /** How many pieces of work may wait for them. More is refused: a refresh is left out, a listener of evictions is not told. */
    static final int MAX_BACKGROUND_QUEUE = 100_000;

    /** How long an idle background thread stays, in seconds. */
    private static final long IDLE_SECONDS = 10;

    private final Clock clock;
    private final HoldWaits waits;
    private final ThreadPoolExecutor background;
    private final EvictionReports evictions;
    private final ScheduledThreadPoolExecutor timer;
    private final ExpirySweeper sweeper;
    private final DoubleSupplier chance;
    private final ThreadFactory writers;

    /**
     * Makes the engines of one manager.
     *
     * @param managerName names the threads
     * @param clock tells the time of all its caches
     * @param waits who waits for whose key, over all managers of the caching provider
     * @param chance returns a number drawn from 0..1
     */
    public LocalCacheEngines(String managerName, Clock clock, HoldWaits waits, DoubleSupplier chance) {
        this.clock = clock;
        this.chance = chance;
        this.writers = daemons("fyercache-writer-" + managerName);
        this.waits = waits;
        this.background = new ThreadPoolExecutor(
                MAX_BACKGROUND_THREADS,
                MAX_BACKGROUND_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_BACKGROUND_QUEUE),
                daemons("fyercache-background-" + managerName));
        this.background.allowCoreThreadTimeOut(true);
        this.evictions = new EvictionReports(background);
        this.timer = new ScheduledThreadPoolExecutor(1, daemons("fyercache-sweeper-" + managerName));
        this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.sweeper = new ExpirySweeper(timer);
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            // Not that of whoever happened to need the thread first: an application that is gone must not be kept alive
            // by it.
            thread.setContextClassLoader(LocalCacheEngines.class.getClassLoader());
            return thread;
        };
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        return type == Clock.class ? type.cast(clock) : CacheEngines.super.as(type);
    }

    @Override
    public CacheEngine open(CacheDesign design) {
        return open(design.definition());
    }

    /** Starts the engine of a cache whose user code is there already. */
    public OutdatableEngine open(CacheDefinition asDefined) {
        CacheCounters counters = new CacheCounters();
        QueueingWriter behind = asDefined.writer() == null || asDefined.writeBehind() == null
                ? null
                : new QueueingWriter(asDefined, counters, clock, chance, writers);
        CacheDefinition definition = (behind == null ? asDefined : asDefined.writingTo(behind)).adjustable();
        EntryStore store = definition.bounds().isUnlimited()
                ? new HeapEntryStore()
                : new BoundedEntryStore(definition.bounds(), (key, value, weight) -> {
                    counters.eviction(weight);
                    evictions.tell(definition.evictions(), key, value);
                });
        LoadCoordinator loads = definition.loader() == null
                ? null
                : new LoadCoordinator(
                        definition.loader(),
                        definition.loading(),
                        counters,
                        clock,
                        background,
                        behind == null ? UnwrittenChanges.NONE : behind);
        LocalCacheEngine engine =
                new LocalCacheEngine(definition, store, counters, clock, waits, loads, sweeper::remove);
        sweeper.add(engine);
        return engine;
    }

    @Override
    public Executor background() {
        return background;
    }

    @Override
    public void close() {
        sweeper.stop();
        timer.shutdown();
        background.shutdown();
    }
}
