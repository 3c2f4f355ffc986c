package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.hibernate.micrometer.RegionMeters;
import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of regions in Micrometer. */
class RegionMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private double gets(Class<?> entity, String result) {
        return registry.get("cache.gets")
                .tags("cache", entity.getName(), "result", result, "unit", "shop")
                .functionCounter()
                .count();
    }

    @Test
    void hitsAndSizes_areThoseOfTheRegionsCaches() {
        try (CachedDatabase database = CachedDatabase.open(Map.of())) {
            RegionMeters.monitor(registry, database.factory(), "unit", "shop");
            database.run(session -> session.persist(new Counter(1)));
            database.run(session -> session.find(Counter.class, 1));
            database.run(session -> session.find(Counter.class, 1));

            assertThat(gets(Counter.class, "hit")).isEqualTo(2);
            assertThat(gets(Account.class, "hit")).isZero();
            assertThat(registry.get("cache.size")
                            .tag("cache", Counter.class.getName())
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get(RegionMeters.FAILURES)
                            .tag("cache", "default-update-timestamps-region")
                            .functionCounter()
                            .count())
                    .isZero();
        }
    }

    @Test
    void failures_areCounted() {
        CachedRegions regions = CachedRegions.withMaximum(100);
        try (CachedDatabase database =
                CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", regions.manager()))) {
            RegionMeters.monitor(registry, database.factory());
            regions.close();

            database.run(session -> session.find(Counter.class, 1));

            assertThat(registry.get(RegionMeters.FAILURES)
                            .tag("cache", Counter.class.getName())
                            .functionCounter()
                            .count())
                    .isPositive();
        }
    }

    @Test
    void withoutRegions_isRefused() {
        try (CachedDatabase database = CachedDatabase.open(
                Map.of("hibernate.cache.use_second_level_cache", false, "hibernate.cache.use_query_cache", false))) {
            assertThatThrownBy(() -> RegionMeters.monitor(registry, database.factory()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("it has no regions (expected: one with a second-level cache)");
        }
    }
}
