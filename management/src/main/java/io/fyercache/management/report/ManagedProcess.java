package io.fyercache.management.report;

import io.fyercache.jcache.EngineCacheManager;
import io.fyercache.sharded.node.ClusterEvents;
import io.fyercache.sharded.node.ClusterStatus;
import java.net.URI;
import java.util.Optional;
import javax.cache.CacheManager;

/**
 * A process that is managed: the caches of one manager, and its place in a cluster if they are in one. Thread-safe.
 *
 * @param manager has its caches
 * @param cluster how the cluster is, as far as the process knows; empty if the caches are in this process alone
 * @param events what has happened to it
 */
public record ManagedProcess(
        EngineCacheManager manager, Optional<ClusterStatus> cluster, Optional<ClusterEvents> events) {

    /**
     * Takes the process that a manager belongs to.
     *
     * @throws IllegalArgumentException if the manager is not one of ours
     */
    public static ManagedProcess of(CacheManager manager) {
        if (!(manager instanceof EngineCacheManager ours)) {
            throw new IllegalArgumentException(
                    "manager: of " + manager.getClass().getName()
                            + " (expected: one of FyerCache's); get it from io.fyercache.jcache.FyerCachingProvider");
        }
        return new ManagedProcess(ours, part(manager, ClusterStatus.class), part(manager, ClusterEvents.class));
    }

    private static <T> Optional<T> part(CacheManager manager, Class<T> type) {
        try {
            return Optional.of(manager.unwrap(type));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // It is how JSR-107 says that there is none.
        }
    }

    /** Returns the manager's URI without settings, which name files. */
    String name() {
        URI uri = manager.getURI();
        String text = uri.toString();
        int settings = text.indexOf('?');
        return settings < 0 ? text : text.substring(0, settings);
    }
}
