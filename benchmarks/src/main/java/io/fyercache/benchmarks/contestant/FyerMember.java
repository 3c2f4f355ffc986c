package io.fyercache.benchmarks.contestant;

import io.fyercache.benchmarks.workload.SharedEntries;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.NearOptions;
import io.fyercache.configuration.Topology;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.spi.CachingProvider;

/** A member of a FyerCache cluster, or a JVM with a cache of its own, from the manager of a URI as an application has it. */
final class FyerMember implements ClusterMember {
    private static final String PROVIDER = "io.fyercache.jcache.FyerCachingProvider";

    private final Cache<Long, byte[]> cache;
    private final IntSupplier settledMembers;

    private FyerMember(Cache<Long, byte[]> cache, IntSupplier settledMembers) {
        this.cache = cache;
        this.settledMembers = settledMembers;
    }

    static List<Companion> companions(CacheForm form) {
        return switch (form) {
            case LOCAL -> List.of();
            case ENTITIES -> List.of(Companion.ZOOKEEPER, Companion.DATABASE);
            default -> List.of(Companion.ZOOKEEPER);
        };
    }

    static FyerMember join(Seat seat, CacheForm form) {
        CachingProvider provider = OpenProvider.instantiate(PROVIDER);
        FyerConfiguration<Long, byte[]> configuration = configuration(form);
        if (!form.isOfCluster()) {
            return new FyerMember(provider.getCacheManager().createCache(CACHE, configuration), () -> 0);
        }
        String cluster = clusterOf(seat);
        CacheManager manager =
                managerOf(provider, form == CacheForm.PARTITIONED_TWICE ? cluster + "?backups=2" : cluster);
        if (form == CacheForm.OBSERVED) {
            Observer.of(manager);
        }
        CacheManager measured = form == CacheForm.NEAR ? managerOf(provider, cluster + "?role=client") : manager;
        return new FyerMember(measured.createCache(CACHE, configuration), FyerTable.watch(seat)::settledMembers);
    }

    /** What tells Hibernate to keep entities in the cluster of that seat. */
    static Map<String, Object> secondLevelCache(Seat seat) {
        return Map.of("hibernate.cache.region.factory_class", "fyercache", "hibernate.fyercache.uri", clusterOf(seat));
    }

    private static String clusterOf(Seat seat) {
        return "zk://%s:%d/%s".formatted(Seat.LOOPBACK, seat.portOf(Companion.ZOOKEEPER), seat.cluster());
    }

    private static CacheManager managerOf(CachingProvider provider, String uri) {
        return provider.getCacheManager(URI.create(uri), FyerMember.class.getClassLoader());
    }

    private static FyerConfiguration<Long, byte[]> configuration(CacheForm form) {
        var plain = FyerConfiguration.builder(Long.class, byte[].class);
        return switch (form) {
            case REPLICATED -> plain.topology(Topology.REPLICATED).build();
            case NEAR -> plain.near(NearOptions.upTo(SharedEntries.ENTRIES)).build();
            case INVALIDATED ->
                plain.topology(Topology.INVALIDATED)
                        .invalidation(InvalidationOptions.byCluster())
                        .readThrough(true)
                        .loader(FactoryBuilder.factoryOf(RowLoader.class))
                        .build();
            default -> plain.build();
        };
    }

    @Override
    public Cache<Long, byte[]> cache() {
        return cache;
    }

    @Override
    public int settledMembers() {
        return settledMembers.getAsInt();
    }

    @Override
    public KeptEntries kept() {
        return new KeptInCache(cache::get, cache::put, cache::containsKey);
    }

    /** Which bytes a key is to the cluster is known inside of it alone. */
    @Override
    public boolean mayBePrimaryOf(Long key) {
        return true;
    }
}
