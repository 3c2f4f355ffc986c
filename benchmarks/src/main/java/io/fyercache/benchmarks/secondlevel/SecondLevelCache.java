package io.fyercache.benchmarks.secondlevel;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.OpenProvider;
import java.util.Map;
import javax.cache.configuration.MutableConfiguration;

/**
 * A region factory with a JCache provider under it. Each keeps its entries by reference and without a bound, in a cache that was made from one plain
 * configuration; but for one.
 */
public enum SecondLevelCache {
    /** Ours. */
    FYERCACHE(Contestant.FYERCACHE) {
        @Override
        Map<String, Object> settings(OpenProvider provider) {
            return Map.of(
                    "hibernate.cache.region.factory_class",
                    "fyercache",
                    "hibernate.fyercache.cache_manager",
                    provider.manager());
        }
    },
    /** Ours as it comes, with the bound that it has then. */
    FYERCACHE_BY_DEFAULT(Contestant.FYERCACHE) {
        @Override
        Map<String, Object> settings(OpenProvider provider) {
            return Map.of("hibernate.cache.region.factory_class", "fyercache");
        }
    },
    /** Hibernate's on Caffeine. */
    JCACHE_CAFFEINE(Contestant.CAFFEINE),
    /** Hibernate's on Ehcache. */
    JCACHE_EHCACHE(Contestant.EHCACHE);

    private final Contestant contestant;

    SecondLevelCache(Contestant contestant) {
        this.contestant = contestant;
    }

    /** Opens the provider, with the region of products in it. */
    OpenProvider open() {
        OpenProvider provider = contestant.open(Object.class);
        provider.manager()
                .createCache(Product.REGION, new MutableConfiguration<Object, Object>().setStoreByValue(false));
        return provider;
    }

    /** Returns what a session factory is told. */
    Map<String, Object> settings(OpenProvider provider) {
        return Map.of(
                "hibernate.cache.region.factory_class",
                "jcache",
                "hibernate.javax.cache.cache_manager",
                provider.manager());
    }
}
