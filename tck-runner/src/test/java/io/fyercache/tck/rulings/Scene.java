package io.fyercache.tck.rulings;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A cache in a manager of its own, whose user code writes down that it was called. */
final class Scene implements AutoCloseable {
    /** Long enough for a loaded machine; a test that waits this long has failed. */
    private static final long PATIENCE_SECONDS = 20;

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** What user code was called with, such as {@code load(1)} or {@code CREATED(1=a)}, in order. */
    final List<String> log = Collections.synchronizedList(new ArrayList<>());

    final CacheManager manager = Caching.getCachingProvider()
            .getCacheManager(null, new URLClassLoader(new URL[0], Scene.class.getClassLoader()));
    final String name = "scene-" + NAMES.incrementAndGet();

    private final MutableConfiguration<Object, Object> configuration =
            new MutableConfiguration<>().setStatisticsEnabled(true);
    private final ExecutorService others = Executors.newCachedThreadPool();

    Scene with(Consumer<MutableConfiguration<Object, Object>> settings) {
        settings.accept(configuration);
        return this;
    }

    Scene loading(Function<Object, Object> loader) {
        return loading(loader, keys -> {
            Map<Object, Object> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, loader.apply(key)));
            return loaded;
        });
    }

    Scene loading(Function<Object, Object> loader, Function<Iterable<?>, Map<Object, Object>> bulkLoader) {
        configuration.setReadThrough(true).setCacheLoaderFactory(() -> new CacheLoader<>() {
            @Override
            public Object load(Object key) {
                log.add("load(" + key + ")");
                return loader.apply(key);
            }

            @Override
            public Map<Object, Object> loadAll(Iterable<?> keys) {
                log.add("loadAll" + keys);
                return bulkLoader.apply(keys);
            }
        });
        return this;
    }

    Scene writing() {
        return writing(key -> {});
    }

    /** Writes through; {@code writer} is given the key, or the collection of a bulk call. */
    Scene writing(Consumer<Object> writer) {
        configuration.setWriteThrough(true).setCacheWriterFactory(() -> new CacheWriter<>() {
            @Override
            public void write(Cache.Entry<?, ?> entry) {
                log.add("write(" + entry.getKey() + ")");
                writer.accept(entry.getKey());
            }

            @Override
            public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
                log.add("writeAll(" + entries.size() + ")");
                writer.accept(entries);
                entries.clear();
            }

            @Override
            public void delete(Object key) {
                log.add("delete(" + key + ")");
                writer.accept(key);
            }

            @Override
            public void deleteAll(Collection<?> keys) {
                log.add("deleteAll" + keys.stream().sorted().toList());
                writer.accept(keys);
                keys.clear();
            }
        });
        return this;
    }

    /** Asks {@code policy} for durations by the words {@code creation}, {@code access} and {@code update}. */
    Scene expiring(Function<String, Duration> policy) {
        configuration.setExpiryPolicyFactory(() -> new ExpiryPolicy() {
            @Override
            public Duration getExpiryForCreation() {
                return asked("creation");
            }

            @Override
            public Duration getExpiryForAccess() {
                return asked("access");
            }

            @Override
            public Duration getExpiryForUpdate() {
                return asked("update");
            }

            private Duration asked(String what) {
                log.add(what);
                return policy.apply(what);
            }
        });
        return this;
    }

    Scene listening() {
        return with(settings -> settings.addCacheEntryListenerConfiguration(listener(true, event -> {})));
    }

    Scene listening(Consumer<CacheEntryEvent<?, ?>> reaction) {
        return with(settings -> settings.addCacheEntryListenerConfiguration(listener(true, reaction)));
    }

    CacheEntryListenerConfiguration<Object, Object> listener(
            boolean oldValueRequired, Consumer<CacheEntryEvent<?, ?>> reaction) {
        return new MutableCacheEntryListenerConfiguration<>(
                () -> new Listener(log, reaction), null, oldValueRequired, true);
    }

    Cache<Object, Object> cache() {
        return manager.createCache(name, configuration);
    }

    /** The counters, as {@code H1 M0 P2 R0}. */
    String statistics() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = server.queryNames(
                        new ObjectName("javax.cache:type=CacheStatistics,Cache=" + name + ",*"), null)
                .iterator()
                .next();
        return "H" + server.getAttribute(bean, "CacheHits") + " M" + server.getAttribute(bean, "CacheMisses") + " P"
                + server.getAttribute(bean, "CachePuts") + " R" + server.getAttribute(bean, "CacheRemovals");
    }

    <T> Future<T> elsewhere(Callable<T> call) {
        return others.submit(call);
    }

    /** Waits for what happens in another thread. */
    static <T> T await(Future<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, SECONDS);
    }

    static <T> Object invoke(Cache<Object, Object> cache, Object key, EntryProcessor<Object, Object, T> processor) {
        return cache.invoke(key, processor);
    }

    static Function<String, Duration> zeroOn(String what) {
        return asked -> asked.equals(what) ? Duration.ZERO : asked.equals("creation") ? Duration.ETERNAL : null;
    }

    @Override
    public void close() {
        others.shutdownNow();
        manager.close();
    }

    /** Writes every event down. */
    private record Listener(List<String> log, Consumer<CacheEntryEvent<?, ?>> reaction)
            implements CacheEntryCreatedListener<Object, Object>,
                    CacheEntryUpdatedListener<Object, Object>,
                    CacheEntryRemovedListener<Object, Object>,
                    CacheEntryExpiredListener<Object, Object>,
                    AutoCloseable {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(this::on);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(this::on);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(this::on);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(this::on);
        }

        private void on(CacheEntryEvent<?, ?> event) {
            log.add(event.getEventType() + "(" + event.getKey() + "=" + event.getValue() + ")");
            reaction.accept(event);
        }

        @Override
        public void close() {
            log.add("listener closed");
        }
    }
}
