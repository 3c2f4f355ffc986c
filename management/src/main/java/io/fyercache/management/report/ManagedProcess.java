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
 * @param undeclared what becomes of caches of the cluster that the process does not use, when they are asked for
 */
public record ManagedProcess(
        EngineCacheManager manager,
        Optional<ClusterStatus> cluster,
        Optional<ClusterEvents> events,
        Undeclared undeclared) {

    /** What becomes of a cache that the process has not opened and somebody asks for. */
    public enum Undeclared {
        /** Nothing: an application may open it later, as it means it. */
        LEFT,
        /** It is opened as it is defined: nobody else opens caches here. */
        OPENED
    }

    /**
     * Takes the process of an application, to which a manager belongs.
     *
     * @throws IllegalArgumentException if the manager is not one of ours
     */
    public static ManagedProcess of(CacheManager manager) {
        if (!(manager instanceof EngineCacheManager ours)) {
            throw new IllegalArgumentException(
                    "manager: of " + manager.getClass().getName()
                            + " (expected: one of FyerCache's); get it from io.fyercache.jcache.FyerCachingProvider");
        }
        return new ManagedProcess(
                ours, part(manager, ClusterStatus.class), part(manager, ClusterEvents.class), Undeclared.LEFT);
    }

    /** Returns this process as one that has no application: what is asked for is opened. */
    public ManagedProcess withoutApplication() {
        return new ManagedProcess(manager, cluster, events, Undeclared.OPENED);
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
