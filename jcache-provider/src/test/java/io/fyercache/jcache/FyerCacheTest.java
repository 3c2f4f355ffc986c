package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.CacheEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What JSR-107 does not offer, and iterating. */
class FyerCacheTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    @Test
    void unwrap_isAFyerCache_orItsEngine() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});

        assertThat((Object) cache.unwrap(FyerCache.class)).isSameAs(cache);
        assertThat((Object) cache.unwrap(EngineCache.class)).isSameAs(cache);
        assertThat((Object) cache.unwrap(Cache.class)).isSameAs(cache);
        assertThat(cache.unwrap(CacheEngine.class).size()).isZero();
        assertThatThrownBy(() -> cache.unwrap(String.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void putWithTimeToLive_expiresThen_thoughThePolicyIsEternal() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("short", 1, Duration.ofSeconds(10));
        cache.put("long", 2);
        cache.put("longest", 3, Duration.ofSeconds(Long.MAX_VALUE));
        test.advance(Duration.ofSeconds(9));
        assertThat(cache.get("short")).isEqualTo(1);
        test.advance(Duration.ofSeconds(1));

        assertThat(cache.get("short")).isNull();
        assertThat(cache.get("long")).isEqualTo(2);
        assertThat(cache.get("longest")).isEqualTo(3);
    }

    @Test
    void putWithTimeToLive_overAnEntryWithout_andBack() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("k", 1);
        cache.put("k", 2, Duration.ofSeconds(10));
        test.advance(Duration.ofSeconds(11));
        assertThat(cache.containsKey("k")).isFalse();

        cache.put("k", 3);
        test.advance(Duration.ofDays(1_000));
        assertThat(cache.get("k")).isEqualTo(3);
    }

    @Test
    void putWithTimeToLive_accessMovesTheDeadline_ifThePolicySaysSo() {
        FyerCache<Object, Object> cache = test.cacheWith(
                builder -> builder.expiry(TouchedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE)));
        cache.put("k", 1, Duration.ofSeconds(10));
        assertThat(cache.get("k")).isEqualTo(1);
        test.advance(Duration.ofSeconds(59));

        assertThat(cache.get("k")).isEqualTo(1);
    }

    @Test
    void putWithTimeToLive_tooShort_isRefused_entryUnchanged() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("k", 1);
        for (Duration tooShort : new Duration[] {Duration.ZERO, Duration.ofNanos(999_999), Duration.ofDays(-1)}) {
            assertThatThrownBy(() -> cache.put("k", 2, tooShort))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(cache.getName(), "timeToLive", tooShort.toString());
        }
        assertThat(cache.get("k")).isEqualTo(1);
    }

    @Test
    void invalidate_dropsEntries_andTellsNobody() {
        UserCode user = new UserCode();
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.writeThrough(true).writer(() -> user.new Writer()));
        cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
        user.forget();

        assertThat(cache.invalidate(Set.of("a", "b", "unknown"))).isEqualTo(2);

        assertThat(cache.containsKey("a")).isFalse();
        assertThat(cache.containsKey("c")).isTrue();
        assertThat(user.writes).isEmpty();
    }

    @Test
    void sizeAndWeight_countEntries() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.putAll(Map.of("a", 1, "b", 2));

        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.weight()).isEqualTo(2);
    }

    @Test
    void weigherAndEvictionListener_seeTheUsersObjects() {
        List<String> evicted = Collections.synchronizedList(new ArrayList<>());
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.maximumWeight(10)
                .weigher(() -> (key, value) -> ((Note) value).text.length())
                .evictionListener(() -> (key, value) -> evicted.add(key + "=" + value)));
        for (int i = 0; i < 20; i++) {
            cache.put(i, new Note("12345"));
        }
        TestProvider.eventually().until(() -> evicted.size() >= 18);

        assertThat(cache.weight()).isLessThanOrEqualTo(10);
        assertThat(evicted).allMatch(text -> text.endsWith("=12345"));
    }

    @Test
    void iterator_meetsEachEntryOnce_andRemoves() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
        Set<Object> met = new HashSet<>();
        for (Iterator<Cache.Entry<Object, Object>> entries = cache.iterator(); entries.hasNext(); ) {
            Cache.Entry<Object, Object> entry = entries.next();
            assertThat(met.add(entry.getKey())).isTrue();
            assertThat(entry.unwrap(EngineCacheEntry.class)).isSameAs(entry);
            if (entry.getValue().equals(2)) {
                entries.remove();
            }
        }

        assertThat(met).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(cache.containsKey("b")).isFalse();
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void iterator_misused_failsAsJavaSays() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("a", 1);
        Iterator<Cache.Entry<Object, Object>> entries = cache.iterator();

        assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
        entries.next();
        entries.remove();
        assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }
}
