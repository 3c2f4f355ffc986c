package io.fyercache.management.http;

import io.fyercache.core.time.SystemClock;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.Exposure;
import io.fyercache.management.Management;
import io.fyercache.management.ManagementSettings;
import io.fyercache.management.drain.Drain;
import io.fyercache.management.health.Health;
import io.fyercache.management.history.History;
import io.fyercache.management.metrics.Metrics;
import io.fyercache.management.report.ManagedProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** A process whose caches are its own, and that is managed. */
final class LocalProcess implements AutoCloseable {
    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final CacheManager manager;
    private final Management management;

    LocalProcess() {
        this(Optional.empty());
    }

    LocalProcess(Optional<Path> tokenFile) {
        manager = provider.getCacheManager();
        management = Management.start(manager, settings(tokenFile));
    }

    /** Has the caches of a configuration file. */
    LocalProcess(Path configuration) {
        manager = provider.getCacheManager(configuration.toUri(), LocalProcess.class.getClassLoader());
        management = Management.start(manager, settings(Optional.empty()));
    }

    static ManagementSettings settings(Optional<Path> tokenFile) {
        return new ManagementSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tokenFile, Exposure.LOOPBACK_ONLY);
    }

    <K, V> Cache<K, V> cache(String name, Class<K> keys, Class<V> values) {
        return manager.createCache(
                name, new MutableConfiguration<K, V>().setTypes(keys, values).setStatisticsEnabled(true));
    }

    CacheManager manager() {
        return manager;
    }

    /** Returns the routes of its API. */
    List<Route> routes() {
        ManagedProcess managed = ManagedProcess.of(manager);
        try (Metrics metrics = new Metrics(managed)) {
            return ApiRoutes.of(
                    managed,
                    new Health(managed),
                    metrics,
                    new History(managed, SystemClock.INSTANCE),
                    new Drain(managed, Optional.empty()));
        }
    }

    Management management() {
        return management;
    }

    Api api() {
        return Api.at(management.port());
    }

    @Override
    public void close() {
        management.close();
        provider.close();
    }
}
