package io.fyercache.hibernate.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.hibernate.key.QueryKeys;
import io.fyercache.jcache.FyerCachingProvider;
import java.util.List;
import java.util.Set;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cache.spi.QueryKey.ParameterBindingsMemento;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Results that are kept by digests of their keys, as a cluster has them. */
class QueryRegionTest {
    private static final String SQL = "select * from account where number=?";

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final RegionCache cache = new RegionCache(
            provider.getCacheManager()
                    .createCache("queries", FyerConfiguration.builder().build()),
            WriteFailure.FAIL);
    private final QueryRegion region = regionOf(7);

    /** A parameter, or what stands for one. */
    private record Parameter(Object value) implements ParameterBindingsMemento {}

    @AfterEach
    void close() {
        provider.close();
    }

    /** Returns the region as processes have it whose model has that fingerprint. */
    private QueryRegion regionOf(long model) {
        return new QueryRegion("queries", null, cache, QueryKeys.digests(() -> model));
    }

    private static QueryKey key(String sql, Object parameter, Integer maximum) {
        return new QueryKey(sql, new Parameter(parameter), 0, maximum, Set.of());
    }

    @Test
    void result_isFoundByAKeyThatIsEqual_andByNoOther() {
        region.putIntoCache(key(SQL, "A1", 10), List.of("Ada"), null);

        assertThat(region.getFromCache(key(SQL, "A1", 10), null)).isEqualTo(List.of("Ada"));
        assertThat(region.getFromCache(key(SQL, "A2", 10), null)).isNull();
        assertThat(region.getFromCache(key(SQL, "A1", 11), null)).isNull();
        assertThat(region.getFromCache(key(SQL + " or 1=1", "A1", 10), null)).isNull();
        assertThat(cache.failures()).isZero();
    }

    @Test
    void result_ofAnotherModel_isNotFound_andLeft() {
        region.putIntoCache(key(SQL, "A1", 10), List.of("Ada"), null);

        assertThat(regionOf(8).getFromCache(key(SQL, "A1", 10), null)).isNull();
        regionOf(8).putIntoCache(key(SQL, "A1", 10), List.of(1815), null);

        assertThat(region.getFromCache(key(SQL, "A1", 10), null)).isEqualTo(List.of("Ada"));
        assertThat(regionOf(7).getFromCache(key(SQL, "A1", 10), null)).isEqualTo(List.of("Ada"));
    }

    @Test
    void keyThatCannotBeSerialized_isAMiss_andCounted() {
        QueryKey key = key(SQL, new Object(), 10);

        region.putIntoCache(key, List.of("Ada"), null);

        assertThat(region.getFromCache(key, null)).isNull();
        assertThat(cache.failures()).isEqualTo(2);
        assertThat(cache.size()).isZero();
    }
}
