package io.fyercache.sharded.node;

import io.fyercache.configuration.PortableSettings;
import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.engine.DefinitionReader.Hosted;
import io.fyercache.core.engine.EvictionReports;
import io.fyercache.core.engine.WriterLog;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.HostedDefinition;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.topology.CacheNumber;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cluster's caches as one life of a member has them, with the user's objects that were made for them here. Used by the process's thread,
 * but for {@link #find} and {@link #counts}. */
final class HostedCaches {
    private static final Logger LOGGER = System.getLogger(HostedCaches.class.getName());

    private final String member;
    private final DefinitionReader reader;
    private final Clock clock;
    private final Executor userCode;
    private final EvictionReports evictions;
    private final Consumer<EntryKey> evict;
    /** Changed by the process's thread. */
    private final Map<Integer, OnMember> caches = new ConcurrentHashMap<>();

    /** Caches that there are no more, whose objects may not all be closed yet. */
    private final Map<Integer, CompletableFuture<Void>> ending = new HashMap<>();

    /** Which amendment each cache goes by. */
    private final Map<Integer, Integer> revisions = new HashMap<>();

    /** The newest cache there has been, in the order of all: none of them is given again. */
    private int newest;

    /** Those whose maximum was changed, and is not reached yet. */
    private final Set<Integer> resizing = new HashSet<>();

    /** A cache, with its user code. */
    private record OnMember(HostedCache cache, UserCodeOfCache userCode, WriterLog log) {
        CacheCounters counters() {
            return cache.counters();
        }
    }

    /**
     * Knows no cache yet.
     *
     * @param member what errors call the member
     * @param userCode where user code runs
     * @param evictions tells users' listeners of evictions
     * @param evict is told what bounded caches choose to give up; not to be done within the call
     */
    HostedCaches(
            String member,
            DefinitionReader reader,
            Clock clock,
            Executor userCode,
            EvictionReports evictions,
            Consumer<EntryKey> evict) {
        this.member = member;
        this.reader = reader;
        this.clock = clock;
        this.userCode = userCode;
        this.evictions = evictions;
        this.evict = evict;
    }

    /** Takes in which caches there are. */
    void cachesChanged(List<NumberedCache> present) {
        Set<Integer> gone = new HashSet<>(caches.keySet());
        for (NumberedCache cache : present) {
            newest = Math.max(newest, CacheNumber.order(cache.number()));
            // Of an invalidated cache members keep nothing: its entries are in the processes that use it.
            if (!PortableSettings.isInvalidated(cache.definition())) {
                gone.remove(cache.number());
                adjust(cache, caches.computeIfAbsent(cache.number(), number -> host(cache)));
            }
        }
        revisions.keySet().removeAll(gone);
        resizing.removeAll(gone);
        caches.entrySet().removeIf(each -> {
            boolean ends = gone.contains(each.getKey());
            if (ends) {
                ending.put(each.getKey(), each.getValue().userCode().end());
            }
            return ends;
        });
        ending.values().removeIf(CompletableFuture::isDone);
    }

    private OnMember host(NumberedCache numbered) {
        String name = numbered.definition().name();
        try {
            Hosted read = reader.read(numbered.definition(), member);
            CacheDefinition definition = read.definition();
            HostedCache cache = HostedDefinition.host(
                    member,
                    definition,
                    CacheCounters.ofServer(),
                    clock,
                    userCode,
                    definition.bounds().isUnlimited()
                            ? null
                            : new CaffeineOrder(definition.bounds().maximum(), evict));
            return new OnMember(cache, new UserCodeOfCache(name, read.userObjects(), userCode), new WriterLog(name));
        } catch (IllegalArgumentException e) {
            String why = "cache '" + name + "' on member '" + member + "': " + e.getMessage();
            LOGGER.log(Level.ERROR, why, e);
            return new OnMember(
                    UnusableCache.because(why), new UserCodeOfCache(name, () -> {}, userCode), new WriterLog(name));
        }
    }

    /** E6: has a cache go by what was changed of it, if that is new here. What this member does not understand it leaves as it is. */
    private void adjust(NumberedCache numbered, OnMember hosted) {
        int revision = numbered.amendment().revision();
        Integer known = revisions.put(numbered.number(), revision);
        if (revision == (known == null ? 0 : known)) {
            return;
        }
        try {
            hosted.cache()
                    .adjust(reader.adjustment(
                            numbered.definition(), numbered.amendment().settings(), member));
            resizing.add(numbered.number());
        } catch (IllegalArgumentException e) {
            LOGGER.log(
                    Level.ERROR,
                    "cache '" + numbered.definition().name() + "' on member '" + member
                            + "': what was changed of its settings is not understood, and it goes on as before",
                    e);
        }
    }

    /** E6: goes on with caches that have too much for a maximum that became smaller. */
    void tick() {
        resizing.removeIf(number -> {
            OnMember found = caches.get(number);
            return found == null || found.cache().approachMaximum();
        });
    }

    /** Tells whether a cache of that number is or has been known. */
    boolean knows(int number) {
        return CacheNumber.order(number) <= newest;
    }

    /** Tells whether there is a cache of that number that has entries here. */
    boolean has(int number) {
        return caches.containsKey(number);
    }

    /** Returns what is complete when no user code of a cache that there is no more runs here, and its objects are closed. */
    CompletableFuture<Void> givenUp(int number) {
        return ending.getOrDefault(number, CompletableFuture.completedFuture(null));
    }

    /** Has a call of a cache's user code run; of a cache that is none any more there is none to wait for. */
    void run(int number, Runnable call) {
        OnMember found = caches.get(number);
        if (found == null) {
            userCode.execute(call);
        } else {
            found.userCode().run(call);
        }
    }

    /** Returns a cache; of one that is none any more, one that stores nothing. */
    HostedCache cache(int number) {
        OnMember found = caches.get(number);
        return found == null ? UnusableCache.destroyed(number) : found.cache();
    }

    /** Returns a cache, or null if there is none of that number. Any thread may ask. */
    @Nullable
    HostedCache find(int number) {
        OnMember found = caches.get(number);
        return found == null ? null : found.cache();
    }

    /** Returns what has been counted here of each cache (S2), by number. Any thread may ask. */
    SortedMap<Integer, CacheCounts> counts() {
        SortedMap<Integer, CacheCounts> counts = new TreeMap<>();
        caches.forEach((number, each) -> counts.put(number, CacheCounts.of(each.counters())));
        return counts;
    }

    /** Counts an entry whose time was over. */
    void expired(int number) {
        OnMember found = caches.get(number);
        if (found != null) {
            found.counters().expiry();
        }
    }

    /** Counts an entry that had to go, and has the user's listener told of it. */
    void evicted(EntryKey key, EncodedValue value) {
        OnMember found = caches.get(key.cache());
        if (found != null) {
            found.counters().eviction(found.cache().weight(key, value));
            evictions.tell(found.cache().evictionObserver(), key.key(), value);
        }
    }

    /** Counts a batch of changes that was written behind, or could not be, and says in the log how that fares. */
    void written(int number, int changes, BatchOutcome outcome, long nanos, int given) {
        OnMember found = caches.get(number);
        if (found != null) {
            found.counters().write(changes - outcome.failures().size(), nanos, outcome.isWhole());
            found.counters().giveUpWrites(given);
            found.log().tell(outcome, given);
        }
    }

    /** Ends all of them; returns what is complete when no user code runs, and all of the user's objects are closed. */
    CompletableFuture<Void> end() {
        cachesChanged(List.of());
        return CompletableFuture.allOf(ending.values().toArray(CompletableFuture<?>[]::new));
    }
}
