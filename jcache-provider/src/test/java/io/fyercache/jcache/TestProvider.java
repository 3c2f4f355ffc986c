package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.time.ManualClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A provider for one test, whose clock is turned by hand. It is closed after the test, and then nothing of it may be left: no thread and
 * no bean.
 */
final class TestProvider implements AfterEachCallback, AutoCloseable {
    private static final long START_MILLIS = 1_000_000_000_000L;

    private final ManualClock clock = new ManualClock(START_MILLIS);
    private final FyerCachingProvider provider = new FyerCachingProvider(clock);
    private final AtomicInteger caches = new AtomicInteger();

    FyerCachingProvider provider() {
        return provider;
    }

    ManualClock clock() {
        return clock;
    }

    CacheManager manager() {
        return provider.getCacheManager();
    }

    /** Returns a cache that nobody else uses. */
    <K, V> FyerCache<K, V> cache(Configuration<K, V> configuration) {
        String name = "cache" + caches.incrementAndGet();
        return (FyerCache<K, V>) manager().createCache(name, configuration);
    }

    /** Returns an untyped cache that nobody else uses, with the settings that {@code settings} makes. */
    FyerCache<Object, Object> cacheWith(Consumer<ConfigurationBuilder<Object, Object>> settings) {
        ConfigurationBuilder<Object, Object> builder = FyerConfiguration.builder();
        settings.accept(builder);
        return cache(builder.build());
    }

    void advance(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        provider.close();
        assertThat(beans()).as("beans after close").isEmpty();
        eventually().until(() -> threads().isEmpty());
    }

    /** Waits for what happens in the background: looks at once, and then often. */
    static ConditionFactory eventually() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20));
    }

    /** The names of all JCache beans of this JVM. */
    static List<ObjectName> beans() {
        try {
            return List.copyOf(
                    ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("javax.cache:*"), null));
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    /** The present configuration of a cache. */
    static <K, V> FyerConfiguration<K, V> configurationOf(Cache<K, V> cache) {
        @SuppressWarnings("unchecked") // a class literal has no type arguments
        Class<FyerConfiguration<K, V>> type = (Class<FyerConfiguration<K, V>>) (Class<?>) FyerConfiguration.class;
        return cache.getConfiguration(type);
    }

    /** The threads of ours in this JVM that live. Tests run one after the other. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("fyercache-"))
                .toList();
    }
}
