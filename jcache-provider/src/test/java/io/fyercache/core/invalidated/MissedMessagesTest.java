package io.fyercache.core.invalidated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.Topology;
import io.fyercache.core.bus.MemoryBroker;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.InvalidationFigures;
import io.fyercache.core.invalidation.EncodedKey;
import io.fyercache.core.invalidation.InvalidationCodec;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import io.fyercache.core.invalidation.OriginId;
import io.fyercache.jcache.FyerCachingProvider;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches on a bus that loses what it is told to, and what else can go wrong. */
class MissedMessagesTest {
    private static final Duration STALENESS = Duration.ofMillis(600);
    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    private final MemoryBroker broker = new MemoryBroker();
    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final Map<Object, Object> database = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        provider.close();
        broker.close();
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(20));
    }

    private CacheManager manager(String name) {
        return provider.getCacheManager(URI.create(name), null);
    }

    private Cache<Object, Object> cache(String managerName) {
        Factory<CacheLoader<Object, Object>> loader = Loader::new;
        Cache<Object, Object> cache = manager(managerName)
                .createCache(
                        "c",
                        FyerConfiguration.builder()
                                .statisticsEnabled(true)
                                .readThrough(true)
                                .loader(loader)
                                .topology(Topology.INVALIDATED)
                                .invalidation(InvalidationOptions.by(broker.address("missed"))
                                        .within(STALENESS, HEARTBEAT))
                                .build());
        eventually().until(() -> figures(cache).isInStep());
        return cache;
    }

    private final class Loader implements CacheLoader<Object, Object> {
        @Override
        public Object load(Object key) {
            return database.get(key);
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            Map<Object, Object> found = new ConcurrentHashMap<>();
            keys.forEach(key -> found.put(key, database.get(key)));
            return found;
        }
    }

    private static InvalidationFigures figures(Cache<?, ?> cache) {
        return cache.unwrap(CacheEngine.class).invalidations();
    }

    @Test
    void lastMessageIsLost_theNextHeartbeatTells() {
        Cache<Object, Object> first = cache("first");
        Cache<Object, Object> second = cache("second");
        database.put("k", "old");
        assertThat(second.get("k")).isEqualTo("old");
        first.put("before", "x"); // So that the second knows the number.
        eventually().until(() -> figures(second).received() == 1);
        long gaps = figures(second).gaps();

        database.put("k", "new");
        // A heartbeat may come between, and be the one that is lost: then the word itself comes.
        broker.loseNextFor("second");
        first.put("k", "new");

        eventually().until(() -> second.get("k").equals("new"));
        assertThat(figures(second).gaps()).isBetween(gaps, gaps + 1);
        assertThat(figures(second).isInStep()).isTrue();
    }

    @Test
    void originIsSilent_everythingIsDropped() {
        Cache<Object, Object> cache = cache("first");
        OriginId killed = new OriginId(7, 7);
        byte[] word = InvalidationCodec.encode(new Keys(killed, 0, "c", List.of(new EncodedKey(new byte[] {1, 2, 3}))));
        broker.publishForeign("missed", word);
        eventually().until(() -> figures(cache).received() == 1);
        database.put("k", "old");
        assertThat(cache.get("k")).isEqualTo("old");
        database.put("k", "new");

        eventually().until(() -> figures(cache).gaps() == 1);

        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(figures(cache).isInStep()).isTrue();
    }

    @Test
    void messageTwice_isCounted() {
        Cache<Object, Object> cache = cache("first");
        byte[] word = InvalidationCodec.encode(new Keys(new OriginId(7, 7), 0, "c", List.of()));

        broker.publishForeign("missed", word);
        broker.publishForeign("missed", word);

        eventually().until(() -> figures(cache).dropped() == 1);
        assertThat(figures(cache).gaps()).isZero();
    }

    @Test
    void keyThatCannotBeRead_emptiesTheCache() {
        Cache<Object, Object> cache = cache("first");
        database.put("k", "old");
        assertThat(cache.get("k")).isEqualTo("old");
        database.put("k", "new");

        broker.publishForeign(
                "missed",
                InvalidationCodec.encode(new Keys(
                        new OriginId(7, 7), 0, "c", List.of(new EncodedKey(new byte[] {(byte) 0xFF, 1, 2})))));

        eventually().until(() -> cache.get("k").equals("new"));
    }

    @Test
    void outOfStep_eachReadIsAMissAndALoad_andIteratorsEnd() {
        Cache<Object, Object> cache = cache("first");
        database.put("k", 0);
        assertThat(cache.get("k")).isEqualTo(0);
        Iterator<Cache.Entry<Object, Object>> asked = cache.iterator();
        assertThat(asked.hasNext()).isTrue();
        Iterator<Cache.Entry<Object, Object>> notAsked = cache.iterator();
        broker.stop();
        eventually().until(() -> !figures(cache).isInStep());
        assertThat(cache.get("k")).isEqualTo(0); // It is noticed.
        long misses = cache.unwrap(CacheEngine.class).counters().misses();
        long hits = cache.unwrap(CacheEngine.class).counters().hits();

        for (int i = 1; i <= 10; i++) {
            database.put("k", i);
            assertThat(cache.get("k")).isEqualTo(i);
        }

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.unwrap(CacheEngine.class).counters().misses()).isEqualTo(misses + 10);
        assertThat(cache.unwrap(CacheEngine.class).counters().hits()).isEqualTo(hits);
        assertThatThrownBy(notAsked::next).isInstanceOf(NoSuchElementException.class);
        assertThat(asked.hasNext()).isTrue();
        assertThat(asked.next().getKey()).isEqualTo("k");
        assertThat(asked.hasNext()).isFalse();
        assertThat(cache.iterator().hasNext()).isFalse();
        broker.start();
        eventually().until(() -> figures(cache).isInStep());
        assertThat(cache.get("k")).isEqualTo(10);
        assertThat(cache.containsKey("k")).isTrue();
    }

    @Test
    void keyWithoutAFormThatIsTheSameEverywhere_isRefused_andNothingHasChanged() {
        Cache<Object, Object> cache = cache("first");
        List<Object> key = new ArrayList<>(List.of(1));

        assertThatThrownBy(() -> cache.put(key, "v"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("java.util.ArrayList");
        assertThatThrownBy(() -> cache.putAll(Map.of("good", "v", key, "v"))).isInstanceOf(CacheException.class);

        assertThat(cache.unwrap(CacheEngine.class).size()).isZero();
        assertThat(figures(cache).sent()).isZero();
    }

    @Test
    void iteratorRemove_isTold() {
        Cache<Object, Object> first = cache("first");
        Cache<Object, Object> second = cache("second");
        database.put("k", "old");
        assertThat(first.get("k")).isEqualTo("old");
        assertThat(second.get("k")).isEqualTo("old");
        database.put("k", "new");

        Iterator<Cache.Entry<Object, Object>> entries = first.iterator();
        entries.next();
        entries.remove();

        eventually().until(() -> second.get("k").equals("new"));
    }

    @Test
    void processorThatOnlyReads_isNotTold_andOneThatChangesIs() {
        Cache<Object, Object> cache = cache("first");
        database.put("k", "v");

        Object read = cache.invoke("k", (entry, arguments) -> entry.getValue());
        assertThat(read).isEqualTo("v");
        assertThat(figures(cache).sent()).isZero();
        cache.invoke("k", (entry, arguments) -> {
            entry.remove();
            return null;
        });

        assertThat(figures(cache).sent()).isEqualTo(1);
    }

    @Test
    void cachesWithTheSameSettings_shareAConnection_untilTheLastIsClosed() {
        Cache<Object, Object> cache = cache("first");
        Cache<Object, Object> other = manager("first")
                .createCache(
                        "other",
                        FyerConfiguration.builder()
                                .topology(Topology.INVALIDATED)
                                .invalidation(InvalidationOptions.by(broker.address("missed"))
                                        .within(STALENESS, HEARTBEAT))
                                .build());
        cache.close();
        assertThat(publishers("first")).isEqualTo(1);

        other.put("k", "v");
        assertThat(other.get("k")).isEqualTo("v");
        other.close();

        eventually().until(() -> publishers("first") == 0);
    }

    private static long publishers(String managerName) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("fyercache-invalidation-") && name.contains(managerName))
                .count();
    }

    @Test
    void busThatIsNotThere_isRefused_withWhatToAdd() {
        assertThatThrownBy(() -> manager("first")
                        .createCache(
                                "c",
                                FyerConfiguration.builder()
                                        .topology(Topology.INVALIDATED)
                                        .invalidation(InvalidationOptions.by(URI.create("smoke://hill/fires")))
                                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache 'c': invalidation.bus: smoke: no bus for this scheme (found: memory)")
                .hasMessageContaining("fyercache-jms");
    }

    @Test
    void busOfACluster_namedOrNot_isRefusedWithoutOne_withWhatToDo() {
        for (InvalidationOptions options :
                List.of(InvalidationOptions.byCluster(), InvalidationOptions.by(URI.create("cluster:/orders")))) {
            assertThatThrownBy(() -> manager("first")
                            .createCache(
                                    "c",
                                    FyerConfiguration.builder()
                                            .topology(Topology.INVALIDATED)
                                            .invalidation(options)
                                            .build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "cache 'c': topology: invalidated (expected: another topology, as no invalidation.bus names a broker")
                    .hasMessageContaining("add the address of a broker's topic, give the manager the URI of a cluster");
        }
        assertThat(publishers("first")).isZero();
    }

    @Test
    void nameThatIsTooLongForAMessage_isRefused() {
        assertThatThrownBy(() -> manager("first")
                        .createCache(
                                "n".repeat(5_000),
                                FyerConfiguration.builder()
                                        .topology(Topology.INVALIDATED)
                                        .invalidation(InvalidationOptions.by(broker.address("missed")))
                                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of 5000 bytes (expected: at most 4096");
        assertThat(publishers("first")).isZero();
    }

    @Test
    void partitioned_withoutACluster_isRefused() {
        assertThatThrownBy(() -> manager("first")
                        .createCache(
                                "c",
                                FyerConfiguration.builder()
                                        .topology(Topology.PARTITIONED)
                                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topology: partitioned (expected: local or invalidated");
        manager("first")
                .createCache(
                        "c",
                        FyerConfiguration.builder().topology(Topology.LOCAL).build())
                .put("k", "v");
    }
}
