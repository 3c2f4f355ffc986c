package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.UnwrittenChangesException;
import io.fyercache.core.write.WriteQueueFullException;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.WriteBehind;
import io.fyercache.testkit.process.SingleWrites;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Caches of an application that write behind in a cluster, through plain JCache. */
class ClusterWriteBehindTest {
    private static final int KEYS = 200;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final SimulatedCluster cluster =
            SimulatedCluster.ofSeed(11).partitions(8).start();

    /** The database of all members, which are in this JVM. */
    private static final class Table
            implements SingleWrites<Integer, String>, CacheLoader<Integer, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final Map<Integer, String> ROWS = new ConcurrentHashMap<>();
        private static final Set<Integer> REFUSED = ConcurrentHashMap.newKeySet();

        @Override
        public void write(Cache.Entry<? extends Integer, ? extends String> entry) {
            if (REFUSED.contains(entry.getKey())) {
                throw new IllegalStateException("refused");
            }
            ROWS.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void delete(Object key) {
            ROWS.remove((Integer) key);
        }

        @Override
        public String load(Integer key) {
            return ROWS.get(key);
        }

        @Override
        public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, String> found = new HashMap<>();
            keys.forEach(key -> {
                String row = load(key);
                if (row != null) {
                    found.put(key, row);
                }
            });
            return found;
        }
    }

    @BeforeEach
    void emptyTable() {
        Table.ROWS.clear();
        Table.REFUSED.clear();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @SuppressWarnings("unchecked") // It was made with these types.
    private FyerCache<Integer, String> cache(WriteBehindOptions options) {
        return cluster.cacheManager()
                .createCache(
                        "behind",
                        FyerConfiguration.builder(Integer.class, String.class)
                                .readThrough(true)
                                .writeThrough(true)
                                .loader(new FactoryBuilder.SingletonFactory<>(new Table()))
                                .writer(new FactoryBuilder.SingletonFactory<>(new Table()))
                                .writeBehind(options)
                                .build())
                .unwrap(FyerCache.class);
    }

    private static Map<Integer, String> fill(Cache<Integer, String> cache) {
        Map<Integer, String> expected = new TreeMap<>();
        for (int key = 0; key < KEYS; key++) {
            cache.put(key, "first");
            cache.put(key, "v" + key);
            if (key % 5 == 0) {
                cache.remove(key);
            } else {
                expected.put(key, "v" + key);
            }
        }
        return expected;
    }

    private static WriteBehind<Integer, String> behind(FyerCache<Integer, String> cache) {
        return cache.writeBehind().orElseThrow();
    }

    @Test
    void membersAreKilled_everyAcknowledgedChangeIsWritten() {
        FyerCache<Integer, String> cache = cache(WriteBehindOptions.after(Duration.ofSeconds(3)));
        Map<Integer, String> expected = fill(cache);
        assertThat(Table.ROWS.size()).isLessThan(expected.size());

        for (int node = 0; node < 3; node++) {
            cluster.kill(node);
            cluster.restart(node);
            cluster.awaitWhole();
        }
        cluster.advance(Duration.ofSeconds(10));

        assertThat(Table.ROWS).isEqualTo(expected);
        assertThat(behind(cache).depth()).isZero();
        assertThat(cluster.wounds()).isEmpty();
    }

    @Test
    void entriesAreCleared_readsFindWhatWaits() {
        FyerCache<Integer, String> cache = cache(WriteBehindOptions.after(LONG));
        Table.ROWS.put(0, "old");
        Map<Integer, String> expected = fill(cache);

        cache.clear();

        for (int key = 0; key < KEYS; key++) {
            assertThat(cache.get(key)).as("key %s", key).isEqualTo(expected.get(key));
        }
        assertThat(behind(cache).depth()).isEqualTo(KEYS);
        assertThat(behind(cache).lag()).isPositive();
        assertThat(Table.ROWS).containsOnly(Map.entry(0, "old"));
    }

    @Test
    void destroyCache_writesWhatWaits() {
        FyerCache<Integer, String> cache = cache(WriteBehindOptions.after(LONG));
        Map<Integer, String> expected = fill(cache);

        cluster.cacheManager().destroyCache("behind");

        assertThat(Table.ROWS).isEqualTo(expected);
    }

    @Test
    void destroyCache_rowIsRefused_saysWhatIsLeft_andTheCacheIsDestroyed() {
        FyerCache<Integer, String> cache = cache(WriteBehindOptions.after(LONG)
                .withAttempts(2)
                .withRetryPauses(Duration.ofMillis(1), Duration.ofMillis(1)));
        Table.REFUSED.add(1);
        cache.put(1, "v1");
        cache.put(2, "v2");

        assertThatThrownBy(() -> cluster.cacheManager().destroyCache("behind"))
                .isInstanceOf(UnwrittenChangesException.class)
                .hasMessageContaining("0 changes not written and 1 dead letters");

        assertThat(Table.ROWS).containsOnly(Map.entry(2, "v2"));
        assertThat(cache.isClosed()).isTrue();
        FyerCache<Integer, String> another = cache(WriteBehindOptions.after(LONG));
        assertThat(behind(another).deadLetterCount()).isZero();
    }

    @Test
    void deadLetters_areListedReplayedAndDiscarded() {
        FyerCache<Integer, String> cache =
                cache(WriteBehindOptions.after(Duration.ZERO).withAttempts(1));
        Table.REFUSED.addAll(Set.of(1, 2));
        Table.ROWS.put(2, "old");
        for (int key = 1; key <= 3; key++) {
            cache.put(key, "v" + key);
        }
        cluster.advance(Duration.ofSeconds(2));

        assertThat(behind(cache).deadLetterCount()).isEqualTo(2);
        assertThat(behind(cache).failures()).isPositive();
        assertThat(behind(cache).deadLetters())
                .extracting(letter -> letter.key() + " " + letter.value() + " " + letter.attempts())
                .containsExactlyInAnyOrder("1 v1 1", "2 v2 1");
        Table.REFUSED.clear();
        assertThat(behind(cache).replay(Set.of(1, 3))).isEqualTo(1);
        assertThat(behind(cache).discard(Set.of(2, 3))).isEqualTo(1);
        cache.invalidate(Set.of(2));
        cluster.advance(Duration.ofSeconds(2));

        assertThat(Table.ROWS).isEqualTo(Map.of(1, "v1", 2, "old", 3, "v3"));
        assertThat(cache.get(2)).isEqualTo("old");
        assertThat(behind(cache).deadLetters()).isEmpty();
    }

    @Test
    void noRoom_callerLearnsSo_andNothingHasHappened() {
        FyerCache<Integer, String> cache =
                cache(WriteBehindOptions.after(LONG).withMaximumQueued(2).withQueueWait(Duration.ofMillis(100)));
        for (int key = 0; key < KEYS; key++) {
            Table.REFUSED.add(key);
        }

        assertThatThrownBy(() -> {
                    for (int key = 0; key < KEYS; key++) {
                        cache.put(key, "v");
                    }
                })
                .isInstanceOf(WriteQueueFullException.class)
                .hasMessageContaining("2 keys have changes that are not written, on the member that has the entry");

        // Two on each of three members.
        assertThat(behind(cache).depth())
                .isEqualTo((int) cache.unwrap(CacheEngine.class).size());
        assertThat(behind(cache).depth()).isBetween(2, 6);
    }
}
