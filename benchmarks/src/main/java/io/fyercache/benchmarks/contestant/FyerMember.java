package io.fyercache.benchmarks.contestant;

import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** A member of a FyerCache cluster, from the manager of a URI as an application has it. */
final class FyerMember implements ClusterMember {
    private final Cache<Long, byte[]> cache;

    private FyerMember(Cache<Long, byte[]> cache) {
        this.cache = cache;
    }

    static FyerMember join(Seat seat) {
        URI cluster = URI.create("zk://%s:%d/%s".formatted(Seat.LOOPBACK, seat.coordinationPort(), seat.cluster()));
        CacheManager manager = OpenProvider.instantiate("io.fyercache.jcache.FyerCachingProvider")
                .getCacheManager(cluster, FyerMember.class.getClassLoader());
        Cache<Long, byte[]> defined = manager.getCache(CACHE, Long.class, byte[].class);
        return new FyerMember(
                defined != null
                        ? defined
                        : manager.createCache(
                                CACHE, new MutableConfiguration<Long, byte[]>().setTypes(Long.class, byte[].class)));
    }

    @Override
    public Cache<Long, byte[]> cache() {
        return cache;
    }

    @Override
    public int settledMembers() {
        throw new UnsupportedOperationException("fyercache does not tell how many members there are");
    }

    @Override
    public boolean mayBePrimaryOf(Long key) {
        return true;
    }
}
