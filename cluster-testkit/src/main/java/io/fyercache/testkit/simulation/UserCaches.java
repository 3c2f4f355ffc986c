package io.fyercache.testkit.simulation;

import io.fyercache.configuration.PortableSettings;
import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.engine.DefinitionReader.Hosted;
import io.fyercache.core.engine.EvictionReports;
import io.fyercache.core.engine.PortableDefinition;
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
import io.fyercache.sharded.topology.CacheNumber;
import io.fyercache.testkit.time.Timeline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The caches of an application, as its cache manager has defined them. Each member reads the definition and has user's objects of its own, as it
 * would in a process of its own. Used by whoever drives the world.
 */
final class UserCaches implements MemberCaches {
    private static final Logger LOG = System.getLogger(UserCaches.class.getName());

    /** What user code takes at most, in nanoseconds of virtual time: a fast database. */
    private static final int LONGEST_CALL_NANOS = 5_000_000;

    private final Timeline timeline;
    private final Random random;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Of those that there are, by number. */
    private final Map<Integer, PortableDefinition> definitions = new HashMap<>();

    private final Map<Place, OnMember> hosted = new LinkedHashMap<>();
    private final EvictionReports evictions;
    private @Nullable DefinitionReader reader;
    private int newest;

    private record Place(SimulatedLife member, int cache) {}

    private record OnMember(HostedCache cache, AutoCloseable userObjects) {}

    UserCaches(Timeline timeline, Random random) {
        this.timeline = timeline;
        this.random = random;
        this.evictions = new EvictionReports(told -> timeline.after(1 + random.nextInt(LONGEST_CALL_NANOS), told));
    }

    /** Says how members read definitions. */
    void readBy(DefinitionReader definitions) {
        reader = definitions;
    }

    /** Takes in a cache, which has its entries of before if there was one of its name, and returns its number. */
    int define(PortableDefinition definition) {
        int number = numbers.computeIfAbsent(definition.name(), name -> nextNumber(definition));
        PortableDefinition before = definitions.put(number, definition);
        if (!definition.equals(before)) {
            end(place -> place.cache() == number);
        }
        return number;
    }

    private int nextNumber(PortableDefinition definition) {
        newest++;
        return PortableSettings.isReplicated(definition)
                ? CacheNumber.replicated(newest)
                : CacheNumber.partitioned(newest);
    }

    /** Takes a cache out. What members have of it they give up when they are asked to. */
    void destroy(int number) {
        definitions.remove(number);
        numbers.values().remove(number);
    }

    @Override
    public boolean has(int number) {
        return definitions.containsKey(number);
    }

    @Override
    public void giveUp(SimulatedLife member, int number) {
        end(new Place(member, number)::equals);
    }

    /** Closes what the application's factories have made on all members. */
    void close() {
        end(place -> true);
    }

    private void end(Predicate<Place> which) {
        hosted.entrySet().removeIf(each -> {
            boolean ends = which.test(each.getKey());
            if (ends) {
                close(each.getValue().userObjects());
            }
            return ends;
        });
    }

    private static void close(AutoCloseable userObjects) {
        try {
            userObjects.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "user's objects of a cache could not be closed", e);
        }
    }

    @Override
    public HostedCache cache(SimulatedLife member, int number) {
        return has(number)
                ? hosted.computeIfAbsent(new Place(member, number), this::host).cache()
                : new HostedCache(CacheDefinition.plain("destroyed"), null);
    }

    private OnMember host(Place place) {
        SimulatedLife member = place.member();
        String name = "node" + member.node();
        Hosted read = Objects.requireNonNull(reader).read(Objects.requireNonNull(definitions.get(place.cache())), name);
        Bounds bounds = read.definition().bounds();
        HostedCache cache = HostedDefinition.host(
                name,
                read.definition(),
                new CacheCounters(),
                new WorldClock(timeline),
                Runnable::run,
                bounds.isUnlimited() ? null : new LeastRecentlyUsed(bounds.maximum(), member::evictSoon));
        return new OnMember(cache, read.userObjects());
    }

    @Override
    public void evicted(SimulatedLife member, EntryKey key, EncodedValue value) {
        evictions.tell(cache(member, key.cache()).evictionObserver(), key.key(), value);
    }

    @Override
    public void run(SimulatedLife member, UserCodeCall call, WriteFence fence, Consumer<UserCodeOutcome> told) {
        UserCodeOutcome outcome = cache(member, call.key().cache()).run(call, fence);
        timeline.after(1 + random.nextInt(LONGEST_CALL_NANOS), () -> told.accept(outcome));
    }

    @Override
    public void write(
            SimulatedLife member,
            int cache,
            List<DueWrite<EntryKey, UnwrittenChange>> batch,
            WriteFence fence,
            Consumer<BatchOutcome> told) {
        BatchOutcome outcome = cache(member, cache).write(batch, fence);
        timeline.after(1 + random.nextInt(LONGEST_CALL_NANOS), () -> told.accept(outcome));
    }

    @Override
    public void runTogether(
            SimulatedLife member, List<UserCodeCall> calls, WriteFence fence, Consumer<List<UserCodeOutcome>> told) {
        List<UserCodeOutcome> outcomes =
                cache(member, calls.get(0).key().cache()).runTogether(calls, fence);
        timeline.after(1 + random.nextInt(LONGEST_CALL_NANOS), () -> told.accept(outcomes));
    }
}
