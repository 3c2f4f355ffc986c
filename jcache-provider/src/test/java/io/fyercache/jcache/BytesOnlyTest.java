package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.engine.CacheEngine;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches of an engine that keeps nothing but bytes, and knows of a cache what travels, as a cluster does. */
public class BytesOnlyTest {
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

    /** Counts its instances of this JVM, and those that were closed. */
    public static final class Notes implements CacheLoader<Object, Object>, Closeable {
        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger CLOSED = new AtomicInteger();

        public Notes() {
            MADE.incrementAndGet();
        }

        @Override
        public Object load(Object key) {
            return new Note("of " + key);
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    private Cache<Object, Object> readingThrough(Factory<? extends CacheLoader<Object, Object>> loaders) {
        return manager.createCache(
                "c",
                FyerConfiguration.builder().readThrough(true).loader(loaders).build());
    }

    @Test
    void readThrough_bringsTheUsersValues_fromALoaderThatWasMadeWhereItIsUsed() {
        Notes.MADE.set(0);
        Notes.CLOSED.set(0);

        Cache<Object, Object> cache = readingThrough(FactoryBuilder.factoryOf(Notes.class));
        assertThat(Notes.MADE).as("nobody has used it").hasValue(0);

        assertThat(cache.get("k")).isEqualTo(new Note("of k"));
        assertThat(cache.get("l")).isEqualTo(new Note("of l"));
        assertThat(Notes.MADE).hasValue(1);
        cache.close();
        assertThat(Notes.CLOSED).as("others use it").hasValue(0);
        manager.close();
        assertThat(Notes.CLOSED).hasValue(1);
    }

    /** Fails at first. */
    public static final class Unlucky implements Factory<CacheLoader<Object, Object>> {
        private static final long serialVersionUID = 1L;
        static volatile boolean fails;

        @Override
        public CacheLoader<Object, Object> create() {
            if (fails) {
                throw new IllegalStateException("no database");
            }
            return new Notes();
        }
    }

    @Test
    void loaderThatCannotBeMade_failsWhatNeedsIt_andIsTriedAgain() {
        Unlucky.fails = true;
        Cache<Object, Object> cache = readingThrough(new Unlucky());
        cache.put("k", "v");

        assertThat(cache.get("k")).isEqualTo("v");
        assertThatThrownBy(() -> cache.get("l"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContainingAll("'c'", "loader", "no database");
        Unlucky.fails = false;
        assertThat(cache.get("l")).isEqualTo(new Note("of l"));
    }

    @Test
    void factoryThatCannotTravel_isRefused_andTheNameIsFree() {
        assertThatThrownBy(() -> readingThrough(Notes::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'c'", "loader", "a lambda");
        assertThat(manager.getCacheNames()).isEmpty();
        assertThat(cache()).isNotNull();
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
