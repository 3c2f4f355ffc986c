package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rulings M of {@code docs/jsr107-rulings.md}. */
class ManagerRulingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "default", "a/b", "a:b", "java.x", "javax.y", "Blog$Manager.get(java.lang.String)"})
    void m1_anyName_isFine(String name) {
        try (Scene scene = new Scene()) {
            scene.manager.createCache(name, new MutableConfiguration<>());

            assertThat(scene.manager.getCacheNames()).containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a=b", "a*", "a?", "a\"b", "a\nb"})
    void m2_nameWithCharactersOfObjectNames_isFine(String name) {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.manager.createCache(
                    name,
                    new MutableConfiguration<>().setStatisticsEnabled(true).setManagementEnabled(true));
            cache.put(1, "a");

            assertThat(cache.get(1)).isEqualTo("a");
        }
    }

    @Test
    void m3_statisticsOfUnknownCache_throws() {
        try (Scene scene = new Scene()) {
            assertThatThrownBy(() -> scene.manager.enableStatistics("unknown", true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("unknown");
        }
    }

    @Test
    void m4_throughNothing_isRefused() {
        try (Scene scene = new Scene()) {
            assertThatThrownBy(() -> scene.with(
                                    settings -> settings.setReadThrough(true).setWriteThrough(true))
                            .cache())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("loader")
                    .hasMessageContaining("writer");
            assertThat(scene.manager.getCacheNames()).isEmpty();
        }
    }

    @Test
    void m5_factoryThrows_nameStaysFree() {
        IllegalStateException failure = new IllegalStateException("no");
        try (Scene scene = new Scene()) {
            assertThatThrownBy(() -> scene.with(settings -> settings.setExpiryPolicyFactory(() -> {
                                throw failure;
                            }))
                            .cache())
                    .isInstanceOf(CacheException.class)
                    .hasRootCause(failure);
            assertThat(scene.manager.getCacheNames()).isEmpty();
        }
    }

    @Test
    void m6_nameOfAClosedCache_isFreeAndTheNextOneEmpty() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");

            cache.close();

            assertThat(scene.manager.<Object, Object>getCache(scene.name)).isNull();
            assertThat(scene.cache().containsKey(1)).isFalse();
        }
    }

    @Test
    void m7_registerOnAClosedCache_throws() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.close();

            assertThatThrownBy(() -> cache.registerCacheEntryListener(scene.listener(true, event -> {})))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void m8_otherProperties_sameManager() {
        try (Scene scene = new Scene()) {
            CachingProvider provider = scene.manager.getCachingProvider();
            Properties properties = new Properties();
            properties.setProperty("key", "value");

            CacheManager again =
                    provider.getCacheManager(scene.manager.getURI(), scene.manager.getClassLoader(), properties);

            assertThat(again).isSameAs(scene.manager);
            assertThat(again.getProperties()).isEmpty();
        }
    }

    @Test
    void m9_foreignUri_isRefusedByName() {
        try (Scene scene = new Scene()) {
            CachingProvider provider = scene.manager.getCachingProvider();

            assertThatThrownBy(() -> provider.getCacheManager(URI.create("http://example.org/x"), null))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("http://example.org/x");
        }
    }

    @Test
    void m10_getCacheOfNull_throws() {
        try (Scene scene = new Scene()) {
            assertThatThrownBy(() -> scene.manager.getCache(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // Generics would keep the caller from doing what is tested.
    void m11_wrongTypeForTypedCache_throws() {
        try (Scene scene = new Scene()) {
            Cache cache = scene.manager.createCache(
                    scene.name, new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class));

            assertThatThrownBy(() -> cache.put(1, 2)).isInstanceOf(ClassCastException.class);
            assertThatThrownBy(() -> cache.replace(1, 2)).isInstanceOf(ClassCastException.class);
            assertThatThrownBy(() -> cache.get("one")).isInstanceOf(ClassCastException.class);
            assertThatThrownBy(() -> cache.invoke(1, (entry, none) -> {
                        entry.setValue(2);
                        return null;
                    }))
                    .isInstanceOf(EntryProcessorException.class)
                    .hasCauseInstanceOf(ClassCastException.class);
        }
    }

    @Test
    void m12_configurationChangedLater_hasNoEffect() {
        try (Scene scene = new Scene()) {
            MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>();
            Cache<Object, Object> cache = scene.manager.createCache(scene.name, configuration);

            configuration.setStatisticsEnabled(true);

            assertThat(isStatisticsEnabled(cache)).isFalse();
        }
    }

    @SuppressWarnings("unchecked") // The class of a generic type is raw.
    private static boolean isStatisticsEnabled(Cache<Object, Object> cache) {
        return cache.getConfiguration(CompleteConfiguration.class).isStatisticsEnabled();
    }

    @Test
    void m13_closedManager_stillSaysWhatItWas() {
        try (Scene scene = new Scene()) {
            CacheManager manager = scene.manager;
            URI uri = manager.getURI();

            manager.close();

            assertThat(manager.getURI()).isEqualTo(uri);
            assertThat(manager.getProperties()).isEmpty();
            assertThat(manager.getClassLoader()).isNotNull();
            assertThat((Object) manager.unwrap(manager.getClass())).isSameAs(manager);
        }
    }
}
