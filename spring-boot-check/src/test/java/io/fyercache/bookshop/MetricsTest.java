package io.fyercache.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Actuator shows of our caches: the meters that Boot binds by itself, through JMX, from any JCache provider. */
class MetricsTest {
    private static final String ISBN = "0-201-63361-2";

    @TempDir
    private Path folder;

    @Test
    void gets_areHitsAndMissesOfTheCache_ifItsStatisticsAreEnabled() throws Exception {
        try (OpenShop shop = OpenShop.with("spring.cache.jcache.config=classpath:caches.yaml")) {
            shop.catalogue().book(ISBN);
            shop.catalogue().book(ISBN);
            shop.catalogue().book(ISBN);
            shop.catalogue().review(ISBN);

            assertThat(gets(shop, "books", "hit")).isEqualTo(2);
            assertThat(gets(shop, "books", "miss")).isEqualTo(1);
            assertThat(gets(shop, "reviews", "hit")).isZero();
            assertThat(gets(shop, "reviews", "miss")).isEqualTo(1);
        }
    }

    @Test
    void gets_ofAFileWithAnyName_areFound() throws Exception {
        Path file = Files.createDirectories(folder.resolve("my conf, v=1")).resolve("caches.yaml");
        Files.writeString(file, "caches: { books: { statistics: true } }");

        try (OpenShop shop = OpenShop.with("spring.cache.jcache.config=file:" + file)) {
            shop.catalogue().book(ISBN);
            assertThat(gets(shop, "books", "miss")).isEqualTo(1);
        }
    }

    @Test
    void gets_ofCachesInCacheNames_areNotCounted_whateverTheFileSays() throws Exception {
        try (OpenShop shop =
                OpenShop.with("spring.cache.jcache.config=classpath:template.yaml", "spring.cache.cache-names=books")) {
            shop.catalogue().book(ISBN);
            shop.catalogue().book(ISBN);
            assertThat(gets(shop, "books", "hit")).isZero();
        }
    }

    /** So our documentation tells users of Actuator to give the exact names of caches. */
    @Test
    void meters_ofACacheThatATemplateMadeAfterTheStart_areNotBoundByBoot() {
        try (OpenShop shop = OpenShop.with("spring.cache.jcache.config=classpath:caches.yaml")) {
            shop.catalogue().title(ISBN);

            assertThat(shop.manager().getCacheNames()).contains(Catalogue.ANSWERS);
            assertThat(shop.bean(MeterRegistry.class)
                            .find("cache.gets")
                            .tag("cache", Catalogue.ANSWERS)
                            .meters())
                    .isEmpty();
        }
    }

    private static double gets(OpenShop shop, String cache, String result) {
        FunctionCounter counter = shop.bean(MeterRegistry.class)
                .get("cache.gets")
                .tags("cache", cache, "cache.manager", "cacheManager", "result", result)
                .functionCounter();
        return counter.count();
    }
}
