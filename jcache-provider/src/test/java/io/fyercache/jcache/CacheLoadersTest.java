package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheLoadersTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private record Loader(Function<Object, Object> load, Function<Iterable<?>, Map<Object, Object>> loadAll)
            implements CacheLoader<Object, Object> {
        @Override
        public Object load(Object key) {
            return load.apply(key);
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            return loadAll.apply(keys);
        }
    }

    private FyerCache<Object, Object> reading(
            Function<Object, Object> load, Function<Iterable<?>, Map<Object, Object>> loadAll) {
        return test.cacheWith(builder -> builder.readThrough(true).loader(() -> new Loader(load, loadAll)));
    }

    private FyerCache<Object, Object> failing(RuntimeException failure) {
        return reading(
                key -> {
                    throw failure;
                },
                keys -> {
                    throw failure;
                });
    }

    @Test
    void loaderThrows_wrappedWithCauseCacheAndLoader() {
        IllegalStateException failure = new IllegalStateException("no database");
        FyerCache<Object, Object> cache = failing(failure);

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasCause(failure)
                .hasMessageContainingAll(cache.getName(), Loader.class.getName(), "no database");
        assertThatThrownBy(() -> cache.getAll(Set.of("k")))
                .isInstanceOf(CacheLoaderException.class)
                .hasCause(failure);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void loaderThrowsCacheLoaderException_passesAsItIs() {
        CacheLoaderException failure = new CacheLoaderException("mine");

        assertThatThrownBy(() -> failing(failure).get("k")).isSameAs(failure);
        assertThatThrownBy(() -> failing(failure).getAll(Set.of("k"))).isSameAs(failure);
    }

    @Test
    void loaderReturnsAnotherType_loaderException_nothingKept() {
        FyerCache<String, Integer> cache =
                test.cache(io.fyercache.configuration.FyerConfiguration.builder(String.class, Integer.class)
                        .readThrough(true)
                        .loader(() -> mistyped())
                        .build());

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContainingAll("java.lang.String", "java.lang.Integer");
        assertThat(cache.containsKey("k")).isFalse();
    }

    @SuppressWarnings("unchecked") // on purpose: the compiler's check is what is circumvented
    private static CacheLoader<String, Integer> mistyped() {
        return (CacheLoader<String, Integer>) (CacheLoader<?, ?>) new Loader(key -> "text", keys -> Map.of());
    }

    @Test
    void loadAll_nullMapOrNullValues() {
        Map<Object, Object> withNull = new HashMap<>();
        withNull.put("a", null);
        withNull.put("b", 2);

        assertThat(reading(key -> null, keys -> withNull).getAll(Set.of("a", "b")))
                .isEqualTo(Map.of("b", 2));
        assertThatThrownBy(() -> reading(key -> null, keys -> null).getAll(Set.of("a")))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("loadAll returned null");
    }

    @Test
    void loadAll_complete_listenerHears_withoutReadThroughToo() throws Exception {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.loader(() -> new Loader(key -> key, keys -> Map.of("a", 1, "b", 2))));
        CompletionListenerFuture done = new CompletionListenerFuture();
        Set<Object> keys = new HashSet<>(Set.of("a", "b"));
        cache.loadAll(keys, false, done);
        keys.clear();
        done.get(10, TimeUnit.SECONDS);

        assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void loadAll_fails_listenerHearsWhy() {
        IllegalStateException failure = new IllegalStateException("no database");
        CompletionListenerFuture done = new CompletionListenerFuture();
        failing(failure).loadAll(Set.of("k"), true, done);

        assertThatThrownBy(() -> done.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CacheLoaderException.class)
                .hasCause(failure);
    }

    @Test
    void loadAll_loaderThrowsError_listenerHearsAllTheSame() {
        CompletionListenerFuture done = new CompletionListenerFuture();
        FyerCache<Object, Object> cache = reading(key -> null, keys -> {
            throw new AssertionError("boom");
        });
        cache.loadAll(Set.of("k"), true, done);

        assertThatThrownBy(() -> done.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("boom");
    }

    @Test
    void loadAll_withoutLoader_completesAtOnce() {
        AtomicReference<Thread> told = new AtomicReference<>();
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.loadAll(Set.of("k"), true, new CompletionListener() {
            @Override
            public void onCompletion() {
                told.set(Thread.currentThread());
            }

            @Override
            public void onException(Exception e) {
                throw new AssertionError(e);
            }
        });
        cache.loadAll(Set.of("k"), true, null);

        assertThat(told).hasValue(Thread.currentThread());
    }

    @Test
    void loadAll_withoutListener_failureIsSwallowed_listenerThatThrowsToo() {
        CountDownLatch called = new CountDownLatch(2);
        FyerCache<Object, Object> cache = reading(key -> null, keys -> {
            called.countDown();
            throw new IllegalStateException("no database");
        });
        cache.loadAll(Set.of("k"), true, null);
        cache.loadAll(Set.of("l"), true, new CompletionListener() {
            @Override
            public void onCompletion() {}

            @Override
            public void onException(Exception e) {
                throw new IllegalStateException("boom", e);
            }
        });

        TestProvider.eventually().until(() -> called.getCount() == 0);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void loaderThatUsesTheSameKey_isToldSo_insteadOfHanging() {
        FyerCache<?, ?>[] itself = new FyerCache<?, ?>[1];
        FyerCache<Object, Object> cache = reading(
                key -> {
                    @SuppressWarnings("unchecked")
                    FyerCache<Object, Object> same = (FyerCache<Object, Object>) itself[0];
                    same.put(key, "nested");
                    return "loaded";
                },
                keys -> Map.of());
        itself[0] = cache;

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("must not change it again");
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void close_waitsForLoadsUnderWay_thenClosesTheLoader() {
        CountDownLatch loading = new CountDownLatch(1);
        List<String> order = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        class ClosingLoader implements CacheLoader<Object, Object>, AutoCloseable {
            @Override
            public Object load(Object key) {
                return null;
            }

            @Override
            public Map<Object, Object> loadAll(Iterable<?> keys) {
                loading.countDown();
                TestProvider.eventually().until(() -> !order.isEmpty());
                order.add("loaded");
                return Map.of("k", 1);
            }

            @Override
            public void close() {
                order.add("closed");
            }
        }
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.loader(ClosingLoader::new));
        cache.loadAll(Set.of("k"), true, null);
        TestProvider.eventually().until(() -> loading.getCount() == 0);
        order.add("closing");
        cache.close();

        assertThat(order).containsExactly("closing", "loaded", "closed");
    }
}
