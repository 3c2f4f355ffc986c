package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left when something is closed: nothing. */
class LifecycleTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private static Map<String, Consumer<FyerCache<Object, Object>>> operations() {
        Map<String, Consumer<FyerCache<Object, Object>>> operations = new LinkedHashMap<>();
        // With nulls, because closed is what is checked first.
        operations.put("get", cache -> cache.get(null));
        operations.put("getAll", cache -> cache.getAll(null));
        operations.put("containsKey", cache -> cache.containsKey(null));
        operations.put("loadAll", cache -> cache.loadAll(null, true, null));
        operations.put("put", cache -> cache.put(null, null));
        operations.put("put for a time", cache -> cache.put(null, null, null));
        operations.put("getAndPut", cache -> cache.getAndPut(null, null));
        operations.put("putAll", cache -> cache.putAll(null));
        operations.put("putIfAbsent", cache -> cache.putIfAbsent(null, null));
        operations.put("remove", cache -> cache.remove(null));
        operations.put("remove value", cache -> cache.remove(null, null));
        operations.put("getAndRemove", cache -> cache.getAndRemove(null));
        operations.put("replace", cache -> cache.replace(null, null));
        operations.put("replace value", cache -> cache.replace(null, null, null));
        operations.put("getAndReplace", cache -> cache.getAndReplace(null, null));
        operations.put("removeAll keys", cache -> cache.removeAll(null));
        operations.put("removeAll", Cache::removeAll);
        operations.put("clear", Cache::clear);
        operations.put("invoke", cache -> cache.invoke(null, null));
        operations.put("invokeAll", cache -> cache.invokeAll(null, null));
        operations.put("iterator", cache -> assertThat(cache.iterator()).isExhausted());
        operations.put("invalidate", cache -> cache.invalidate(null));
        operations.put("size", FyerCache::size);
        operations.put("weight", FyerCache::weight);
        operations.put("register", cache -> cache.registerCacheEntryListener(null));
        operations.put("deregister", cache -> cache.deregisterCacheEntryListener(null));
        return operations;
    }

    @TestFactory
    Stream<DynamicTest> closedCache_everyOperation_illegalState_beforeAnyOtherCheck() {
        try (TestProvider own = new TestProvider()) {
            FyerCache<Object, Object> cache = own.cacheWith(builder -> {});
            cache.close();
            return operations().entrySet().stream()
                    .map(operation -> dynamicTest(
                            operation.getKey(),
                            () -> assertThat(catchThrowable(
                                            () -> operation.getValue().accept(cache)))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContainingAll("'" + cache.getName() + "'", "is closed")));
        }
    }

    @Test
    void closedCache_stillSaysWhatItWas() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.storeByValue(false));
        CacheManager manager = test.manager();
        cache.close();

        assertThat(cache.isClosed()).isTrue();
        assertThat(cache.getName()).isEqualTo("cache1");
        assertThat(cache.getCacheManager()).isSameAs(manager);
        assertThat(TestProvider.configurationOf(cache).isStoreByValue()).isFalse();
        assertThat((Object) cache.unwrap(FyerCache.class)).isSameAs(cache);
    }

    @Test
    void iteratorOfAClosedCache_illegalState() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("k", 1);
        Iterator<Cache.Entry<Object, Object>> entries = cache.iterator();
        cache.close();

        assertThat(catchThrowable(entries::hasNext)).isInstanceOf(IllegalStateException.class);
        assertThat(catchThrowable(entries::next)).isInstanceOf(IllegalStateException.class);
        assertThat(catchThrowable(entries::remove)).isInstanceOf(IllegalStateException.class);
    }

    /** Everything that a cache can be given, in one object that notes when it is closed. */
    private static class Everything
            implements CacheLoader<Object, Object>,
                    CacheWriter<Object, Object>,
                    ExpiryPolicy,
                    CacheEntryCreatedListener<Object, Object>,
                    CacheEntryEventFilter<Object, Object>,
                    AutoCloseable {
        private final String role;
        private final List<String> closed;

        Everything(String role, List<String> closed) {
            this.role = role;
            this.closed = closed;
        }

        @Override
        public Object load(Object key) {
            return null;
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            return Map.of();
        }

        @Override
        public void write(Cache.Entry<?, ?> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {}

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}

        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            return javax.cache.expiry.Duration.ONE_DAY;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            return null;
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {}

        @Override
        public boolean evaluate(CacheEntryEvent<?, ?> event) {
            return true;
        }

        @Override
        public void close() {
            closed.add(role);
            throw new IllegalStateException("closing fails, and the others are closed all the same");
        }
    }

    @Test
    void close_closesWhatTheFactoriesMade_eachOnce_thoughClosingFails() {
        List<String> closed = new ArrayList<>();
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.loader(() -> new Everything("loader", closed))
                        .writeThrough(true)
                        .writer(() -> new Everything("writer", closed))
                        .expiry(() -> new Everything("policy", closed))
                        .listener(new MutableCacheEntryListenerConfiguration<>(
                                () -> new Everything("listener", closed),
                                () -> new Everything("filter", closed),
                                false,
                                true)));
        cache.put("k", 1);
        cache.close();
        cache.close();

        assertThat(closed).containsExactlyInAnyOrder("loader", "writer", "policy", "listener", "filter");
    }

    @Test
    void manager_startsNoThread_untilACacheNeedsOne() {
        test.manager();

        assertThat(TestProvider.threads()).isEmpty();
    }

    @Test
    void close_whileAnOperationRuns_operationEndsAsItMay() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        Throwable[] failure = new Throwable[1];
        Thread runner = new Thread(() -> failure[0] = catchThrowable(() -> cache.invoke("k", (entry, arguments) -> {
            inside.countDown();
            TestProvider.eventually().until(() -> closed.getCount() == 0);
            entry.setValue(1);
            return null;
        })));
        runner.start();
        inside.await();
        cache.close();
        closed.countDown();
        runner.join(Duration.ofSeconds(20).toMillis());

        assertThat(runner.isAlive()).isFalse();
        assertThat(failure[0]).isNull();
    }

    /** Returns weak references to what is closed here, so that no frame of the test keeps it. */
    private static List<WeakReference<Object>> openAndClose() throws Exception {
        List<WeakReference<Object>> references = new ArrayList<>();
        FyerCachingProvider provider = new FyerCachingProvider();
        URLClassLoader loader = new URLClassLoader(new URL[0], LifecycleTest.class.getClassLoader());
        CacheManager manager = provider.getCacheManager(null, loader);
        Cache<Object, Object> cache = manager.createCache(
                "c",
                new MutableConfiguration<>()
                        .setStatisticsEnabled(true)
                        .setManagementEnabled(true)
                        .addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                                () -> (CacheEntryCreatedListener<Object, Object>) events -> {}, null, false, false)));
        Note value = new Note("v");
        cache.put(new Note("k"), value);
        cache.get(new Note("k"));
        for (Object each : new Object[] {cache, manager, loader, provider, value}) {
            references.add(new WeakReference<>(each));
        }
        provider.close();
        loader.close();
        return references;
    }

    @Test
    void closedCacheManagerProviderAndLoader_canBeCollected() throws Exception {
        List<WeakReference<Object>> references = openAndClose();

        TestProvider.eventually().until(() -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }

    private WeakReference<ClassLoader> managerOfALoaderThatIsForgotten() {
        ClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
        test.provider().getCacheManager(null, loader);
        return new WeakReference<>(loader);
    }

    @Test
    void openManagerWithoutCaches_doesNotKeepItsClassLoader() {
        WeakReference<ClassLoader> loader = managerOfALoaderThatIsForgotten();

        TestProvider.eventually().until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    /** The loader is created here, so that no frame of the test keeps it. */
    private CacheManager managerOfALoaderOfItsOwn() {
        return test.provider()
                .getCacheManager(null, new URLClassLoader(new URL[0], getClass().getClassLoader()));
    }

    @Test
    void managerInUse_keepsItsClassLoader() {
        CacheManager manager = managerOfALoaderOfItsOwn();
        WeakReference<Object> canary = new WeakReference<>(new Object());
        TestProvider.eventually().until(() -> {
            System.gc();
            return canary.get() == null;
        });

        Cache<Integer, Note> cache = manager.createCache("c", new MutableConfiguration<>());
        cache.put(1, new Note("v"));

        assertThat(manager.getClassLoader()).isNotNull();
        assertThat(cache.get(1)).isEqualTo(new Note("v"));
        assertThat(test.provider().getCacheManager(null, manager.getClassLoader()))
                .isSameAs(manager);
    }

    private WeakReference<Object> closedManagerOfAnOpenProvider() {
        CacheManager manager = test.manager();
        manager.close();
        return new WeakReference<>(manager);
    }

    @Test
    void closedManager_ofAnOpenProvider_canBeCollected() {
        WeakReference<Object> manager = closedManagerOfAnOpenProvider();

        TestProvider.eventually().until(() -> {
            System.gc();
            return manager.get() == null;
        });
    }

    private WeakReference<Object> closedCacheOfAnOpenManager() {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.statisticsEnabled(true).managementEnabled(true));
        cache.put("k", 1);
        cache.close();
        return new WeakReference<>(cache);
    }

    @Test
    void closedCache_ofAnOpenManager_canBeCollected() {
        WeakReference<Object> cache = closedCacheOfAnOpenManager();

        TestProvider.eventually().until(() -> {
            System.gc();
            return cache.get() == null;
        });
        assertThat(test.manager().getCacheNames()).isEmpty();
    }

    @Test
    void managerCloses_whileItsCachesAreUsed_usersGetIllegalStateOrAnAnswer() throws Exception {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        CountDownLatch started = new CountDownLatch(1);
        List<Throwable> unexpected = new ArrayList<>();
        Thread user = new Thread(() -> {
            while (true) {
                try {
                    cache.put("k", 1);
                    cache.getAll(Set.of("k"));
                    started.countDown();
                } catch (IllegalStateException e) {
                    return;
                } catch (RuntimeException e) {
                    unexpected.add(e);
                    return;
                }
            }
        });
        user.start();
        started.await();
        test.manager().close();
        user.join(Duration.ofSeconds(20).toMillis());

        assertThat(user.isAlive()).isFalse();
        assertThat(unexpected).isEmpty();
    }
}
