package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.fence.FencingToken;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.sharded.topology.KeyHash;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writers of a cluster's caches know by whose authority they are called. */
class WriteFencesTest {
    private static final int PARTITIONS = 8;
    private static final Set<String> KEYS =
            IntStream.range(0, 50).mapToObj(number -> "key" + number).collect(Collectors.toSet());

    private final SimulatedCluster cluster =
            SimulatedCluster.ofSeed(11).partitions(PARTITIONS).start();
    private final CodecChain codecs = CodecChain.of(WriteFencesTest.class.getClassLoader(), ClassFilter.standard());

    /** Notes the token of each key, as it was told last. */
    private static final class Tokens implements CacheWriter<String, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final Map<String, FencingToken> OF_KEYS = new ConcurrentHashMap<>();

        private static void note(Object key) {
            OF_KEYS.put(
                    (String) key,
                    WriteFence.current().token(key).orElseThrow(() -> new AssertionError("no token of " + key)));
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            note(entry.getKey());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.forEach(this::write);
        }

        @Override
        public void delete(Object key) {
            note(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(Tokens::note);
        }
    }

    @BeforeEach
    void forget() {
        Tokens.OF_KEYS.clear();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static ConfigurationBuilder<String, String> writing() {
        return FyerConfiguration.builder(String.class, String.class)
                .writeThrough(true)
                .writer(FactoryBuilder.factoryOf(new Tokens()));
    }

    private int partitionOf(String key) {
        return KeyHash.partition(KeyHash.of(codecs.encodeKey(key)), PARTITIONS);
    }

    private void assertTokensFit(Set<String> keys) {
        assertThat(Tokens.OF_KEYS).containsOnlyKeys(keys);
        Tokens.OF_KEYS.forEach(
                (key, token) -> assertThat(token.partition()).as(key).isEqualTo(partitionOf(key)));
        assertThat(Tokens.OF_KEYS.values()).extracting(FencingToken::cluster).containsOnly(clusterOf("key1"));
        Map<Integer, Set<Long>> epochs = Tokens.OF_KEYS.values().stream()
                .collect(Collectors.groupingBy(
                        FencingToken::partition, Collectors.mapping(FencingToken::epoch, Collectors.toSet())));
        assertThat(epochs.values())
                .as("one epoch each: %s", epochs)
                .allSatisfy(of -> assertThat(of).hasSize(1));
    }

    private static String clusterOf(String key) {
        return Tokens.OF_KEYS.get(key).cluster();
    }

    private static Map<String, String> entries() {
        return KEYS.stream().collect(Collectors.toMap(Function.identity(), key -> "v"));
    }

    @Test
    void writeThrough_oneByOneAndTogether_hasTheTokenOfEachKey() {
        Cache<String, String> cache =
                cluster.cacheManager().createCache("c", writing().build());
        for (Runnable change : new Runnable[] {
            () -> KEYS.forEach(key -> cache.put(key, "v")),
            () -> KEYS.forEach(cache::remove),
            () -> cache.putAll(entries()),
            () -> cache.removeAll(KEYS),
            () -> KEYS.forEach(key -> cache.invoke(key, new Putting()))
        }) {
            Tokens.OF_KEYS.clear();
            change.run();
            assertTokensFit(KEYS);
        }
    }

    private static final class Putting implements EntryProcessor<String, String, Object>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object process(MutableEntry<String, String> entry, Object... arguments) {
            entry.setValue("processed");
            return "";
        }
    }

    @Test
    void writeBehind_hasTheTokenOfEachKey_thoughOneBatchIsOfSeveralPartitions() {
        Cache<String, String> cache = cluster.cacheManager()
                .createCache(
                        "c",
                        writing()
                                .writeBehind(WriteBehindOptions.after(Duration.ofMillis(100)))
                                .build());
        cache.putAll(entries());
        cluster.advance(Duration.ofSeconds(2));
        assertTokensFit(KEYS);
        Tokens.OF_KEYS.clear();
        cache.removeAll(KEYS);
        cluster.advance(Duration.ofSeconds(2));
        assertTokensFit(KEYS);
    }

    /** What was decided by one primary is written by the authority of the next, which has it written. */
    @Test
    void primaryIsKilled_theNextHasALaterEpochOfTheSamePartition() {
        Cache<String, String> through =
                cluster.cacheManager().createCache("c", writing().build());
        through.putAll(entries());
        Map<String, FencingToken> before = Map.copyOf(Tokens.OF_KEYS);
        Cache<String, String> behind = cluster.cacheManager()
                .createCache(
                        "d",
                        writing()
                                .writeBehind(WriteBehindOptions.after(Duration.ofSeconds(3)))
                                .build());
        behind.put("key1", "w");
        int killed = cluster.primaryOf("key1");
        Set<String> led =
                KEYS.stream().filter(key -> cluster.primaryOf(key) == killed).collect(Collectors.toSet());

        Tokens.OF_KEYS.clear();
        cluster.kill(killed);
        cluster.advance(Duration.ofSeconds(10));
        assertIsLater(before, "key1");

        through.putAll(entries());
        assertTokensFit(KEYS);
        assertThat(led).isNotEmpty().allSatisfy(key -> assertIsLater(before, key));
    }

    private static void assertIsLater(Map<String, FencingToken> before, String key) {
        FencingToken token = Tokens.OF_KEYS.get(key);
        assertThat(token.partition()).isEqualTo(before.get(key).partition());
        assertThat(token.epoch()).as(key).isGreaterThan(before.get(key).epoch());
    }
}
