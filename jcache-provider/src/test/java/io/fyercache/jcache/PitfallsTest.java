package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.CacheEngine;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has broken JCache providers under real frameworks, one test for each trap. */
class PitfallsTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    @Test
    void optionalFeature_isThere_soThatNoConformanceTestTurnsIntoANoOp() {
        assertThat(OptionalFeature.values()).allMatch(test.provider()::isSupported);
    }

    @Test
    void unwrap_ofManagerCacheAndEntry_toOurOwnClasses() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("k", 1);

        assertThat(test.manager().unwrap(EngineCacheManager.class)).isNotNull();
        assertThat((Object) cache.unwrap(EngineCache.class)).isSameAs(cache);
        Cache.Entry<Object, Object> entry = cache.iterator().next();
        assertThat((Object) entry.unwrap(EngineCacheEntry.class)).isSameAs(entry);
    }

    @Test
    void invoke_thatTouchesNothing_countsAHitOrAMiss_atOnce() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.statisticsEnabled(true));
        cache.put("k", 1);
        cache.invoke("k", (entry, arguments) -> null);
        cache.invoke("x", (entry, arguments) -> null);

        assertThat(cache.unwrap(CacheEngine.class).counters().hits()).isEqualTo(1);
        assertThat(cache.unwrap(CacheEngine.class).counters().misses()).isEqualTo(1);
    }

    @Test
    void defaultUri_hasNothingThatAnMBeanNameCannotHave() {
        assertThat(test.provider().getDefaultURI().toString()).doesNotContain("=", ",", "*", "?", "\"");
    }

    /** What Spring's cache abstraction does for {@code @Cacheable(sync = true)}: it takes the cause from the exception. */
    private static final class ValueLoaderProcessor implements EntryProcessor<Object, Object, Object> {
        @Override
        public Object process(MutableEntry<Object, Object> entry, Object... arguments) {
            try {
                Object value = ((Callable<?>) arguments[0]).call();
                entry.setValue(value);
                return value;
            } catch (Exception e) {
                throw new EntryProcessorException("value loader failed", e);
            }
        }
    }

    @Test
    void entryProcessorException_comesOutUnwrapped_asSpringExpects() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        AtomicInteger calls = new AtomicInteger();
        Exception failure = new Exception("no database");

        assertThatThrownBy(() -> cache.invoke("k", new ValueLoaderProcessor(), (Callable<Object>) () -> {
                    calls.incrementAndGet();
                    throw failure;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasMessage("value loader failed")
                .hasCause(failure);
        assertThat(calls).as("a processor runs once").hasValue(1);
    }

    /** As Spring's {@code NullValue}: one instance, and a stream that says so. */
    private static final class NullValue implements Serializable {
        private static final long serialVersionUID = 1L;
        static final NullValue INSTANCE = new NullValue();

        @Serial
        private Object readResolve() {
            return INSTANCE;
        }
    }

    /** As Hibernate's cache items: private fields, arrays of anything, a version. */
    private static final class CacheItem implements Serializable {
        private static final long serialVersionUID = 1L;
        private final Serializable[] disassembled;
        private final Object version;

        CacheItem(Serializable[] disassembled, Object version) {
            this.disassembled = disassembled;
            this.version = version;
        }
    }

    @Test
    void byValue_classesOfFrameworks_roundTripByDefault() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("null", NullValue.INSTANCE);
        cache.put("item", new CacheItem(new Serializable[] {1L, "name", null, Instant.EPOCH}, 7));

        assertThat(cache.get("null")).isSameAs(NullValue.INSTANCE);
        CacheItem item = (CacheItem) cache.get("item");
        assertThat(item.disassembled).containsExactly(1L, "name", null, Instant.EPOCH);
        assertThat(item.version).isEqualTo(7);
    }

    @Test
    void getCacheManager_asSpringBootCallsIt_nullUriAndEmptyProperties() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();

        CacheManager manager = test.provider().getCacheManager(null, loader, new Properties());
        assertThat(manager.getURI()).isEqualTo(test.provider().getDefaultURI());
    }

    @Test
    void getCacheManager_withTheConfigurationOfAnotherProvider_saysSoClearly() {
        assertThatThrownBy(() -> test.provider().getCacheManager(URI.create("classpath:jcache/ehcache.xml"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("classpath:jcache/ehcache.xml", "another JCache provider");
    }

    @Test
    void closedManager_isReplacedByAFreshOne() {
        CacheManager closed = test.manager();
        closed.createCache("c", new MutableConfiguration<>());
        closed.close();

        assertThat(test.manager()).isNotSameAs(closed);
        assertThat(test.manager().isClosed()).isFalse();
        assertThat(test.manager().getCacheNames()).isEmpty();
    }

    @Test
    void cacheNames_areNeitherReservedNorParsed() {
        for (String name : new String[] {
            "default", "a.b.C$D.method(java.lang.String)", "orders*", "org.hibernate.cache.spi.QueryResultsRegion"
        }) {
            assertThat(test.manager()
                            .createCache(name, new MutableConfiguration<>())
                            .getName())
                    .isEqualTo(name);
        }
    }

    @Test
    void start_needsNoNetwork_andNoFlagOfTheJvm() {
        // Not even a thread, until there is a cache.
        test.manager();

        assertThat(TestProvider.threads()).isEmpty();
        assertThat(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments())
                .noneMatch(argument -> argument.startsWith("--add-opens"));
    }

    @Test
    void byReference_sameObjectComesBack_asHibernatesNativeQueriesNeed() {
        Cache<Object, Object> cache =
                test.manager().createCache("c", new MutableConfiguration<>().setStoreByValue(false));
        Object result = new Object();
        cache.put("query", result);

        assertThat(cache.get("query")).isSameAs(result);
    }

    @Test
    void exactlyOneProvider_isRegistered() throws Exception {
        Enumeration<URL> registrations =
                getClass().getClassLoader().getResources("META-INF/services/javax.cache.spi.CachingProvider");
        int count = 0;
        for (; registrations.hasMoreElements(); registrations.nextElement()) {
            count++;
        }

        assertThat(count).isEqualTo(1);
        assertThat(Caching.getCachingProviders()).hasSize(1);
    }
}
