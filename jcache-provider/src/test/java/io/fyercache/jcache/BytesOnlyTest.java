package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.engine.CacheEngine;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches of an engine that keeps nothing but bytes, as a cluster does. */
class BytesOnlyTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private final URLClassLoader loader =
            TestEngineProvider.loaderThatFindsIt(getClass().getClassLoader());

    private CacheManager manager;

    @BeforeEach
    void open() {
        manager = test.provider().getCacheManager(TestEngineProvider.BYTES_ONLY, loader);
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    private Cache<Object, Object> cache() {
        return manager.createCache("c", FyerConfiguration.builder().build());
    }

    @Test
    void everyValue_isKeptAsBytes_andComesBackAsItWas() {
        Cache<Object, Object> cache = cache();
        for (Object value : List.of("text", 1L, List.of(1, 2), new Note("n"))) {
            cache.put("k", value);

            assertThat(cache.unwrap(CacheEngine.class).get("k")).isInstanceOf(byte[].class);
            assertThat(cache.get("k")).isEqualTo(value);
            assertThat(cache.getAll(Set.of("k"))).isEqualTo(Map.of("k", value));
            assertThat(cache.iterator().next().getValue()).isEqualTo(value);
            assertThat(cache.replace("k", value, "next")).isTrue();
            assertThat(cache.remove("k", value)).isFalse();
            assertThat(cache.getAndRemove("k")).isEqualTo("next");
        }
    }

    @Test
    void invoke_seesAndSetsTheUsersValues() {
        Cache<Object, Object> cache = cache();
        cache.put("k", new Note("a"));

        Object result = cache.invoke("k", (entry, arguments) -> {
            Object before = entry.getValue();
            entry.setValue(new Note("b"));
            return before;
        });

        assertThat(result).isEqualTo(new Note("a"));
        assertThat(cache.get("k")).isEqualTo(new Note("b"));
    }

    @Test
    void readThrough_bringsTheUsersValues() {
        Cache<Object, Object> cache = manager.createCache(
                "c",
                FyerConfiguration.builder()
                        .readThrough(true)
                        .loader(() -> new CacheLoader<Object, Object>() {
                            @Override
                            public Object load(Object key) {
                                return new Note("of " + key);
                            }

                            @Override
                            public Map<Object, Object> loadAll(Iterable<?> keys) {
                                throw new UnsupportedOperationException();
                            }
                        })
                        .build());

        assertThat(cache.get("k")).isEqualTo(new Note("of k"));
    }

    @Test
    void valueThatCannotBeEncoded_isRefused() {
        Cache<Object, Object> cache = cache();

        assertThatThrownBy(() -> cache.put("k", new Object()))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "value");
    }

    @Test
    void storeByReference_isRefused() {
        MutableConfiguration<Object, Object> byReference = new MutableConfiguration<>().setStoreByValue(false);

        assertThatThrownBy(() -> manager.createCache("c", byReference))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("cache 'c': storeByValue: false (expected: true, as the entries are kept in other JVMs);"
                        + " set it to true, or use a local cache manager");
        assertThat(manager.getCacheNames()).isEmpty();
    }
}
