package io.fyercache.sharded.node;

import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.PortableSettings;
import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.engine.ShardedCacheEngine;
import io.fyercache.sharded.transport.netty.Refusal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The engines of the caches of one manager whose entries are in a cluster, and the process that the manager's application has in it. Thread-safe. */
public final class ClusterEngines implements CacheEngines, ClusterStatus {
    /** Threads that work in the background: as many as a local manager has. */
    static final int BACKGROUND_THREADS = 16;

    /** Pieces of work that may wait for them; more is refused. */
    static final int BACKGROUND_WAITING = 100_000;

    private final ClusterNode node;
    private final CallTerms terms;
    private final Topology usual;
    private final WorkThreads background;

    /**
     * Makes the engines of a manager.
     *
     * @param name names the threads
     * @param node is closed with them
     * @param usual of caches that state no topology: {@link Topology#PARTITIONED} or {@link Topology#REPLICATED}
     */
    public ClusterEngines(String name, ClusterNode node, CallTerms terms, Topology usual, ClassLoader classLoader) {
        this.node = node;
        this.terms = terms;
        this.usual = usual;
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
        PortableDefinition wanted = PortableSettings.settle(design.portable(), usual);
        NumberedCache cache = node.define(wanted);
        List<String> differences = wanted.differencesFrom(cache.definition());
        if (!differences.isEmpty()) {
            throw new CacheDiffersException(wanted.name(), "in the cluster", differences);
        }
        return new ShardedCacheEngine(cache.number(), design, terms, node.router(), () -> node.destroy(cache.number()));
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
        return type == ClusterEvents.class ? type.cast(node.events()) : CacheEngines.super.as(type);
    }

    @Override
    public Executor background() {
        return background;
    }

    @Override
    public void close() {
        background.close();
        node.close();
    }
}
