package io.fyercache.zookeeper;

import io.fyercache.core.engine.CacheEngineProvider;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.sharded.node.CannotJoinException;
import io.fyercache.sharded.node.ClusterEngines;
import io.fyercache.zookeeper.lock.SessionLocks;
import java.net.URI;
import javax.cache.CacheException;

/**
 * Gives managers of {@code zk://host:port[,host:port]/cluster} the caches of a cluster, and the application's process a place in it: as a member
 * that stores data, or with {@code ?role=client} as one that only uses it. It leaves the cluster when the manager is closed.
 */
public final class ClusterEngineProvider implements CacheEngineProvider {
    private static final String SCHEME = "zk";

    /** Makes a provider; for {@link java.util.ServiceLoader}. */
    public ClusterEngineProvider() {}

    @Override
    public String scheme() {
        return SCHEME;
    }

    /**
     * Joins the cluster.
     *
     * @throws CannotJoinException if that cannot be
     * @throws CacheException if the URI has faults; lists them
     */
    @Override
    public CacheEngines open(URI managerUri, ClassLoader classLoader, HoldWaits waits, DefinitionReader reader) {
        ClusterAccess access = ClusterUri.read(managerUri);
        ClusterAccess.Started process = access.start(reader, classLoader);
        ClusterEngines engines = new ClusterEngines(
                access.name(), process.node(), access.terms(), access.topology(), waits, classLoader);
        ZooKeeperSettings place = process.zooKeeper();
        return new EnginesWithLocks(
                engines, new SessionLocks(access.name(), new LockSessions(place), place.sessionTimeout(), classLoader));
    }
}
