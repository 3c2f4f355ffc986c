package io.fyercache.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheCountsTest {
    private static CacheCounts counts(Map<CacheCount, Long> numbers) {
        return CacheCounts.of(count -> numbers.getOrDefault(count, 0L));
    }

    @Test
    void of_readsEachCounter() {
        CacheCounters counters = CacheCounters.ofServer();
        counters.count(CacheCounters.HIT | CacheCounters.PUT);
        counters.count(CacheCounters.MISS);
        counters.count(CacheCounters.REMOVAL);
        counters.count(CacheCounters.EXPIRY);
        counters.eviction(7);
        counters.load(3, 1);
        counters.loadFailure();
        counters.write(5, 1, true);
        counters.write(0, 1, false);
        counters.giveUpWrites(2);

        CacheCounts counts = CacheCounts.of(counters);

        assertThat(counts)
                .hasToString("[HITS 1, MISSES 1, PUTS 1, REMOVALS 1, EVICTIONS 1, EXPIRIES 1, LOADS 3, LOAD_FAILURES 1,"
                        + " WRITES 5, WRITE_FAILURES 1, WRITES_GIVEN_UP 2]");
    }

    @Test
    void since_isWhatCameInBetween_orAllIfTheCountersBeganAnew() {
        CacheCounts now = counts(Map.of(CacheCount.HITS, 10L, CacheCount.PUTS, 3L));
        CacheCounts then = counts(Map.of(CacheCount.HITS, 4L, CacheCount.PUTS, 5L));

        assertThat(now.since(then)).isEqualTo(counts(Map.of(CacheCount.HITS, 6L, CacheCount.PUTS, 3L)));
    }

    @Test
    void plus_addsEach_andDoesNotOverflow() {
        CacheCounts one = counts(Map.of(CacheCount.HITS, 1L, CacheCount.MISSES, Long.MAX_VALUE));

        assertThat(one.plus(one)).isEqualTo(counts(Map.of(CacheCount.HITS, 2L, CacheCount.MISSES, Long.MAX_VALUE)));
        assertThat(one.plus(CacheCounts.NOTHING)).isEqualTo(one);
    }

    @Test
    void lessThanNothing_isRefused() {
        assertThatThrownBy(() -> CacheCounts.of(count -> -1)).hasMessage("HITS: -1 (expected: 0 or more)");
    }
}
