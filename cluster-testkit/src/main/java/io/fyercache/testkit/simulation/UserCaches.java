package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.sharded.engine.HostedDefinition;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.testkit.time.Timeline;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/** The caches of an application, as its cache manager has defined them. Used by whoever drives the world. */
final class UserCaches implements MemberCaches {
    /** What user code takes at most, in nanoseconds of virtual time: a fast database. */
    private static final int LONGEST_CALL_NANOS = 5_000_000;

    private final Timeline timeline;
    private final Random random;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, CacheDefinition> definitions = new HashMap<>();
    private final Map<Place, HostedCache> hosted = new HashMap<>();

    private record Place(SimulatedLife member, int cache) {}

    UserCaches(Timeline timeline, Random random) {
        this.timeline = timeline;
        this.random = random;
    }

    /** Takes in a cache, which has its entries of before if there was one of its name, and returns its number. */
    int define(CacheDefinition definition) {
        int number = numbers.computeIfAbsent(definition.name(), name -> numbers.size());
        definitions.put(number, definition);
        hosted.keySet().removeIf(place -> place.cache() == number);
        return number;
    }

    @Override
    public HostedCache cache(SimulatedLife member, int number) {
        return hosted.computeIfAbsent(new Place(member, number), this::host);
    }

    private HostedCache host(Place place) {
        SimulatedLife member = place.member();
        CacheDefinition definition = Objects.requireNonNull(definitions.get(place.cache()));
        Bounds bounds = definition.bounds();
        return HostedDefinition.host(
                "node" + member.node(),
                definition,
                new CacheCounters(),
                new WorldClock(timeline),
                Runnable::run,
                bounds.isUnlimited() ? null : new LeastRecentlyUsed(bounds.maximum(), member::evictSoon));
    }

    @Override
    public boolean areLossesChecked() {
        return false;
    }

    @Override
    public void run(SimulatedLife member, UserCodeCall call, Consumer<UserCodeOutcome> told) {
        UserCodeOutcome outcome = cache(member, call.key().cache()).run(call);
        timeline.after(1 + random.nextInt(LONGEST_CALL_NANOS), () -> told.accept(outcome));
    }
}
