package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.EntryWeigher;
import io.fyercache.configuration.EvictionListener;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.engine.OperationOutcomeUnknownException;
import io.fyercache.sharded.engine.TooFewCopiesException;
import io.fyercache.testkit.history.CheckReport;
import io.fyercache.testkit.history.HistoryRecorder;
import io.fyercache.testkit.history.LinearizabilityChecker;
import io.fyercache.testkit.history.Outcome;
import java.io.Closeable;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches of an application in a cluster, through plain JCache. */
class SimulatedClusterTest {
    private SimulatedCluster cluster = SimulatedCluster.ofSeed(7).partitions(8).start();

    @AfterEach
    void close() {
        cluster.close();
    }

    private <K, V> Cache<K, V> cache() {
        return cluster.cacheManager().createCache("c", new MutableConfiguration<K, V>().setStatisticsEnabled(true));
    }

    private static String statistics(Cache<?, ?> cache) {
        var counters = cache.unwrap(CacheEngine.class).counters();
        return "hits " + counters.hits() + ", misses " + counters.misses() + ", puts " + counters.puts() + ", removals "
                + counters.removals();
    }

    @Test
    void everyOperation_doesWhatItsNameSays_andIsCounted() {
        Cache<String, String> cache = cache();

        assertThat(cache.get("k")).isNull();
        assertThat(cache.replace("k", "x")).isFalse();
        assertThat(cache.putIfAbsent("k", "a")).isTrue();
        assertThat(cache.putIfAbsent("k", "x")).isFalse();
        assertThat(cache.get("k")).isEqualTo("a");
        assertThat(cache.getAndPut("k", "b")).isEqualTo("a");
        assertThat(cache.replace("k", "a", "x")).isFalse();
        assertThat(cache.replace("k", "b", "c")).isTrue();
        assertThat(cache.getAndReplace("k", "d")).isEqualTo("c");
        cache.put("k", "e");
        assertThat(cache.remove("k", "d")).isFalse();
        assertThat(cache.containsKey("k")).isTrue();
        assertThat(cache.remove("k", "e")).isTrue();
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.remove("k")).isFalse();
        cache.put("k", "f");
        assertThat(cache.getAndRemove("k")).isEqualTo("f");

        assertThat(statistics(cache)).isEqualTo("hits 9, misses 3, puts 6, removals 2");
    }

    @Test
    void manyKeys_goTogether() {
        Cache<Integer, String> cache = cache();
        Map<Integer, String> entries = new HashMap<>();
        for (int key = 0; key < 1_000; key++) {
            entries.put(key, "v" + key);
        }
        long begin = cluster.nanoTime();

        cache.putAll(entries);

        // One after the other they would take more than a second.
        assertThat(cluster.nanoTime() - begin).isLessThan(500_000_000);
        assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
        assertThat(cache.unwrap(CacheEngine.class).size()).isEqualTo(1_000);
        cache.removeAll(Set.of(1, 2, 3));
        assertThat(cache.unwrap(CacheEngine.class).size()).isEqualTo(997);
        assertThat(statistics(cache)).isEqualTo("hits 1000, misses 0, puts 1000, removals 3");
    }

    @Test
    void clearAndRemoveAll_emptyTheCache_andNoOther() {
        Cache<Integer, Integer> cache = cache();
        Cache<Integer, Integer> other = cluster.cacheManager().createCache("d", new MutableConfiguration<>());
        other.put(1, 1);
        for (int round = 0; round < 2; round++) {
            for (int key = 0; key < 300; key++) {
                cache.put(key, key);
            }
            if (round == 0) {
                cache.clear();
            } else {
                cache.removeAll();
            }
            assertThat(cache.unwrap(CacheEngine.class).size())
                    .as("round %s, %s", round, cluster)
                    .isZero();
            assertThat(cache.iterator().hasNext()).isFalse();
        }
        assertThat(statistics(cache)).isEqualTo("hits 0, misses 0, puts 600, removals 300");
        assertThat(other.get(1)).isEqualTo(1);
    }

    // ---- bounds (E5)

    @Test
    void boundedCache_keepsWhatItsMembersMayHave() {
        Cache<Integer, Integer> cache = cluster.cacheManager()
                .createCache(
                        "few",
                        FyerConfiguration.builder(Integer.class, Integer.class)
                                .maximumEntries(10)
                                .build());
        for (int key = 0; key < 300; key++) {
            cache.put(key, -key);
        }
        cluster.advance(Duration.ofSeconds(1));

        // Ten for each of three members.
        assertThat(cache.unwrap(CacheEngine.class).size()).isEqualTo(30);
        for (int node = 0; node < 3; node++) {
            cluster.kill(node);
            cluster.restart(node);
            cluster.awaitWhole();
        }
        assertThat(cache.unwrap(CacheEngine.class).size()).isBetween(10L, 30L);
        cache.forEach(entry -> assertThat(entry.getValue()).isEqualTo(-entry.getKey()));
    }

    /** Members are in this JVM, so they all write here. */
    public static final class EvictedEntries implements EvictionListener<Integer, Integer> {
        private static final Map<Integer, Integer> HEARD = new ConcurrentHashMap<>();

        @Override
        public void onEviction(Integer key, Integer value) {
            assertThat(HEARD.put(key, value)).as("told before of %s", key).isNull();
        }
    }

    @Test
    void boundedCache_membersTellTheEvictionListener_onceOfEach() {
        EvictedEntries.HEARD.clear();
        cluster.advance(Duration.ofSeconds(5)); // Until primaries stay where they are: a new one may tell again.
        Cache<Integer, Integer> cache = cluster.cacheManager()
                .createCache(
                        "told",
                        FyerConfiguration.builder(Integer.class, Integer.class)
                                .maximumEntries(10)
                                .evictionListener(FactoryBuilder.factoryOf(EvictedEntries.class))
                                .build());
        for (int key = 0; key < 300; key++) {
            cache.put(key, -key);
        }
        cluster.advance(Duration.ofSeconds(1));

        assertThat(EvictedEntries.HEARD)
                .hasSize(270)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo(-key));
        cache.forEach(entry -> assertThat(EvictedEntries.HEARD).doesNotContainKey(entry.getKey()));
    }

    private static final class KeyAndLength implements EntryWeigher<Integer, String>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int weigh(Integer key, String value) {
            return key + value.length();
        }
    }

    @Test
    void weigherOfTheUser_isShownTheUsersKeysAndValues() {
        Cache<Integer, String> cache = cluster.cacheManager()
                .createCache(
                        "light",
                        FyerConfiguration.builder(Integer.class, String.class)
                                .maximumWeight(100)
                                .weigher(FactoryBuilder.factoryOf(new KeyAndLength()))
                                .build());
        cache.put(40, "x".repeat(60));
        cache.put(41, "x".repeat(60));
        cluster.advance(Duration.ofSeconds(1));

        assertThat(cache.containsKey(40)).isTrue();
        assertThat(cache.containsKey(41)).isFalse();
    }

    @Test
    void iteration_membersAreKilledMeanwhile_meetsEachEntryOnce() {
        Cache<Integer, Integer> cache = cache();
        for (int key = 0; key < 2_000; key++) {
            cache.put(key, -key);
        }
        Set<Integer> met = new LinkedHashSet<>();
        int killed = -1;
        Iterator<Cache.Entry<Integer, Integer>> entries = cache.iterator();
        while (entries.hasNext()) {
            Cache.Entry<Integer, Integer> entry = entries.next();
            assertThat(entry.getValue()).isEqualTo(-entry.getKey());
            assertThat(met.add(entry.getKey()))
                    .as("met once: %s", entry.getKey())
                    .isTrue();
            if (met.size() % 300 == 0) {
                if (killed >= 0) {
                    cluster.restart(killed);
                    cluster.awaitWhole();
                }
                killed = cluster.primaryOf(met.size());
                cluster.kill(killed);
            }
            if (met.size() % 500 == 0) {
                entries.remove();
                assertThat(cache.containsKey(entry.getKey())).isFalse();
            }
        }

        assertThat(met).hasSize(2_000);
        assertThat(cache.unwrap(CacheEngine.class).size()).isEqualTo(1_996);
    }

    @Test
    void expiry_followsVirtualTime() {
        Cache<String, String> cache = cluster.cacheManager()
                .createCache(
                        "c",
                        new MutableConfiguration<String, String>()
                                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                                        new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1))));
        cache.put("k", "v");

        cluster.advance(Duration.ofSeconds(50));
        assertThat(cache.get("k")).isEqualTo("v");
        cluster.advance(Duration.ofSeconds(11));
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.get("k")).isNull();
    }

    // ---- user code

    private static final class Count implements EntryProcessor<String, Integer, Integer>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer process(MutableEntry<String, Integer> entry, Object... arguments) {
            if (arguments.length > 0) {
                throw new IllegalArgumentException("no arguments, please");
            }
            int count = entry.exists() ? entry.getValue() + 1 : 1;
            entry.setValue(count);
            return count;
        }
    }

    /** Two copies of a partition would not outlast that. */
    @Test
    void replicatedCache_isOnEveryMember_andOutlastsAllButOne() {
        Cache<Integer, Integer> cache = cluster.cacheManager()
                .createCache(
                        "replicated",
                        FyerConfiguration.builder(Integer.class, Integer.class)
                                .topology(Topology.REPLICATED)
                                .build());
        cluster.awaitWhole();
        IntStream.range(0, 200).forEach(key -> cache.put(key, -key));

        cluster.kill(0);
        cluster.kill(2);

        assertThat(cache.unwrap(CacheEngine.class).size()).isEqualTo(200);
        IntStream.range(0, 200).forEach(key -> assertThat(cache.get(key)).isEqualTo(-key));
        assertThat(cache.getAndPut(7, 8)).isEqualTo(-7);
        cluster.restart(0);
        cluster.awaitWhole();
        cluster.kill(1);
        assertThat(cache.get(7)).isEqualTo(8);
        Set<Integer> met = new HashSet<>();
        cache.forEach(entry -> assertThat(met.add(entry.getKey())).isTrue());
        assertThat(met).hasSize(200);
        cache.removeAll();
        assertThat(cache.unwrap(CacheEngine.class).size()).isZero();
    }

    @Test
    void cacheOfAnotherTopology_isAnotherCache() {
        cluster.cacheManager()
                .createCache(
                        "both",
                        FyerConfiguration.builder(Integer.class, Integer.class)
                                .topology(Topology.REPLICATED)
                                .build())
                .put(1, 1);
        Cache<Integer, Integer> partitioned = cache();
        partitioned.put(1, 2);

        assertThat(cluster.cacheManager().<Integer, Integer>getCache("both").get(1))
                .isEqualTo(1);
        partitioned.clear();
        assertThat(cluster.cacheManager().<Integer, Integer>getCache("both").get(1))
                .isEqualTo(1);
    }

    @Test
    void invoke_runsOnceForEachCall_whoeverIsKilled() {
        Cache<String, Integer> cache = cache();
        for (int count = 1; count <= 30; count++) {
            if (count % 5 == 0) {
                int node = cluster.primaryOf("k");
                cluster.kill(node);
                assertThat(cache.invoke("k", new Count())).isEqualTo(count);
                cluster.restart(node);
                cluster.awaitWhole();
            } else {
                assertThat(cache.invoke("k", new Count())).isEqualTo(count);
            }
        }
    }

    @Test
    void processorFails_callerLearnsWhy_andNothingHasHappened() {
        Cache<String, Integer> cache = cache();
        cache.put("k", 1);

        assertThatThrownBy(() -> cache.invoke("k", new Count(), "argument"))
                .isInstanceOf(EntryProcessorException.class)
                .hasMessageContainingAll("Count", "IllegalArgumentException", "no arguments, please")
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no arguments, please");
        assertThat(cache.invokeAll(Set.of("k"), new Count(), "argument").get("k"))
                .satisfies(result -> assertThatThrownBy(result::get).isInstanceOf(EntryProcessorException.class));
        assertThat(cache.get("k")).isEqualTo(1);
    }

    @Test
    void processorThatCannotTravel_isRefusedNamingIt() {
        Cache<String, Integer> cache = cache();

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> 1))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "entry processor", getClass().getName());
    }

    /** Each member has its own; what they are asked is written down for the test, as a database would. */
    private static final class Loader implements CacheLoader<String, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final List<String> ASKED = new ArrayList<>();
        private static final List<Integer> TOGETHER = new ArrayList<>();

        @Override
        public String load(String key) {
            ASKED.add(key);
            if (key.startsWith("bad")) {
                throw new IllegalStateException("no connection");
            }
            return key.startsWith("none") ? null : "of " + key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            for (String key : keys) {
                loaded.put(key, load(key));
            }
            TOGETHER.add(loaded.size());
            return loaded;
        }
    }

    /** A loader that is to be closed. */
    public static final class Connected implements CacheLoader<String, String>, Closeable {
        private static final Set<Object> OPEN = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public String load(String key) {
            OPEN.add(this);
            return "of " + key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }

        @Override
        public void close() {
            OPEN.remove(this);
        }
    }

    private Cache<String, String> connected() {
        return cluster.cacheManager()
                .createCache(
                        "connected",
                        new MutableConfiguration<String, String>()
                                .setReadThrough(true)
                                .setCacheLoaderFactory(FactoryBuilder.factoryOf(Connected.class)));
    }

    /** Z5: also that of a member that stands still for a while, as little as nobody takes it for dead. */
    @Test
    void destroyCache_returnsWhenTheUsersObjectsAreClosedOnAllMembers() {
        Set<String> keys = names(60);
        int members = primariesOf(keys);
        Connected.OPEN.clear();
        assertThat(connected().getAll(keys)).hasSize(60);
        assertThat(Connected.OPEN).hasSize(members);
        cluster.pause(0, Duration.ofMillis(300));

        cluster.cacheManager().destroyCache("connected");

        assertThat(Connected.OPEN).isEmpty();
        Cache<String, String> next = connected();
        assertThat(next.containsKey("k0")).isFalse();
        assertThat(next.get("k0")).isEqualTo("of k0");
        assertThat(Connected.OPEN).hasSize(1);
        next.close();
    }

    @Test
    void destroyCache_memberIsDead_doesNotWaitForIt() {
        Set<String> keys = names(60);
        int members = primariesOf(keys);
        Connected.OPEN.clear();
        assertThat(connected().getAll(keys)).hasSize(60);
        cluster.kill(1);

        cluster.cacheManager().destroyCache("connected");

        assertThat(Connected.OPEN).as("of %s, what died", members).hasSize(1);
    }

    private Cache<String, String> loading(boolean readThrough) {
        Loader.ASKED.clear();
        Loader.TOGETHER.clear();
        return cluster.cacheManager()
                .createCache(
                        "c",
                        new MutableConfiguration<String, String>()
                                .setReadThrough(readThrough)
                                .setCacheLoaderFactory(FactoryBuilder.factoryOf(new Loader())));
    }

    @Test
    void readThrough_loadsOnce_andTellsFailures() {
        Cache<String, String> cache = loading(true);

        assertThat(cache.containsKey("a")).isFalse();
        assertThat(cache.get("a")).isEqualTo("of a");
        assertThat(cache.get("a")).isEqualTo("of a");
        assertThat(cache.getAll(Set.of("a", "b", "none"))).isEqualTo(Map.of("a", "of a", "b", "of b"));
        assertThatThrownBy(() -> cache.get("bad"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContainingAll("'c'", "Loader", "no connection");
        assertThat(Loader.ASKED).containsOnlyOnce("a").containsOnlyOnce("b");
    }

    @Test
    void loadAll_loadsWhatIsWanted() throws Exception {
        Cache<String, String> cache = loading(false);
        cache.put("a", "mine");

        CompletionListenerFuture kept = new CompletionListenerFuture();
        cache.loadAll(Set.of("a", "b"), false, kept);
        kept.get(1, TimeUnit.SECONDS);
        assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "mine", "b", "of b"));

        CompletionListenerFuture replaced = new CompletionListenerFuture();
        cache.loadAll(Set.of("a"), true, replaced);
        replaced.get(1, TimeUnit.SECONDS);
        assertThat(cache.get("a")).isEqualTo("of a");
        assertThat(cache.get("missing")).isNull();
    }

    private static Set<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns on how many members the primaries of some keys are, when these have been spread. */
    private int primariesOf(Set<String> keys) {
        cluster.advance(Duration.ofSeconds(5));
        int members = (int) keys.stream().map(cluster::primaryOf).distinct().count();
        assertThat(members).isGreaterThan(1);
        return members;
    }

    /** U7: the loader is called once on each member, whatever the number of keys. */
    @Test
    void getAll_eachMemberLoadsTogetherWhatItMisses() {
        Cache<String, String> cache = loading(true);
        Set<String> keys = names(200);
        int members = primariesOf(keys);
        keys.stream().limit(50).forEach(key -> cache.put(key, "mine"));
        long begin = cluster.nanoTime();

        Map<String, String> found = cache.getAll(keys);

        assertThat(found).hasSize(200).containsEntry("k0", "mine").containsEntry("k99", "of k99");
        assertThat(Loader.TOGETHER).hasSize(members);
        assertThat(Loader.TOGETHER.stream().mapToInt(Integer::intValue).sum()).isEqualTo(150);
        assertThat(cluster.nanoTime() - begin)
                .as("none has waited for those that were there")
                .isLessThan(20_000_000);
        assertThat(cache.getAll(keys)).isEqualTo(found);
        assertThat(Loader.TOGETHER).as("all is there now").hasSize(members);
    }

    @Test
    void getAll_oneLoadFails_onlyWhatItsMemberMissedIsNotThere() {
        Cache<String, String> cache = loading(true);
        Set<String> keys = names(60);
        keys.add("bad");

        assertThatThrownBy(() -> cache.getAll(keys))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContainingAll("'c'", "Loader", "no connection");

        int failing = cluster.primaryOf("bad");
        for (String key : keys) {
            assertThat(cache.containsKey(key)).as(key).isEqualTo(cluster.primaryOf(key) != failing);
        }
    }

    /** What is written, and how; refuses the keys that begin with "bad". */
    private static final class Rows implements CacheWriter<String, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final Map<String, String> DATABASE = new ConcurrentHashMap<>();
        private static final Queue<String> HEARD = new ConcurrentLinkedQueue<>();

        static void clear() {
            DATABASE.clear();
            HEARD.clear();
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            HEARD.add("write");
            DATABASE.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            HEARD.add("writeAll");
            entries.removeIf(entry -> {
                boolean taken = !entry.getKey().startsWith("bad");
                if (taken) {
                    DATABASE.put(entry.getKey(), entry.getValue());
                }
                return taken;
            });
            refuse(entries.size());
        }

        @Override
        public void delete(Object key) {
            HEARD.add("delete");
            DATABASE.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            HEARD.add("deleteAll");
            keys.removeIf(key -> {
                boolean taken = !((String) key).startsWith("bad");
                if (taken) {
                    DATABASE.remove(key);
                }
                return taken;
            });
            refuse(keys.size());
        }

        private static void refuse(int left) {
            if (left > 0) {
                throw new IllegalStateException("read only: " + left);
            }
        }
    }

    private Cache<String, String> writing() {
        Rows.clear();
        return cluster.cacheManager()
                .createCache(
                        "c",
                        new MutableConfiguration<String, String>()
                                .setStatisticsEnabled(true)
                                .setWriteThrough(true)
                                .setCacheWriterFactory(FactoryBuilder.factoryOf(new Rows())));
    }

    @Test
    void putAllAndRemoveAll_eachMemberWritesTogetherWhatItHas() {
        Cache<String, String> cache = writing();
        Map<String, String> entries = names(100).stream().collect(Collectors.toMap(key -> key, key -> "v" + key));
        int members = primariesOf(entries.keySet());

        cache.putAll(entries);

        assertThat(Rows.HEARD).hasSize(members).containsOnly("writeAll");
        assertThat(Rows.DATABASE).isEqualTo(entries);
        assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
        Rows.HEARD.clear();
        cache.removeAll(entries.keySet());
        assertThat(Rows.HEARD).hasSize(members).containsOnly("deleteAll");
        assertThat(Rows.DATABASE).isEmpty();
        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(statistics(cache)).isEqualTo("hits 100, misses 0, puts 100, removals 100");
        cache.put("k", "alone");
        assertThat(Rows.HEARD).endsWith("write");
    }

    @Test
    void putAll_writerRefusesSome_theOthersArePut() {
        Cache<String, String> cache = writing();
        Map<String, String> entries = names(50).stream().collect(Collectors.toMap(key -> key, key -> "v"));
        entries.put("bad1", "v");
        entries.put("bad2", "v");

        assertThatThrownBy(() -> cache.putAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContainingAll("'c'", "Rows", "read only");

        assertThat(cache.containsKey("bad1")).isFalse();
        assertThat(cache.containsKey("bad2")).isFalse();
        assertThat(cache.getAll(entries.keySet())).hasSize(50).isEqualTo(Rows.DATABASE);
    }

    /** Batches over the same keys, of every kind and from many threads, all end, and cache and database say the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void batchesOverTheSameKeys_neverBlockEachOther(long seed) throws Exception {
        cluster.close();
        cluster = SimulatedCluster.ofSeed(seed).partitions(4).start();
        Cache<String, String> cache = writing();
        Set<String> keys = names(20);
        List<Thread> threads = new ArrayList<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int t = 0; t < 4; t++) {
            int number = t;
            threads.add(new Thread(() -> {
                Random random = new Random(seed * 10 + number);
                for (int i = 0; i < 15; i++) {
                    Set<String> some = keys.stream()
                            .filter(key -> random.nextInt(3) > 0)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
                    String value = number + "-" + i;
                    if (random.nextInt(3) == 0) {
                        cache.removeAll(some);
                    } else {
                        cache.putAll(some.stream().collect(Collectors.toMap(key -> key, key -> value)));
                    }
                }
            }));
        }
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((in, failure) -> failures.add(failure)));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(cache.getAll(keys)).isEqualTo(Rows.DATABASE);
    }

    /** Members die in the middle of batches; none is left undone, and no key stays held. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void batches_membersAreKilledMeanwhile_allIsDone(long seed) {
        cluster.close();
        cluster = SimulatedCluster.ofSeed(seed).members(4).partitions(8).start();
        Cache<String, String> cache = writing();
        Random random = new Random(seed);
        Set<String> keys = names(30);
        for (int round = 0; round < 10; round++) {
            int node = random.nextInt(4);
            String value = "v" + round;
            cluster.pause(node, Duration.ofMillis(random.nextInt(1_500)));
            cache.putAll(keys.stream().collect(Collectors.toMap(key -> key, key -> value)));
            assertThat(cache.getAll(keys).values()).hasSize(30).containsOnly(value);
            cluster.kill(node);
            cache.removeAll(keys);
            assertThat(cache.getAll(keys)).isEmpty();
            cluster.restart(node);
            cluster.awaitWhole();
        }
    }

    @Test
    void loaderThatCannotTravel_isRefused_asInACluster() {
        assertThatThrownBy(() -> cluster.cacheManager()
                        .createCache(
                                "c",
                                new MutableConfiguration<String, String>()
                                        .setReadThrough(true)
                                        .setCacheLoaderFactory(Loader::new)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'c'", "loader", "a lambda");
    }

    private static final class OfAnotherCache implements CacheLoader<String, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static Cache<String, String> other;

        @Override
        public String load(String key) {
            return other.get(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            throw new UnsupportedOperationException("loadAll");
        }
    }

    @Test
    void userCodeThatUsesTheCluster_isRefused() {
        OfAnotherCache.other = cache();
        Cache<String, String> cache = cluster.cacheManager()
                .createCache(
                        "loading",
                        new MutableConfiguration<String, String>()
                                .setReadThrough(true)
                                .setCacheLoaderFactory(FactoryBuilder.factoryOf(new OfAnotherCache())));

        assertThatThrownBy(() -> cache.get("k")).hasMessageContaining("used by user code that runs in the cluster");
    }

    @Test
    void storeByReference_isRefused() {
        assertThatThrownBy(() -> cluster.cacheManager()
                        .createCache(
                                "r",
                                FyerConfiguration.builder().storeByValue(false).build()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    // ---- what goes wrong

    @Test
    void nobodyLeft_callerLearnsWhatIsKnown() {
        cluster.close();
        cluster = SimulatedCluster.ofSeed(3).patience(Duration.ofSeconds(2)).start();
        Cache<String, String> cache = cache();
        cache.put("k", "v");
        for (int node = 0; node < 3; node++) {
            cluster.kill(node);
        }

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContainingAll("'c'", "PT2S", "nothing has happened");
        assertThatThrownBy(() -> cache.put("k", "w"))
                .isInstanceOfAny(OperationOutcomeUnknownException.class, ClusterUnavailableException.class)
                .hasMessageContaining("'c'");
    }

    @Test
    void tooFewCopies_changesAreRefused_readsGoOn() {
        cluster.close();
        cluster = SimulatedCluster.ofSeed(3).members(2).minInSync(2).start();
        Cache<String, String> cache = cache();
        cache.put("k", "v");
        int node = cluster.backupOf("k");
        cluster.kill(node);
        cluster.awaitWhole();

        assertThatThrownBy(() -> cache.put("k", "w"))
                .isInstanceOf(TooFewCopiesException.class)
                .hasMessageContainingAll("'c'", "1", "2");
        assertThat(cache.get("k")).isEqualTo("v");
        cluster.restart(node);
        cluster.awaitWhole();
        cache.put("k", "w");
        assertThat(cache.get("k")).isEqualTo("w");
    }

    @Test
    void pauseCutAndOutage_nothingIsLost() {
        Cache<String, String> cache = cache();
        cache.put("k", "1");
        cluster.zooKeeperDown(Duration.ofSeconds(5));
        assertThat(cache.get("k")).isEqualTo("1");
        cache.put("k", "2");
        cluster.advance(Duration.ofSeconds(15));
        cluster.pause(cluster.primaryOf("k"), Duration.ofSeconds(3));
        assertThat(cache.get("k")).isEqualTo("2");
        cluster.advance(Duration.ofSeconds(15));
        cluster.cut(cluster.primaryOf("k"), cluster.backupOf("k"), Duration.ofSeconds(3));
        cache.put("k", "3");
        cluster.heal();
        cluster.awaitWhole();
        assertThat(cache.get("k")).isEqualTo("3");
    }

    @Test
    void linkThatStaysCut_stopsNobody() {
        Cache<Integer, Integer> cache = cache();
        cluster.cut(0, 1);
        for (int key = 0; key < 32; key++) {
            cache.put(key, key);
        }
        cluster.advance(Duration.ofMinutes(1));
        for (int key = 0; key < 32; key++) {
            assertThat(cache.getAndPut(key, -key)).isEqualTo(key);
        }
        cluster.heal();
        cluster.awaitWhole();
        assertThat(cache.get(31)).isEqualTo(-31);
    }

    /** T6: a backup that owes no acknowledgement, as nothing is written, holds up readers when its last grant has run out. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void linkThatStaysCut_whoOnlyReadsIsAnswered(int node) {
        cluster.close();
        cluster = SimulatedCluster.ofSeed(3).start();
        Cache<Integer, Integer> cache = cache();
        for (int key = 0; key < 32; key++) {
            cache.put(key, key);
        }
        cluster.awaitWhole();
        cluster.cut(node, (node + 1) % 3);
        cluster.advance(Duration.ofSeconds(1));

        for (int key = 0; key < 32; key++) {
            long sinceNanos = cluster.nanoTime();
            assertThat(cache.get(key)).isEqualTo(key);
            assertThat(Duration.ofNanos(cluster.nanoTime() - sinceNanos)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void sameSeedAndSameCalls_areTheSameWorld() {
        List<String> worlds = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (SimulatedCluster again = SimulatedCluster.ofSeed(11).start()) {
                Cache<Integer, Integer> cache =
                        again.cacheManager().createCache("c", new MutableConfiguration<Integer, Integer>());
                for (int key = 0; key < 50; key++) {
                    cache.put(key, key);
                    if (key == 25) {
                        again.kill(again.primaryOf(key));
                    }
                }
                worlds.add(again.nanoTime() + ": " + again);
            }
        }

        assertThat(worlds.get(0)).isEqualTo(worlds.get(1));
    }

    @Test
    void wrongNumbers_areRefused() {
        assertThatThrownBy(() -> SimulatedCluster.ofSeed(1).members(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("members: 0 (expected: 1..100)");
        assertThatThrownBy(() -> cluster.kill(3)).hasMessage("node: 3 (expected: 0..2)");
    }

    /** R5, P1 and P2 too: what a cleared key is found to be fits an order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void underFaults_whatTheApplicationSeesIsLinearizable(long seed) {
        cluster.close();
        Random random = new Random(seed);
        cluster = SimulatedCluster.ofSeed(seed).members(4).partitions(4).start();
        Cache<String, Long> cache = cache();
        HistoryRecorder recorder = new HistoryRecorder(cluster::nanoTime);
        Cache<String, Long> view = recorder.record(cache);
        Set<Integer> dead = new HashSet<>();
        for (long value = 1; value <= 600; value++) {
            String key = "key-" + random.nextInt(5) + "." + value / 200;
            switch (random.nextInt(8)) {
                case 0 -> view.put(key, value);
                case 1 -> view.putIfAbsent(key, value);
                case 2 -> view.remove(key);
                case 3 -> view.getAndPut(key, value);
                case 4 -> view.containsKey(key);
                case 5 -> view.getAndRemove(key);
                default -> view.get(key);
            }
            if (random.nextInt(40) == 0) {
                harm(random, key, dead);
            }
        }
        dead.forEach(cluster::restart);
        cluster.heal();
        cluster.awaitWhole();

        CheckReport report = new LinearizabilityChecker().check(recorder.history());
        assertThat(report.outcome()).as("%s %s", report, cluster).isEqualTo(Outcome.LINEARIZABLE);
    }

    private void harm(Random random, String key, Set<Integer> dead) {
        cluster.heal();
        dead.forEach(cluster::restart);
        dead.clear();
        cluster.awaitWhole();
        int primary = cluster.primaryOf(key);
        switch (random.nextInt(4)) {
            case 0 -> {
                cluster.kill(primary);
                dead.add(primary);
            }
            case 1 -> cluster.pause(primary, Duration.ofMillis(random.nextInt(2_000)));
            case 2 -> cluster.cut(primary, cluster.backupOf(key));
            default -> cluster.cut(primary, cluster.backupOf(key), Duration.ofMillis(random.nextInt(5_000)));
        }
    }
}
