package io.fyercache.sharded.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.PortableSettings;
import io.fyercache.configuration.Topology;
import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.CacheNotDefinedException;
import io.fyercache.core.engine.LocalCacheEngines;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.invalidated.InvalidatingEngines;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.coordination.Amendment;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.engine.CataloguedCache;
import io.fyercache.sharded.engine.ShardedCacheEngine;
import io.fyercache.sharded.transport.netty.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The engines of the caches of one manager that is in a cluster, and the process that the manager's application has in it. Entries are in the cluster, or, of an invalidated
 * cache, in this process, which tells the others of the cluster what it changes. Thread-safe.
 */
public final class ClusterEngines implements CacheEngines, ClusterStatus {
    /** Threads that work in the background: as many as a local manager has. */
    static final int BACKGROUND_THREADS = 16;

    /** Pieces of work that may wait for them; more is refused. */
    static final int BACKGROUND_WAITING = 100_000;

    /** Changes of caches that wait to be shown: more than all caches of a cluster have at a time. */
    private static final int AMENDMENTS_WAITING = 100_000;

    private static final Logger LOGGER = System.getLogger(ClusterEngines.class.getName());

    private final ClusterNode node;

    /** Those of invalidated caches, whose entries are in this process. */
    private final InvalidatingEngines here;

    private final CallTerms terms;
    private final Topology usual;
    private final WorkThreads background;

    /** Has caches that are used here take in what was changed of them. */
    private final WorkThreads amendments;

    /** Those that are used here, by number. */
    private final Map<Integer, Opened> caches = new ConcurrentHashMap<>();

    /**
     * Makes the engines of a manager.
     *
     * @param name names the threads
     * @param node is closed with them
     * @param usual of caches that state no topology: {@link Topology#PARTITIONED} or {@link Topology#REPLICATED}
     * @param waits who waits for whose key, over all managers of the caching provider
     */
    public ClusterEngines(
            String name, ClusterNode node, CallTerms terms, Topology usual, HoldWaits waits, ClassLoader classLoader) {
        this.node = node;
        Clock clock = SystemClock.INSTANCE;
        LocalCacheEngines local = new LocalCacheEngines(
                name, clock, waits, () -> ThreadLocalRandom.current().nextDouble());
        this.here = new InvalidatingEngines(name, local, clock, node.topics());
        this.terms = terms;
        this.usual = usual;
        this.amendments = new WorkThreads("fyercache-amendments-" + name, 1, AMENDMENTS_WAITING, classLoader);
        node.onCaches(this::cachesChanged);
        this.background =
                new WorkThreads("fyercache-background-" + name, BACKGROUND_THREADS, BACKGROUND_WAITING, classLoader);
    }

    @Override
    public Keeping keeping() {
        return Keeping.BYTES;
    }

    /**
     * Starts the engine of a cache, which is defined in the cluster if it is not there.
     *
     * @throws CacheDiffersException if it is defined there, and otherwise: names the settings
     */
    @Override
    public CacheEngine open(CacheDesign design) {
        PortableDefinition wanted = settled(design);
        return open(design, wanted, node.define(wanted));
    }

    /**
     * Starts the engine of a cache that this process knows of. One that was destroyed, and of which it has not heard that yet, is opened all the same: by
     * its number, which no other cache ever gets, members find nothing and take nothing.
     *
     * @throws CacheDiffersException if it is defined otherwise: names the settings
     */
    @Override
    public CacheEngine openDefined(CacheDesign design) {
        NumberedCache cache = node.picture().caches().stream()
                .filter(each -> each.definition().name().equals(design.name()))
                .findFirst()
                .orElseThrow(() -> new CacheNotDefinedException(design.name()));
        return open(design, settled(design), cache);
    }

    private PortableDefinition settled(CacheDesign design) {
        return PortableSettings.settle(design.portable(), usual);
    }

    private CacheEngine open(CacheDesign design, PortableDefinition wanted, NumberedCache cache) {
        List<String> differences = cache.differencesOf(wanted);
        if (!differences.isEmpty()) {
            throw new CacheDiffersException(wanted.name(), "in the cluster", differences);
        }
        return PortableSettings.isInvalidated(wanted)
                ? here.open(design, () -> node.destroy(cache.number()))
                : openInCluster(cache, design);
    }

    private CacheEngine openInCluster(NumberedCache cache, CacheDesign design) {
        Opened opened = new Opened(cache, design::amended);
        caches.put(cache.number(), opened);
        // What was changed before that nobody has told it.
        cachesChanged(node.picture().caches());
        try {
            return new ShardedCacheEngine(cache.number(), design, terms, node.router(), opened);
        } catch (RuntimeException | Error e) {
            caches.remove(cache.number(), opened);
            throw e;
        }
    }

    /** A cache that is used here, as the catalogue has it. What is known of it only becomes later. */
    private final class Opened implements CataloguedCache {
        private final int number;
        private final Runnable amended;

        @GuardedBy("this")
        private Amendment latest;

        Opened(NumberedCache cache, Runnable amended) {
            this.number = cache.number();
            this.amended = amended;
            this.latest = cache.amendment();
        }

        @Override
        public void adjust(SortedMap<String, Setting> settings) {
            boolean unused = learn(node.adjust(number, settings));
        }

        @Override
        public synchronized SortedMap<String, Setting> amendments() {
            return latest.settings();
        }

        @Override
        public void destroy() {
            node.destroy(number);
        }

        @Override
        public void leave() {
            caches.remove(number, this);
        }

        /** Takes in what the cache is now; tells whether that is news. */
        synchronized boolean learn(NumberedCache cache) {
            boolean isLater = cache.amendment().revision() > latest.revision();
            if (isLater) {
                latest = cache.amendment();
            }
            return isLater;
        }
    }

    /** On the process's thread, which must not wait for whoever uses a cache. */
    private void cachesChanged(List<NumberedCache> present) {
        for (NumberedCache cache : present) {
            Opened opened = caches.get(cache.number());
            if (opened != null && opened.learn(cache)) {
                tell(opened);
            }
        }
    }

    private void tell(Opened opened) {
        try {
            amendments.execute(opened.amended);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "the process ends: what was changed of a cache is not shown any more", e);
        }
    }

    @Override
    public ServedCounts served(List<Integer> caches) {
        return node.served(caches);
    }

    @Override
    public SortedMap<Integer, CacheCounts> servedHere() {
        return node.servedHere();
    }

    @Override
    public Map<Refusal, Long> refusedConnections() {
        return node.refusedConnections();
    }

    @Override
    public ClusterPicture picture() {
        return node.picture();
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        if (type == ClusterEvents.class) {
            return type.cast(node.events());
        } else if (type == InvalidationBusProvider.class) {
            return type.cast(node.topics());
        }
        return type == Clock.class ? type.cast(node.clock()) : CacheEngines.super.as(type);
    }

    @Override
    public Executor background() {
        return background;
    }

    @Override
    public void close() {
        here.close();
        background.close();
        amendments.close();
        node.close();
    }
}
