package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.time.ManualClock;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.core.write.WriteBehindSettings.Retries;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedProcess;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.replication.EvictionOrder;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.LossPolicy;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.sharded.topology.CacheNumber;
import io.fyercache.testkit.history.Action;
import io.fyercache.testkit.history.Completion;
import io.fyercache.testkit.history.Operation;
import io.fyercache.testkit.simulation.SimulatedDatabase.Statements;
import io.fyercache.testkit.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a world, with user code that takes its time and fails now and then.
 *
 * <p>What the loader brings is new each time, and not what the writer has written: a writer is called at least once, so a database may know
 * of a write before, or after, the write has its effect in the cache. A history of cache and database together need not be linearizable.
 */
final class SimulatedCaches implements MemberCaches {
    /** Neither user code nor expiry. */
    static final int PLAIN = 0;

    /** Its entries expire soon. */
    static final int EXPIRING = 1;

    /** It reads and writes through. */
    static final int THROUGH = 2;

    /** It writes through; its values are numbers that are counted up. */
    static final int COUNTING = 3;

    /** Its entries expire soon after they were last used. */
    static final int TOUCHED = 4;

    /** It writes through, and has room for few entries. */
    static final int BOUNDED = 5;

    /** Plain, and served at once when a partition was lost. */
    static final int RESET_NOW = 6;

    /** Plain, and not served when a partition was lost, until that is acknowledged. */
    static final int FAILING = 7;

    /** Plain, and replicated. */
    static final int REPLICATED = CacheNumber.replicated(10);

    /** It reads through and writes behind, and its entries expire soon. */
    static final int BEHIND = 8;

    /** As that one; its values are numbers that are counted up. */
    static final int COUNTING_BEHIND = 9;

    /** Plain, and read near by processes. */
    static final int NEAR = 11;

    /** They write soon, few together, and only a few changes may wait on a member. Some are given up. */
    private static final WriteBehindSettings WRITE_BEHIND =
            new WriteBehindSettings(50, 3, 6, 200, new Retries(3, 20, 200), 1_000);

    /** Tells whether the values of a cache are numbers. */
    static boolean isCounting(int cache) {
        return cache == COUNTING || cache == COUNTING_BEHIND;
    }

    /** How much all entries of the bounded cache may weigh that a member serves: of heavy values none, of others two. */
    static final Bounds FEW = new Bounds(2, (key, value) -> isHeavy((EncodedValue) value) ? 3 : 1);

    private static boolean isHeavy(EncodedValue value) {
        return value.bytes()[value.bytes().length - 1] == '7';
    }

    /** If bytes are alike, so are the values; if not, the user is asked. */
    private static final StoredForm FORM = new StoredForm() {
        @Override
        public Object keep(Object key) {
            return key;
        }

        @Override
        public boolean sameValue(Object stored, Object other) {
            return stored.equals(other);
        }

        @Override
        public boolean asksUser(Object stored, Object other) {
            return !stored.equals(other);
        }
    };

    /** Adds one to a number, and is answered by the sum; as it goes to members. */
    static final EncodedProcess INCREMENT = new EncodedProcess(encoded("increment"));

    /** Knows the only process that there is. */
    private static final ProcessForm PROCESSES = (key, encoded) -> entry -> {
        Object before = entry.value();
        EncodedValue after = encoded(Long.toString(1 + (before == null ? 0 : number((EncodedValue) before))));
        entry.set(after);
        return after;
    };

    private static final long LIFE_MILLIS = 300;
    private static final int LONGEST_CALL_MILLIS = 200;
    private static final int LATE_ONCE_IN = 10;

    /** Longer than it takes to find out that a member is gone, and to replace it. */
    private static final int LATEST_MILLIS = 3_000;

    private static final long MILLIS = 1_000_000;

    private final Timeline timeline;
    private final Random random;
    private final Map<Integer, HostedCache> caches = new HashMap<>();
    private final SimulatedDatabase database;
    private final Statements statements;

    /** What each member has of {@link #BOUNDED}. */
    private final Map<SimulatedLife, BoundedCache> bounded = new HashMap<>();

    private record BoundedCache(HostedCache cache, LeastRecentlyUsed order) {}

    /** The keys for which user code runs, each in an epoch. */
    private final Set<List<Object>> running = new HashSet<>();

    /** When each value was asked for that a loader brought and nobody has yet. */
    private final Map<EncodedValue, Long> loadedNanos = new HashMap<>();

    private int loads;
    private int calls;
    private int together;
    private int evicted;

    SimulatedCaches(Timeline timeline, Random random) {
        this(timeline, random, Statements.draw(random));
    }

    /** Makes them with a database to which statements come so. */
    SimulatedCaches(Timeline timeline, Random random, Statements statements) {
        this.timeline = timeline;
        this.random = random;
        this.statements = statements;
        caches.put(PLAIN, cache(Expiry.ETERNAL, null, null));
        Duration soon = new Duration(TimeUnit.MILLISECONDS, LIFE_MILLIS);
        caches.put(EXPIRING, cache(PolicyExpiry.of("expiring", new CreatedExpiryPolicy(soon)), null, null));
        caches.put(TOUCHED, cache(PolicyExpiry.of("touched", new TouchedExpiryPolicy(soon)), null, null));
        caches.put(THROUGH, cache(Expiry.ETERNAL, new Loader(), new Writer()));
        caches.put(COUNTING, cache(Expiry.ETERNAL, null, new Writer()));
        caches.put(RESET_NOW, losing(LossPolicy.RESET_NOW));
        caches.put(FAILING, losing(LossPolicy.FAIL));
        caches.put(REPLICATED, cache(Expiry.ETERNAL, null, null));
        caches.put(
                NEAR,
                new HostedCache(
                        definition(Expiry.ETERNAL, Bounds.NONE, null, null, null, CacheDefinition.Near.KEPT), null));
        this.database = new SimulatedDatabase(random, statements);
        caches.put(BEHIND, writingBehind(soon));
        caches.put(COUNTING_BEHIND, writingBehind(soon));
    }

    private HostedCache writingBehind(Duration life) {
        Expiry expiry = PolicyExpiry.of("behind", new CreatedExpiryPolicy(life));
        LoadCoordinator loadsOfDatabase = new LoadCoordinator(
                database, LoadSettings.DEFAULT, new CacheCounters(), new ManualClock(0), Runnable::run);
        return new HostedCache(
                definition(expiry, Bounds.NONE, database, database, WRITE_BEHIND, CacheDefinition.Near.NOT_KEPT),
                loadsOfDatabase);
    }

    /** Returns the database of the caches that write behind. */
    SimulatedDatabase database() {
        return database;
    }

    @Override
    public void committed(long generation, LogEntry entry) {
        database.committed(generation, entry);
    }

    @Override
    public List<String> wounds(ToLongFunction<EncodedKey> generationOf) {
        return database.wounds((key, generation) -> {
            long present = generationOf.applyAsLong(key);
            return generation == present && text(key.bytes()).endsWith("." + present);
        });
    }

    @Override
    public void write(
            SimulatedLife member,
            int cache,
            List<DueWrite<EntryKey, UnwrittenChange>> batch,
            WriteFence fence,
            Consumer<BatchOutcome> told) {
        write(cache, batch, fence, told);
    }

    /** Has changes written, at once or late, and tells what came of it some time later. */
    void write(
            int cache, List<DueWrite<EntryKey, UnwrittenChange>> batch, WriteFence fence, Consumer<BatchOutcome> told) {
        if (statements != Statements.ON_TIME && random.nextInt(LATE_ONCE_IN) == 0) {
            timeline.after(random.nextInt(LATEST_MILLIS) * MILLIS, () -> writeNow(cache, batch, fence, told));
        } else {
            writeNow(cache, batch, fence, told);
        }
    }

    private void writeNow(
            int cache, List<DueWrite<EntryKey, UnwrittenChange>> batch, WriteFence fence, Consumer<BatchOutcome> told) {
        BatchOutcome outcome = cache(cache).write(batch, fence);
        timeline.after((1 + random.nextInt(LONGEST_CALL_MILLIS)) * MILLIS, () -> told.accept(outcome));
    }

    @Override
    public boolean areLossesChecked() {
        return true;
    }

    /** The caches that somebody listens to, or may. */
    static final List<Integer> HEARD = List.of(PLAIN, EXPIRING, THROUGH, BOUNDED);

    /** Makes the cache {@link #BOUNDED}, of which each member has its own order. */
    HostedCache bounded(EvictionOrder order) {
        return new HostedCache(definition(Expiry.ETERNAL, FEW, null, new Writer()), null, order, LossPolicy.RESET);
    }

    private static HostedCache losing(LossPolicy policy) {
        return new HostedCache(definition(Expiry.ETERNAL, Bounds.NONE, null, null), null, null, policy);
    }

    private static HostedCache cache(Expiry expiry, @Nullable EntryLoader loader, @Nullable EntryWriter writer) {
        LoadCoordinator loads = loader == null
                ? null
                : new LoadCoordinator(
                        loader, LoadSettings.DEFAULT, new CacheCounters(), new ManualClock(0), Runnable::run);
        return new HostedCache(definition(expiry, Bounds.NONE, loader, writer), loads);
    }

    private static CacheDefinition definition(
            Expiry expiry, Bounds bounds, @Nullable EntryLoader loader, @Nullable EntryWriter writer) {
        return definition(expiry, bounds, loader, writer, null, CacheDefinition.Near.NOT_KEPT);
    }

    private static CacheDefinition definition(
            Expiry expiry,
            Bounds bounds,
            @Nullable EntryLoader loader,
            @Nullable EntryWriter writer,
            @Nullable WriteBehindSettings writeBehind,
            CacheDefinition.Near near) {
        return new CacheDefinition(
                "simulated",
                FORM,
                PROCESSES,
                expiry,
                bounds,
                loader,
                loader == null ? CacheDefinition.Reading.CACHE_ONLY : CacheDefinition.Reading.THROUGH,
                LoadSettings.DEFAULT,
                writer,
                writeBehind,
                ChangeListeners.NONE,
                null,
                near);
    }

    @Override
    public HostedCache cache(SimulatedLife member, int number) {
        return number == BOUNDED ? boundedOn(member).cache() : cache(number);
    }

    private BoundedCache boundedOn(SimulatedLife member) {
        return bounded.computeIfAbsent(member, life -> {
            LeastRecentlyUsed order = new LeastRecentlyUsed(FEW.maximum(), life::evictSoon);
            return new BoundedCache(bounded(order), order);
        });
    }

    @Override
    public boolean isOrderChecked(int number) {
        return number == BOUNDED;
    }

    @Override
    public Set<EntryKey> orderedKeys(SimulatedLife member) {
        return boundedOn(member).order().keys();
    }

    @Override
    public void evicted(SimulatedLife member, EntryKey key, EncodedValue value) {
        evicted++;
    }

    /** Returns how often a primary said that it had evicted an entry. */
    int evicted() {
        return evicted;
    }

    @Override
    public void run(SimulatedLife member, UserCodeCall call, WriteFence fence, Consumer<UserCodeOutcome> told) {
        run(cache(member, call.key().cache()), call, fence, told);
    }

    HostedCache cache(int number) {
        return Objects.requireNonNull(caches.get(number));
    }

    /** Returns how many times user code ran for several calls at once. */
    int together() {
        return together;
    }

    /** Returns how many calls there were so far. */
    int calls() {
        return calls;
    }

    static EncodedValue encoded(String text) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8));
    }

    static long number(EncodedValue value) {
        return Long.parseLong(text(value.bytes()));
    }

    /** Runs user code, and tells what came of it some time later. */
    void run(HostedCache cache, UserCodeCall call, WriteFence fence, Consumer<UserCodeOutcome> told) {
        begin(call);
        UserCodeOutcome outcome = cache.run(call, fence);
        end(List.of(call), () -> told.accept(outcome));
    }

    @Override
    public void runTogether(
            SimulatedLife member, List<UserCodeCall> gathered, WriteFence fence, Consumer<List<UserCodeOutcome>> told) {
        gathered.forEach(this::begin);
        together += gathered.size() > 1 ? 1 : 0;
        List<UserCodeOutcome> outcomes =
                cache(member, gathered.get(0).key().cache()).runTogether(gathered, fence);
        end(gathered, () -> told.accept(outcomes));
    }

    private void begin(UserCodeCall call) {
        if (!running.add(held(call))) {
            throw new AssertionError("U1: user code runs twice at a time for one key: " + call);
        }
        calls++;
    }

    private void end(List<UserCodeCall> ended, Runnable told) {
        timeline.after((1 + random.nextInt(LONGEST_CALL_MILLIS)) * MILLIS, () -> {
            ended.forEach(call -> running.remove(held(call)));
            told.run();
        });
    }

    private static List<Object> held(UserCodeCall call) {
        return List.of(call.epoch(), call.key());
    }

    private void failNowAndThen() {
        if (random.nextInt(10) == 0) {
            throw new IllegalStateException("the database is tired");
        }
    }

    private final class Loader implements SingleLoads {
        @Override
        public @Nullable Object load(Object key) {
            failNowAndThen();
            if (random.nextInt(4) == 0) {
                return null;
            }
            EncodedValue value = encoded("loaded-" + ++loads);
            loadedNanos.put(value, timeline.nowNanos());
            return value;
        }
    }

    private final class Writer implements EntryWriter {
        @Override
        public void write(Object key, Object value) {
            failNowAndThen();
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            entries.keySet().removeIf(key -> random.nextInt(10) != 0);
            failIfAnyIsLeft(entries.size());
        }

        @Override
        public void delete(Object key) {
            failNowAndThen();
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            keys.removeIf(key -> random.nextInt(10) != 0);
            failIfAnyIsLeft(keys.size());
        }

        private void failIfAnyIsLeft(int left) {
            if (left > 0) {
                throw new IllegalStateException("the database is tired of " + left);
            }
        }
    }

    /**
     * Returns the load by which an entry of the log came about, as an operation: it puts what it has brought where nothing is. Null, too, if it
     * is of a key that was lost with an earlier generation.
     */
    @Override
    public @Nullable Operation load(long generation, LogEntry entry) {
        if (entry.origin() != null || !(entry.effects().get(0) instanceof Effect.Store store)) {
            return null;
        }
        Long askedNanos = loadedNanos.remove(store.value());
        String key = text(store.key().key().bytes());
        if (askedNanos == null || !key.endsWith("." + generation)) {
            return null;
        }
        return new Operation(
                text(store.value().bytes()),
                key,
                new Action.PutIfAbsent(store.value()),
                askedNanos,
                new Completion.Answered(true, timeline.nowNanos()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
