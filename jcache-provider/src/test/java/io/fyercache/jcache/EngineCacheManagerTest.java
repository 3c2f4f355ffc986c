package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCacheManagerTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private CacheManager manager() {
        return test.manager();
    }

    private static MutableConfiguration<String, Integer> typed() {
        return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    }

    @Test
    void createCache_nameTaken_failsNamingCacheAndTypes() {
        Cache<String, Integer> first = manager().createCache("c", typed());

        assertThatThrownBy(() -> manager().createCache("c", new MutableConfiguration<>()))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "java.lang.String", "java.lang.Integer", "destroyCache");
        assertThat(first.isClosed()).isFalse();
        assertThat(manager().getCache("c", String.class, Integer.class)).isSameAs(first);
    }

    @Test
    void createCache_configurationChangedLater_cacheKeepsWhatItWas() {
        MutableConfiguration<String, Integer> configuration = typed();
        Cache<String, Integer> cache = manager().createCache("c", configuration);
        configuration.setStoreByValue(false).setStatisticsEnabled(true);

        @SuppressWarnings("unchecked") // the class literal has no type arguments
        CompleteConfiguration<String, Integer> current = cache.getConfiguration(CompleteConfiguration.class);
        assertThat(current.isStoreByValue()).isTrue();
        assertThat(current.isStatisticsEnabled()).isFalse();
    }

    @Test
    void createCache_plainConfigurationInterface_getsJsr107Defaults() {
        Cache<Object, Object> cache = manager().createCache("c", new Configuration<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Class<Object> getKeyType() {
                return Object.class;
            }

            @Override
            public Class<Object> getValueType() {
                return Object.class;
            }

            @Override
            public boolean isStoreByValue() {
                return false;
            }
        });

        FyerConfiguration<?, ?> current = TestProvider.configurationOf(cache);
        assertThat(current.isStoreByValue()).isFalse();
        assertThat(current.isReadThrough()).isFalse();
        assertThat(current.getCacheLoaderFactory()).isNull();
    }

    @Test
    void createCache_settingsAtOdds_illegalArgument_nameStaysFree() {
        assertThatThrownBy(() -> manager().createCache("c", typed().setReadThrough(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("readThrough");
        assertThat(manager().createCache("c", typed()).isClosed()).isFalse();
    }

    @Test
    void getCache_typesDiffer_classCastNamingBoth() {
        manager().createCache("c", typed());

        assertThatThrownBy(() -> manager().getCache("c", String.class, Long.class))
                .isInstanceOf(ClassCastException.class)
                .hasMessageContainingAll("'c'", "java.lang.Long", "java.lang.Integer");
        assertThatThrownBy(() -> manager().getCache("c", Object.class, Object.class))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void getCache_untyped_returnsTypedCacheToo() {
        Cache<String, Integer> cache = manager().createCache("c", typed());

        assertThat(manager().<String, Integer>getCache("c")).isSameAs(cache);
        assertThat(manager().<String, Integer>getCache("unknown")).isNull();
        assertThat(manager().getCache("unknown", String.class, Integer.class)).isNull();
    }

    @Test
    void getCacheNames_isASnapshot_thatCannotBeChanged() {
        manager().createCache("b", typed());
        manager().createCache("a", typed());
        Iterable<String> names = manager().getCacheNames();
        manager().destroyCache("a");

        assertThat(names).containsExactly("a", "b");
        Iterator<String> iterator = names.iterator();
        iterator.next();
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThat(manager().getCacheNames()).containsExactly("b");
    }

    @Test
    void destroyCache_closesIt_andFreesTheName() {
        Cache<String, Integer> cache = manager().createCache("c", typed());
        cache.put("k", 1);

        manager().destroyCache("c");
        manager().destroyCache("c");

        assertThat(cache.isClosed()).isTrue();
        assertThat(manager().createCache("c", typed()).containsKey("k")).isFalse();
    }

    @Test
    void closedCache_frees_itsName() {
        Cache<String, Integer> cache = manager().createCache("c", typed());
        cache.close();
        cache.close();

        assertThat(manager().<String, Integer>getCache("c")).isNull();
        assertThat(manager().createCache("c", typed())).isNotSameAs(cache);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "orders$items", "f(java.lang.String)", "a:b=c,d*e?f\"g", " ", "ütf-✓"})
    void createCache_anyName_isTakenAsItIs(String name) {
        Cache<String, Integer> cache = manager().createCache(name, typed().setStatisticsEnabled(true));

        assertThat(cache.getName()).isEqualTo(name);
        assertThat(manager().getCacheNames()).containsExactly(name);
        cache.close();
    }

    @Test
    void enableStatistics_cacheNotOpen_namesThoseThatAre() {
        manager().createCache("open", typed());

        assertThatThrownBy(() -> manager().enableStatistics("gone", true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("'gone'", "open");
        assertThatThrownBy(() -> manager().enableManagement("gone", true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unwrap_ownTypes_orIllegalArgument() {
        assertThat(manager().unwrap(EngineCacheManager.class)).isSameAs(manager());
        assertThat(manager().unwrap(CacheManager.class)).isSameAs(manager());
        assertThatThrownBy(() -> manager().unwrap(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void close_closesCaches_andEverythingElseFails() {
        CacheManager manager = manager();
        Cache<String, Integer> cache = manager.createCache("c", typed());

        manager.close();
        manager.close();

        assertThat(manager.isClosed()).isTrue();
        assertThat(cache.isClosed()).isTrue();
        assertThat(manager.getURI()).isEqualTo(test.provider().getDefaultURI());
        assertThat(manager.getClassLoader()).isNotNull();
        assertThat(manager.getProperties()).isEmpty();
    }

    static List<java.util.function.Consumer<CacheManager>> operations() {
        return List.of(
                manager -> manager.createCache(null, null),
                manager -> manager.getCache(null),
                manager -> manager.getCache(null, null, null),
                manager -> manager.getCacheNames(),
                manager -> manager.destroyCache(null),
                manager -> manager.enableManagement(null, true),
                manager -> manager.enableStatistics(null, true));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void closedManager_everyOperation_illegalState_beforeAnyOtherCheck(
            java.util.function.Consumer<CacheManager> operation) {
        CacheManager manager = manager();
        manager.close();

        assertThatThrownBy(() -> operation.accept(manager))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(manager.getURI().toString());
    }

    @Test
    void fileDeclaresCaches_theyExistFromTheStart_andTemplatesMakeMore(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("caches.yaml");
        Files.writeString(file, """
                caches:
                  orders: { maximumEntries: 10, statistics: true }
                  "session-*": { storeByValue: false, maximumEntries: 20 }
                """);
        try (CacheManager manager = test.provider().getCacheManager(file.toUri(), null)) {
            assertThat(manager.getCacheNames()).containsExactly("orders");
            assertThat(configuration(manager, "orders").maximumEntries()).hasValue(10);

            assertThat(manager.<Object, Object>getCache("session-1"))
                    .isSameAs(manager.<Object, Object>getCache("session-1"));
            assertThat(configuration(manager, "session-1").isStoreByValue()).isFalse();
            assertThat(manager.<Object, Object>getCache("unknown")).isNull();

            manager.createCache("session-2", typed());
            assertThat(configuration(manager, "session-2").isStoreByValue()).isTrue();
            assertThat(configuration(manager, "session-2").maximumEntries()).hasValue(20);
        }
    }

    private static FyerConfiguration<?, ?> configuration(CacheManager manager, String name) {
        Cache<Object, Object> cache = manager.getCache(name);
        return TestProvider.configurationOf(cache);
    }
}
