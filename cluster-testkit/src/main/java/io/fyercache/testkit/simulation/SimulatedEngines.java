package io.fyercache.testkit.simulation;

import io.fyercache.configuration.PortableSettings;
import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngineProvider;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.engine.ShardedCacheEngine;
import java.net.URI;
import java.util.concurrent.Executor;

/** The engines of a manager whose caches are in a simulated cluster. What is done in the background elsewhere is done at once. */
final class SimulatedEngines implements CacheEngines, CacheEngineProvider {
    static final String SCHEME = "simulated";

    private final UserCaches caches;
    private final CallTerms terms;
    private final DrivenRouter router;

    SimulatedEngines(UserCaches caches, CallTerms terms, DrivenRouter router) {
        this.caches = caches;
        this.terms = terms;
        this.router = router;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public CacheEngines open(URI managerUri, ClassLoader classLoader, HoldWaits waits, DefinitionReader reader) {
        caches.readBy(reader);
        return this;
    }

    @Override
    public Keeping keeping() {
        return Keeping.BYTES;
    }

    @Override
    public CacheEngine open(CacheDesign design) {
        PortableDefinition definition = PortableSettings.settle(design.portable(), Topology.PARTITIONED);
        if (PortableSettings.isInvalidated(definition)) {
            throw new IllegalArgumentException(
                    "cache '" + definition.name()
                            + "': topology: invalidated (expected: partitioned or replicated, as the cluster is simulated); test it on real members");
        }
        int number = caches.define(definition);
        return new ShardedCacheEngine(number, design, terms, router, new FixedCache(() -> {
            caches.destroy(number);
            router.awaitGivenUp(number);
        }));
    }

    @Override
    public Executor background() {
        return Runnable::run;
    }

    @Override
    public void close() {
        caches.close(); // The cluster goes on without the manager, but nobody is there to end it later.
    }
}
