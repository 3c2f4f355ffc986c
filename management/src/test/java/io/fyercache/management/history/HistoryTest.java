package io.fyercache.management.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.ManualClock;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.report.Counted;
import io.fyercache.management.report.ManagedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final CacheManager manager = provider.getCacheManager();
    private final ManualClock clock = new ManualClock(START.toEpochMilli());
    private final History history = new History(ManagedProcess.of(manager), clock);

    @AfterEach
    void end() {
        provider.close();
    }

    private Cache<String, Long> cache(String name) {
        return manager.createCache(
                name,
                new MutableConfiguration<String, Long>()
                        .setTypes(String.class, Long.class)
                        .setStatisticsEnabled(true));
    }

    private void sampleLater() {
        clock.advance(Duration.ofMillis(History.INTERVAL_MILLIS));
        history.sample();
    }

    private static List<Long> puts(List<Sample> samples) {
        return samples.stream().map(sample -> sample.counted().puts()).toList();
    }

    @Test
    void samples_areOfWhatWasCountedInBetween() {
        Cache<String, Long> numbers = cache("numbers");
        Cache<String, Long> others = cache("others");
        numbers.put("before anybody looked", 1L);
        history.sample();
        numbers.put("a", 1L);
        numbers.get("a");
        numbers.get("b");
        others.put("a", 1L);
        sampleLater();
        others.put("b", 1L);
        sampleLater();

        assertThat(puts(history.samples())).containsExactly(0L, 2L, 1L);
        assertThat(puts(history.samples("numbers"))).containsExactly(0L, 1L, 0L);
        assertThat(history.samples("numbers").get(1).counted()).isEqualTo(new Counted(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(history.samples().stream().map(Sample::at))
                .containsExactly("2026-01-01T00:00:00Z", "2026-01-01T00:00:10Z", "2026-01-01T00:00:20Z");
        assertThat(history.samples().get(0).cluster()).isNull();
        assertThat(history.samples().get(0).served()).isNull();
    }

    @Test
    void oldest_isGivenUp_afterAnHour() {
        history.sample();
        for (int i = 0; i < History.MAX_SAMPLES; i++) {
            sampleLater();
        }

        assertThat(history.samples()).hasSize(History.MAX_SAMPLES);
        assertThat(history.samples().get(0).at()).isEqualTo("2026-01-01T00:00:10Z");
    }

    @Test
    void counters_thatBeginAnew_areCountedFromThere() {
        Cache<String, Long> numbers = cache("numbers");
        history.sample();
        numbers.put("a", 1L);
        numbers.put("b", 1L);
        sampleLater();
        manager.destroyCache("numbers");
        cache("numbers").put("a", 1L);
        sampleLater();
        manager.destroyCache("numbers");
        sampleLater();
        cache("numbers").put("a", 1L);
        sampleLater();

        assertThat(puts(history.samples())).containsExactly(0L, 2L, 1L, 0L, 1L);
        assertThat(puts(history.samples("numbers"))).containsExactly(0L, 2L, 1L, 1L);
    }

    @Test
    void cachesBeyondTheBound_areInTheSum_andHaveNoHistoryOfTheirOwn() {
        for (int i = 0; i < History.MAX_CACHES; i++) {
            cache(String.format("cache-%03d", i));
        }
        Cache<String, Long> last = cache("the last by name");
        history.sample();
        last.put("a", 1L);
        sampleLater();

        assertThat(puts(history.samples())).containsExactly(0L, 1L);
        assertThat(history.samples("the last by name")).isEmpty();
        assertThat(history.samples("cache-000")).hasSize(2);
    }
}
