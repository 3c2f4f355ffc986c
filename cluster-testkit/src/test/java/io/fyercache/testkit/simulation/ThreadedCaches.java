package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.write.DueWrite;
import io.fyercache.sharded.engine.HostedDefinition;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.testkit.time.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Caches whose user code runs on threads of its own, as in a real member, and takes the time that it takes. The world stands still meanwhile, but for
 * a moment after each thing that comes from outside.
 */
final class ThreadedCaches implements MemberCaches {
    /**
     * Nanoseconds of virtual time for which the world goes on while user code runs: enough to bring a request where it waits, as a message takes 1 ms
     * at most. Were it much longer, a hundred requests one after another would take so long that the first are sent again.
     */
    private static final long MOMENT_NANOS = 2_000_000;

    private final Timeline timeline;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CacheDefinition> definitions = new ArrayList<>();
    private final List<CacheCounters> counters = new ArrayList<>();
    private final Map<Place, HostedCache> hosted = new HashMap<>();
    private final Object lock;
    private final ThreadLocal<Boolean> isUserCode = ThreadLocal.withInitial(() -> false);
    private int running;
    private long lastNanos;

    private record Place(SimulatedLife member, int cache) {}

    /** Makes the caches of a world that {@code lock} guards. */
    ThreadedCaches(Timeline timeline, Object lock) {
        this.timeline = timeline;
        this.lock = lock;
    }

    /** Takes a cache in, and returns its number. */
    int define(CacheDefinition definition) {
        definitions.add(definition);
        CacheCounters ofMembers = new CacheCounters();
        ofMembers.setEnabled(true);
        counters.add(ofMembers);
        return definitions.size() - 1;
    }

    /** Returns what members count of a cache, all together. */
    CacheCounters counters(int number) {
        return counters.get(number);
    }

    /** Notes that something has come from outside. */
    void touched() {
        lastNanos = timeline.nowNanos();
        lock.notifyAll();
    }

    /** Tells whether the world has to wait for user code. */
    boolean standsStill() {
        return running > 0 && timeline.nowNanos() - lastNanos > MOMENT_NANOS;
    }

    /** Notes that a thread makes a call, and waits for it: if it runs user code, then the world need not wait for that until the call has ended. */
    void callBegins() {
        if (isUserCode.get()) {
            running--;
        }
        touched();
    }

    /** Notes that the call of a thread has ended. */
    void callEnded() {
        if (isUserCode.get()) {
            running++;
        }
    }

    void close() {
        threads.shutdownNow();
    }

    @Override
    public HostedCache cache(SimulatedLife member, int number) {
        return hosted.computeIfAbsent(new Place(member, number), this::host);
    }

    private HostedCache host(Place place) {
        CacheDefinition definition = definitions.get(place.cache());
        Bounds bounds = definition.bounds();
        SimulatedLife member = place.member();
        return HostedDefinition.host(
                "node" + member.node(),
                definition,
                counters.get(place.cache()),
                new WorldClock(timeline),
                threads,
                bounds.isUnlimited() ? null : new LeastRecentlyUsed(bounds.maximum(), member::evictSoon));
    }

    @Override
    public void evicted(SimulatedLife member, EntryKey key, EncodedValue value) {
        // Nobody asks.
    }

    @Override
    public void run(SimulatedLife member, UserCodeCall call, WriteFence fence, Consumer<UserCodeOutcome> told) {
        HostedCache cache = cache(member, call.key().cache());
        start(() -> cache.run(call, fence), told);
    }

    @Override
    public void runTogether(
            SimulatedLife member, List<UserCodeCall> calls, WriteFence fence, Consumer<List<UserCodeOutcome>> told) {
        HostedCache cache = cache(member, calls.get(0).key().cache());
        start(() -> cache.runTogether(calls, fence), told);
    }

    @Override
    public void write(
            SimulatedLife member,
            int cache,
            List<DueWrite<EntryKey, UnwrittenChange>> batch,
            WriteFence fence,
            Consumer<BatchOutcome> told) {
        HostedCache hostedCache = cache(member, cache);
        start(() -> hostedCache.write(batch, fence), told);
    }

    private <T> void start(Supplier<T> userCode, Consumer<T> told) {
        running++;
        threads.execute(() -> {
            isUserCode.set(true);
            T outcome = userCode.get();
            synchronized (lock) {
                running--;
                // Not before what was asked until now has arrived.
                timeline.after(MOMENT_NANOS, () -> {
                    told.accept(outcome);
                    touched();
                });
                touched();
            }
        });
    }
}
