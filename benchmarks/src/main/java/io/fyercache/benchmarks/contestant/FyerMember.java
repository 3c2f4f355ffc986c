package io.fyercache.benchmarks.contestant;

import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** A member of a FyerCache cluster, from the manager of a URI as an application has it. */
final class FyerMember implements ClusterMember {
    private final Cache<Long, byte[]> cache;
    private final FyerTable table;

    private FyerMember(Cache<Long, byte[]> cache, FyerTable table) {
        this.cache = cache;
        this.table = table;
    }

    static FyerMember join(Seat seat) {
        URI cluster = URI.create("zk://%s:%d/%s".formatted(Seat.LOOPBACK, seat.coordinationPort(), seat.cluster()));
        CacheManager manager = OpenProvider.instantiate("io.fyercache.jcache.FyerCachingProvider")
                .getCacheManager(cluster, FyerMember.class.getClassLoader());
        return new FyerMember(
                manager.createCache(CACHE, new MutableConfiguration<Long, byte[]>().setTypes(Long.class, byte[].class)),
                FyerTable.watch(seat));
    }

    @Override
    public Cache<Long, byte[]> cache() {
        return cache;
    }

    @Override
    public int settledMembers() {
        return table.settledMembers();
    }

    /** Which bytes a key is to the cluster is known inside of it alone. */
    @Override
    public boolean mayBePrimaryOf(Long key) {
        return true;
    }
}
