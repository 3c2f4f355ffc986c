package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.NearOptions;
import io.fyercache.configuration.Topology;
import io.fyercache.core.statistics.CacheCount;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.SystemClock;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.Management;
import io.fyercache.management.history.History;
import io.fyercache.management.history.Sample;
import io.fyercache.management.report.ManagedProcess;
import io.fyercache.management.report.MembersAsked;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.PartitionLayout;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.apache.curator.test.TestingServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members and a client of a cluster, on a real ZooKeeper, each managed. */
// Public, as whoever makes a loader of it must be able to.
public class ClusterTest {
    private static final int SPREAD = 16;
    private static final int PARTITIONS = PartitionLayout.with(SPREAD).count();

    /** The machine that builds may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private TestingServer zooKeeper;
    private final List<ManagedNode> processes = new ArrayList<>();

    /** A process of the cluster. */
    private record ManagedNode(FyerCachingProvider provider, CacheManager manager, Management management) {
        Api api() {
            return Api.at(management.port());
        }

        void end() {
            management.close();
            provider.close();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        zooKeeper = new TestingServer();
    }

    @AfterEach
    void end() throws Exception {
        // All at once: the last would wait for heirs otherwise.
        List<Thread> ends = processes.stream()
                .map(process -> new Thread(process::end, "end of a process"))
                .toList();
        ends.forEach(Thread::start);
        for (Thread each : ends) {
            each.join();
        }
        zooKeeper.close();
    }

    private ManagedNode start(String name, String settings) {
        return start(name, settings, manager -> Management.start(manager, LocalProcess.settings(Optional.empty())));
    }

    /** Starts one as fyercache-node does, which has no application. */
    private ManagedNode startNode(String name) {
        return start(name, "", manager -> Management.start(manager, LocalProcess.settings(Optional.empty()), () -> {}));
    }

    private ManagedNode start(String name, String settings, Function<CacheManager, Management> managing) {
        FyerCachingProvider provider = new FyerCachingProvider();
        CacheManager manager = provider.getCacheManager(
                URI.create("zk://" + zooKeeper.getConnectString() + "/orders?partitions=" + SPREAD
                        + "&connectTimeout=1s&leaveLimit=5s&name=" + name + settings),
                getClass().getClassLoader());
        ManagedNode process = new ManagedNode(provider, manager, managing.apply(manager));
        processes.add(process);
        return process;
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    private static void awaitCopies(ManagedNode process) {
        await(
                "two copies of everything",
                () -> process.api()
                        .get("/api/v1/cluster")
                        .ok()
                        .get("fewestCopies")
                        .equals(2));
    }

    @Test
    void invalidatedCache_isManagedLikeOthers_andEachProcessCountsItsOwn() {
        ManagedNode one = start("one", "");
        ManagedNode two = start("two", "");
        ManagedNode node = startNode("node");
        awaitCopies(two);
        FyerConfiguration<String, String> configuration = FyerConfiguration.builder(String.class, String.class)
                .statisticsEnabled(true)
                .maximumEntries(100)
                .topology(Topology.INVALIDATED)
                .build();
        Cache<String, String> cache = one.manager().createCache("orders", configuration);
        cache.put("k", "v");
        assertThat(cache.get("k")).isEqualTo("v");

        await("its definition", () -> two.api().get("/api/v1/caches/orders").status() == 200);
        assertThat(two.api().get("/api/v1/caches/orders").ok().toString())
                .contains("open=false", "topology=invalidated");
        await("its definition", () -> node.api().get("/api/v1/caches/orders").status() == 200);
        assertThat((String) node.api()
                        .get("/api/v1/caches/orders/entry?key=k")
                        .problem(409)
                        .get("remedy"))
                .contains("entries of its own");
        two.manager().createCache("orders", configuration);
        assertThat(one.api().get("/api/v1/caches/orders").ok().toString())
                .contains("open=true", "topology=invalidated", "hits=1", "puts=1");
        assertThat(two.api().get("/api/v1/caches/orders").ok().toString()).contains("hits=0", "puts=0");
        one.api()
                .send("PATCH", "/api/v1/caches/orders", "{\"maximumEntries\": 5}")
                .ok();
        two.api()
                .send("POST", "/api/v1/caches/orders/invalidations", "{\"all\": true}")
                .ok();
        assertThat(cache.get("k")).isNull();
        MembersAsked members = new MembersAsked(ManagedProcess.of(one.manager()), SystemClock.INSTANCE);
        assertThat(members.ask().orElseThrow().caches()).isEmpty();
        assertThat(one.manager().unwrap(ClusterStatus.class).servedHere()).isEmpty();
    }

    @Test
    void cluster_members_partitions_areToldAlikeByMembersAndClients() {
        ManagedNode one = start("one", "");
        ManagedNode two = start("two", "&zone=east");
        ManagedNode client = start("client", "&role=client");
        awaitCopies(client);
        awaitCopies(one);

        Map<String, Object> cluster = client.api().get("/api/v1/cluster").ok();
        assertThat(cluster)
                .containsEntry("part", "client")
                .containsEntry("members", 2)
                .containsEntry("partitions", PARTITIONS)
                .containsEntry("underReplicated", 0)
                .containsEntry("joining", 0)
                .doesNotContainKeys("self", "licensed");
        assertThat((String) cluster.get("manager")).startsWith("zk://").doesNotContain("?", "secret");
        Map<String, Object> ofMember = one.api().get("/api/v1/cluster").ok();
        assertThat(ofMember).containsEntry("part", "member").containsEntry("licensed", true);
        assertThat(ofMember.get("cluster")).isEqualTo(cluster.get("cluster"));

        List<Map<String, Object>> members = two.api().get("/api/v1/members").items();
        assertThat(members.stream().map(member -> member.get("name"))).containsExactly("one", "two");
        assertThat(members.stream().map(member -> member.get("self"))).containsExactly(false, true);
        assertThat(members.get(1)).containsEntry("zone", "east");
        assertThat(members.stream()
                        .mapToInt(member -> (int) member.get("partitionsLed"))
                        .sum())
                .isEqualTo(PARTITIONS);
        assertThat(members.stream().map(member -> member.get("partitionsHeld"))).containsOnly(PARTITIONS);

        Api.Reply page = client.api().get("/api/v1/partitions?offset=10&limit=4");
        assertThat(page.ok()).containsEntry("total", PARTITIONS).containsEntry("next", 14);
        assertThat(page.items().stream().map(partition -> partition.get("partition")))
                .containsExactly(10, 11, 12, 13);
        Map<String, Object> partition = client.api().get("/api/v1/partitions/3").ok();
        assertThat(client.api().get("/api/v1/partitions/" + (PARTITIONS - 1)).ok())
                .containsEntry("replicated", true);
        assertThat(partition)
                .containsEntry("replicated", false)
                .containsEntry("underReplicated", false)
                .containsEntry("joining", List.of());
        assertThat(partition.get("inSync"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2)
                .contains(partition.get("primary"));
        client.api().get("/api/v1/partitions/" + PARTITIONS).problem(404);
        client.api().get("/api/v1/partitions/x").problem(400);

        Map<String, Object> document = one.api().get("/api/v1/openapi.json").ok();
        List<String> checked = new ArrayList<>();
        OpenApiTest.check(document, "Cluster", ofMember, checked);
        OpenApiTest.check(document, "Member", members.get(0), checked);
        OpenApiTest.check(document, "Partition", partition, checked);
        OpenApiTest.check(document, "PartitionPage", page.ok(), checked);
        @SuppressWarnings("unchecked") // of samples
        List<Map<String, Map<String, Object>>> samples = (List<Map<String, Map<String, Object>>>)
                one.api().get("/api/v1/history").ok().get("samples");
        OpenApiTest.check(document, "ClusterSample", samples.get(0).get("cluster"), checked);
        assertThat(checked).hasSize(5);
    }

    @Test
    void memberThatLeaves_isMissing_isAnEvent_andNothingIsLost() {
        ManagedNode one = start("one", "");
        ManagedNode two = start("two", "");
        Cache<String, Long> cache = one.manager()
                .createCache("numbers", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        for (int i = 0; i < 50; i++) {
            cache.put("key-" + i, (long) i);
        }
        awaitCopies(one);
        assertThat(two.api().get("/api/v1/caches/numbers").ok()).containsEntry("open", false);
        assertThat((String) two.api()
                        .get("/api/v1/caches/numbers/size")
                        .problem(409)
                        .get("remedy"))
                .contains("declare");

        assertThat(two.api().get("/health/ready").ok()).containsEntry("good", true);
        two.management().leave();
        assertThat(two.api().get("/health/ready").status()).isEqualTo(503);
        assertThat(two.api().get("/health/live").ok()).containsEntry("good", true);
        two.provider().close();
        assertThat(two.api().get("/health/ready").status()).isEqualTo(503);
        assertThat(two.api().get("/metrics").status()).isEqualTo(200);

        await("its end", () -> one.api().get("/api/v1/members").items().size() == 1);
        await(
                "an event",
                () -> one.api().get("/api/v1/events").items().stream()
                        .anyMatch(event -> event.get("kind").equals("members-gone")));
        Map<String, Object> last = one.api().get("/api/v1/events").items().get(0);
        assertThat(one.api().get("/api/v1/events?after=" + last.get("number")).items())
                .doesNotContain(last);
        assertThat(one.api().get("/api/v1/caches/numbers/size").ok()).containsEntry("entries", 50);
        assertThat(one.api().get("/api/v1/caches/numbers/entry?key=key-7").ok()).containsEntry("value", 7);
    }

    @Test
    void metrics_areThoseOfOperationsPage_andHaveTheValuesThatTheApiTells() throws Exception {
        ManagedNode one = start("one", "");
        ManagedNode client = start("client", "&role=client");
        Cache<String, Long> cache = one.manager()
                .createCache(
                        "numbers",
                        new MutableConfiguration<String, Long>()
                                .setTypes(String.class, Long.class)
                                .setStatisticsEnabled(true));
        cache.put("a", 1L);
        cache.get("a");
        cache.get("b");

        await(
                "counted entries",
                () -> one.api().get("/metrics").text().contains("fyercache_cache_entries{cache=\"numbers\"} 1.0"));
        String metrics = one.api().get("/metrics").text();
        assertThat(metrics)
                .contains("fyercache_members 1.0", "fyercache_partitions 32.0", "fyercache_member_joined 1.0")
                .contains("fyercache_member_licensed 1.0", "fyercache_member_partitions_led 32.0")
                .contains("fyercache_partitions_underreplicated 0.0")
                .containsPattern("cache_gets_total\\{cache=\"numbers\".*result=\"hit\".*} 1.0")
                .containsPattern("cache_gets_total\\{cache=\"numbers\".*result=\"miss\".*} 1.0")
                .containsPattern("cache_puts_total\\{cache=\"numbers\".*} 1.0");
        assertThat(client.api().get("/metrics").text())
                .doesNotContain("fyercache_member_")
                .contains("fyercache_members 1.0");
        assertThat(OperationsPage.documentedMetrics()).isEqualTo(OperationsPage.metricsIn(metrics));

        one.manager().destroyCache("numbers");
        assertThat(one.api().get("/metrics").text()).doesNotContain("numbers");
    }

    /** By key, so long that a partition keeps one of them and no more, and so many that each partition has several. */
    private static Map<String, Long> longKeys() {
        return IntStream.range(0, 8 * SPREAD).boxed().collect(Collectors.toMap(i -> i + "-".repeat(40_000), i -> 1L));
    }

    private static double metricOfNumbers(ManagedNode process, String name) throws Exception {
        Matcher line = Pattern.compile("(?m)^" + name + "\\{.*cache=\"numbers\".*} (\\S+)$")
                .matcher(process.api().get("/metrics").text());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    @Test
    void cacheThatIsReadNear_hasMetersOfIt_thatCountInEachProcess() throws Exception {
        ManagedNode member = start("one", "");
        ManagedNode client = start("client", "&role=client");
        FyerConfiguration<String, Long> near = FyerConfiguration.builder(String.class, Long.class)
                .near(NearOptions.upTo(100))
                .build();
        Cache<String, Long> written = member.manager().createCache("numbers", near);
        Cache<String, Long> read = client.manager().createCache("numbers", near);
        written.put("a", 1L);
        await("a read near", () -> read.get("a") == 1 && metricOfNumbers(client, "cache_near_hits_total") > 0);
        assertThat(metricOfNumbers(client, "cache_near_misses_total")).isPositive();
        assertThat(metricOfNumbers(client, "cache_near_size")).isEqualTo(1);

        written.put("a", 2L);
        await("the change", () -> read.get("a") == 2);
        await("word of it", () -> metricOfNumbers(client, "cache_near_invalidations_total") > 0);

        Map<String, Long> many = longKeys();
        await("more changes than a member can name", () -> {
            written.putAll(many);
            return read.get("a") == 2 && metricOfNumbers(client, "cache_near_gaps_total") > 0;
        });

        assertThat(written.get("a")).isEqualTo(2);
        assertThat(metricOfNumbers(member, "cache_near_hits_total"))
                .as("of who has all copies")
                .isZero();
    }

    @SuppressWarnings("unchecked") // as JSON has them
    private static List<Map<String, Map<String, Object>>> samplesOf(ManagedNode process) {
        return (List<Map<String, Map<String, Object>>>)
                process.api().get("/api/v1/history?cache=numbers").ok().get("samples");
    }

    private static CacheCounts servedBy(Stream<SortedMap<Integer, CacheCounts>> members) {
        return members.flatMap(caches -> caches.values().stream()).reduce(CacheCounts.NOTHING, CacheCounts::plus);
    }

    @Test
    void whatMembersServe_isSummedUp_whoeverAsks_andIsNotWhatTheAskingProcessCounts() {
        ManagedNode one = start("one", "");
        ManagedNode two = start("two", "");
        ManagedNode client = start("client", "&role=client");
        awaitCopies(client);
        History history = new History(ManagedProcess.of(one.manager()), SystemClock.INSTANCE);
        Cache<String, Long> cache = client.manager()
                .createCache("numbers", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        history.sample();

        for (long i = 0; i < 100; i++) {
            cache.put("key-" + i, i);
            cache.get("key-" + i);
            cache.get("nothing-" + i);
        }
        history.sample();

        MembersAsked members = new MembersAsked(ManagedProcess.of(client.manager()), SystemClock.INSTANCE);
        ServedCounts counts = members.ask().orElseThrow().counts();
        assertThat(counts.silent()).isEmpty();
        assertThat(counts.told().values())
                .hasSize(2)
                .allSatisfy(caches -> assertThat(servedBy(Stream.of(caches)).get(CacheCount.PUTS))
                        .isPositive());
        CacheCounts sum = servedBy(counts.told().values().stream());
        assertThat(sum.get(CacheCount.PUTS)).isEqualTo(100);
        // On a busy machine a read may be sent, and served, a second time.
        assertThat(sum.get(CacheCount.HITS)).isBetween(100L, 150L);
        assertThat(sum.get(CacheCount.MISSES)).isBetween(100L, 150L);
        CacheCounts ofBoth = servedBy(Stream.of(one, two)
                .map(member -> member.manager().unwrap(ClusterStatus.class).servedHere()));
        assertThat(ofBoth.get(CacheCount.PUTS)).isEqualTo(100);
        assertThat(client.manager().unwrap(ClusterStatus.class).servedHere()).isEmpty();

        Sample sample =
                history.samples("numbers").get(history.samples("numbers").size() - 1);
        assertThat(sample.served().counted().puts()).isEqualTo(100);
        assertThat(sample.served().silent()).isEmpty();
        assertThat(sample.counted().puts()).isZero();
        assertThat(history.samples().get(1).served().counted().hits()).isBetween(100L, 150L);
        await(
                "the sample of the process",
                () -> String.valueOf(
                                one.api().get("/api/v1/caches/numbers").ok().get("served"))
                        .contains("puts=100"));
        Map<String, Object> told = one.api().get("/api/v1/caches/numbers").ok();
        Map<String, Object> document = one.api().get("/api/v1/openapi.json").ok();
        List<String> checked = new ArrayList<>();
        OpenApiTest.check(document, "Cache", told, checked);
        @SuppressWarnings("unchecked") // as JSON has it
        Map<String, Object> served = (Map<String, Object>) told.get("served");
        OpenApiTest.check(document, "Served", served, checked);
        await("the first sample of the cache", () -> !samplesOf(one).isEmpty());
        OpenApiTest.check(document, "ServedSample", samplesOf(one).get(0).get("served"), checked);
        assertThat(one.api().get("/metrics").text() + two.api().get("/metrics").text())
                .containsPattern("fyercache_served_puts_total\\{cache=\"numbers\"} [1-9]");
    }

    @Test
    void cacheMadeByHttp_isOneForAllProcesses_andDestroyedForAll() {
        ManagedNode one = start("one", "");
        ManagedNode two = start("two", "");
        String wish = "{\"name\": \"orders\", \"settings\": {\"topology\": \"replicated\", \"maximumEntries\": %d}}";

        assertThat(one.api().send("POST", "/api/v1/caches", wish.formatted(9)).created())
                .containsEntry("created", true);
        await("its definition", () -> two.api().get("/api/v1/caches/orders").status() == 200);
        Map<String, Object> differs =
                two.api().send("POST", "/api/v1/caches", wish.formatted(8)).problem(409);
        assertThat((String) differs.get("detail")).contains("maximumEntries: 9 there, 8 here");
        assertThat(two.api().send("POST", "/api/v1/caches", wish.formatted(9)).ok())
                .containsEntry("created", false);
        one.api().send("PUT", "/api/v1/caches/orders/entry?key=k", "\"v\"").ok();
        assertThat(two.api().get("/api/v1/caches/orders/entry?key=k").ok()).containsEntry("value", "v");
        assertThat((String) one.api()
                        .send("POST", "/api/v1/caches", "{\"name\": \"x\", \"settings\": {\"topology\": \"local\"}}")
                        .problem(422)
                        .get("detail"))
                .contains("partitioned, replicated or invalidated");

        one.api()
                .send("PATCH", "/api/v1/caches/orders", "{\"maximumEntries\": 5, \"statistics\": true}")
                .ok();
        await(
                "the change elsewhere",
                () -> two.api()
                        .get("/api/v1/caches/orders")
                        .ok()
                        .get("settings")
                        .toString()
                        .contains("statistics=true"));
        ManagedNode late = start("late", "&role=client");
        // A client that has just begun may not have seen its cluster yet.
        await(
                "the cache, at a latecomer",
                () -> late.api().get("/api/v1/caches/orders").status() == 200);
        assertThat(late.api().get("/api/v1/caches/orders").ok().get("settings").toString())
                .contains("maximumEntries=5");
        two.api().send("DELETE", "/api/v1/caches/orders?confirm=orders", null).ok();

        await(
                "its end",
                () -> one.manager()
                        .unwrap(io.fyercache.sharded.node.ClusterStatus.class)
                        .picture()
                        .caches()
                        .isEmpty());
    }

    @Test
    void processWithoutAnApplication_opensCachesAsTheyAreDefined_whenTheyAreAskedFor() {
        ManagedNode one = start("one", "");
        ManagedNode two = startNode("two");
        FyerConfiguration<String, Long> configuration = FyerConfiguration.builder(String.class, Long.class)
                .topology(Topology.REPLICATED)
                .maximumEntries(100)
                .loader(FactoryBuilder.factoryOf(LoaderOfNothing.class))
                .readThrough(true)
                .build();
        Cache<String, Long> cache = one.manager().createCache("numbers", configuration);
        cache.put("k", 7L);
        String path = "/api/v1/caches/numbers";
        await("the definition", () -> two.api().get(path).status() == 200);
        assertThat(two.api().get(path).ok()).containsEntry("open", false);

        assertThat(two.api().get(path + "/entry?key=k").ok()).containsEntry("value", 7);
        assertThat(two.api().get(path).ok()).containsEntry("open", true);
        two.api().send("PATCH", path, "{\"maximumEntries\": 50}").ok();
        assertThat(two.api().get(path).ok().get("settings").toString()).contains("maximumEntries=50");
        two.api().send("PUT", path + "/entry?key=k", "8").ok();
        assertThat(cache.get("k")).isEqualTo(8L);

        // It is another cache by then.
        one.manager().destroyCache("numbers");
        one.manager()
                .createCache(
                        "numbers",
                        FyerConfiguration.builder(Long.class, String.class).build())
                .put(1L, "x");
        await(
                "the new definition",
                () -> two.api().get(path + "/entry?key=1").text().contains("\"x\""));
        two.api().send("DELETE", path + "?confirm=numbers", null).ok();
        two.api().get(path + "/entry?key=1").problem(404);
    }

    /** The client may not have heard of it, and its application goes on with the cache that it has opened. */
    @Test
    void put_toACacheThatAnotherProcessHasDestroyed_isNotFound() {
        ManagedNode member = start("one", "");
        ManagedNode client = start("client", "&role=client");
        FyerConfiguration<String, Long> configuration =
                FyerConfiguration.builder(String.class, Long.class).build();
        member.manager().createCache("numbers", configuration);
        client.manager().createCache("numbers", configuration);
        String entry = "/api/v1/caches/numbers/entry?key=k";
        client.api().send("PUT", entry, "7").ok();

        member.manager().destroyCache("numbers");

        Map<String, Object> problem = client.api().send("PUT", entry, "8").problem(404);
        assertThat(problem).containsEntry("name", "cache").containsEntry("type", "urn:fyercache:problem:not-found");
        assertThat((String) problem.get("detail"))
                .contains(
                        "cache 'numbers'", "destroyed (expected: to be there)", "get it from its cache manager again");
        client.api().get(entry).problem(404);
    }

    /** Made where entries are, and asked for what is not there. */
    public static final class LoaderOfNothing implements CacheLoader<String, Long> {
        @Override
        public Long load(String key) {
            return null;
        }

        @Override
        public Map<String, Long> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }
    }

    @Test
    void deadLetters_ofAllMembers_areShown_andReplayed() {
        start("one", "");
        start("two", "");
        ManagedNode client = start("client", "&role=client");
        awaitCopies(client);
        String[] keys = IntStream.range(0, 20).mapToObj(i -> "key-" + i).toArray(String[]::new);
        DeadLettersTest.refuse(keys);
        Cache<String, String> people = client.manager().createCache("people", DeadLettersTest.configuration());
        for (String key : keys) {
            people.put(key, "v");
        }
        String letters = "/api/v1/caches/people/dead-letters";
        await("that they are given up", () -> client.api().get(letters).items().size() == keys.length);
        assertThat(client.api().get(letters).items().stream().map(letter -> (String) letter.get("key")))
                .containsExactlyInAnyOrder(keys);

        DeadLettersTest.refuse();
        assertThat(client.api()
                        .send("POST", letters + "/replays", "{\"all\": true}")
                        .ok())
                .containsEntry("replayed", keys.length);

        await("that all are written", () -> Stream.of(keys).allMatch(key -> "v".equals(DeadLettersTest.written(key))));
        await("that none is left", () -> client.api().get(letters).items().isEmpty());
    }
}
