package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @RegisterExtension
    final TestProvider test = new TestProvider();

    private static MutableConfiguration<Object, Object> shown() {
        return new MutableConfiguration<>().setStatisticsEnabled(true).setManagementEnabled(true);
    }

    private static ObjectName name(String type, String manager, String cache) throws MalformedObjectNameException {
        return new ObjectName("javax.cache:type=" + type + ",CacheManager=" + manager + ",Cache=" + cache);
    }

    private static CacheStatisticsMXBean statistics(String manager, String cache) throws MalformedObjectNameException {
        return JMX.newMXBeanProxy(SERVER, name("CacheStatistics", manager, cache), CacheStatisticsMXBean.class);
    }

    @Test
    void beans_haveTheNamesOfJsr107() throws Exception {
        test.manager().createCache("a:b=c,d\ne", shown());

        assertThat(TestProvider.beans())
                .containsExactlyInAnyOrder(
                        name("CacheStatistics", "fyercache.default", "a.b.c.d.e"),
                        name("CacheConfiguration", "fyercache.default", "a.b.c.d.e"));
    }

    @Test
    void beans_namesThatJmxWouldTakeForPatterns_areUsable() throws Exception {
        test.manager().createCache("orders*?\"x\"", shown());

        assertThat(SERVER.isRegistered(name("CacheStatistics", "fyercache.default", "orders...x.")))
                .isTrue();
    }

    @Test
    void beans_existForEveryFormOfUri(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("my,caches=*.yaml");
        Files.writeString(file, "caches: {}");
        for (URI uri : new URI[] {
            URI.create("fyercache:default"), URI.create("orders"), file.toUri(), URI.create("fyercache:shop-1.x_y")
        }) {
            CacheManager manager = test.provider().getCacheManager(uri, null);
            manager.createCache("c", shown());

            // As Micrometer looks for it: it replaces colons alone.
            String escaped = manager.getURI().toString().replace(':', '.');
            assertThat(TestProvider.beans())
                    .as(uri.toString())
                    .extracting(ObjectName::toString)
                    .contains("javax.cache:type=CacheStatistics,CacheManager=" + escaped + ",Cache=c");
            manager.close();
            assertThat(TestProvider.beans()).isEmpty();
        }
    }

    @Test
    void configurationBean_showsWhatIsConfigured_now() throws Exception {
        Cache<String, Integer> cache = test.manager()
                .createCache(
                        "c",
                        FyerConfiguration.builder(String.class, Integer.class)
                                .managementEnabled(true)
                                .storeByValue(false)
                                .build());
        CacheMXBean bean =
                JMX.newMXBeanProxy(SERVER, name("CacheConfiguration", "fyercache.default", "c"), CacheMXBean.class);

        assertThat(bean.getKeyType()).isEqualTo("java.lang.String");
        assertThat(bean.getValueType()).isEqualTo("java.lang.Integer");
        assertThat(bean.isStoreByValue()).isFalse();
        assertThat(bean.isReadThrough()).isFalse();
        assertThat(bean.isWriteThrough()).isFalse();
        assertThat(bean.isManagementEnabled()).isTrue();
        assertThat(bean.isStatisticsEnabled()).isFalse();
        test.manager().enableStatistics("c", true);
        assertThat(bean.isStatisticsEnabled()).isTrue();
        cache.close();
    }

    @Test
    void statisticsBean_countsExactly_andClears() throws Exception {
        Cache<Object, Object> cache = test.manager().createCache("c", shown());
        CacheStatisticsMXBean bean = statistics("fyercache.default", "c");
        assertThat(bean.getCacheHitPercentage()).isZero();
        assertThat(bean.getCacheMissPercentage()).isZero();
        assertThat(bean.getAverageGetTime()).isZero();

        cache.put("a", 1);
        cache.get("a");
        cache.get("a");
        cache.get("b");
        cache.remove("a");

        assertThat(bean.getCachePuts()).isEqualTo(1);
        assertThat(bean.getCacheGets()).isEqualTo(3);
        assertThat(bean.getCacheHits()).isEqualTo(2);
        assertThat(bean.getCacheMisses()).isEqualTo(1);
        assertThat(bean.getCacheRemovals()).isEqualTo(1);
        assertThat(bean.getCacheEvictions()).isZero();
        assertThat(bean.getCacheHitPercentage()).isEqualTo(2f / 3 * 100);
        assertThat(bean.getCacheMissPercentage()).isEqualTo(1f / 3 * 100);

        bean.clear();
        assertThat(bean.getCacheGets() + bean.getCachePuts() + bean.getCacheRemovals())
                .isZero();
    }

    @Test
    void statisticsBean_showsEvictions() throws Exception {
        FyerCache<Object, Object> cache = (FyerCache<Object, Object>) test.manager()
                .createCache(
                        "c",
                        FyerConfiguration.builder()
                                .maximumEntries(10)
                                .statisticsEnabled(true)
                                .build());
        for (int i = 0; i < 100; i++) {
            cache.put(i, i);
        }
        TestProvider.eventually().until(() -> cache.size() <= 10);

        assertThat(statistics("fyercache.default", "c").getCacheEvictions()).isEqualTo(100 - cache.size());
    }

    @Test
    void averages_areMeasuredOnASample_inMicroseconds() throws Exception {
        // The clock of this provider stands still, so that every measured time is 0; a real one shows real times.
        try (CacheManager manager = new FyerCachingProvider().getCacheManager(URI.create("real-clock"), null)) {
            Cache<Object, Object> cache = manager.createCache("c", shown());
            CacheStatisticsMXBean bean = statistics("real-clock", "c");
            for (int i = 0; i < 100 * OperationTimer.SAMPLING; i++) {
                cache.put(i, i);
                cache.get(i);
                cache.remove(i);
            }
            assertThat(bean.getAverageGetTime()).isPositive().isLessThan(100_000);
            assertThat(bean.getAveragePutTime()).isPositive().isLessThan(100_000);
            assertThat(bean.getAverageRemoveTime()).isPositive().isLessThan(100_000);
        }
    }

    @Test
    void enableStatistics_countsFromThen_twiceIsOnce_offIsGone() throws Exception {
        Cache<Object, Object> cache = test.manager().createCache("c", new MutableConfiguration<>());
        cache.put("k", 1);
        test.manager().enableStatistics("c", true);
        test.manager().enableStatistics("c", true);
        cache.get("k");

        assertThat(statistics("fyercache.default", "c").getCachePuts()).isZero();
        assertThat(statistics("fyercache.default", "c").getCacheHits()).isEqualTo(1);
        assertThat(TestProvider.configurationOf(cache).isStatisticsEnabled()).isTrue();

        test.manager().enableStatistics("c", false);
        assertThatThrownBy(() -> SERVER.getAttribute(name("CacheStatistics", "fyercache.default", "c"), "CacheHits"))
                .isInstanceOf(InstanceNotFoundException.class);
        assertThat(TestProvider.configurationOf(cache).isStatisticsEnabled()).isFalse();
    }

    @Test
    void sameUriAndCacheName_otherClassLoader_firstHasTheBean_andKeepsItWhenTheOtherCloses() throws Exception {
        Cache<Object, Object> first = test.manager().createCache("c", shown());
        try (URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            CacheManager twin = test.provider().getCacheManager(null, loader);
            Cache<Object, Object> second = twin.createCache("c", shown());
            second.put("k", 1);
            assertThat(statistics("fyercache.default", "c").getCachePuts()).isZero();
            twin.close();
        }
        first.put("k", 1);

        assertThat(statistics("fyercache.default", "c").getCachePuts()).isEqualTo(1);
    }

    @Test
    void somebodyElseUnregisteredTheBean_closeGoesOn() throws Exception {
        Cache<Object, Object> cache = test.manager().createCache("c", shown());
        for (ObjectName name : Set.copyOf(TestProvider.beans())) {
            SERVER.unregisterMBean(name);
        }
        cache.close();

        assertThat(cache.isClosed()).isTrue();
    }
}
