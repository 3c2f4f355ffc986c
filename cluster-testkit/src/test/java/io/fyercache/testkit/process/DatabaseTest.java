package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jcache.FyerCachingProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members that are processes in front of a database: what they ask of it, and what becomes of them when it is away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTest {
    private static final int MEMBERS = 3;
    private static final int READ_ROWS = 100;

    /** A row that no member reads by itself. */
    private static final long OTHER_ROW = READ_ROWS + 1;

    private static final int THREADS = 8;
    private static final int KEYS = 300;

    @TempDir
    private static Path folder;

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final Map<String, ChildJvm> members = new TreeMap<>();
    private TestingServer zooKeeper;
    private CountedDatabase database;
    private CountDownLatch gateOfFirst;
    private CacheManager manager;

    @BeforeAll
    void start() throws Exception {
        zooKeeper = new TestingServer();
        database = CountedDatabase.start(folder, READ_ROWS + 1);
        gateOfFirst = database.holdUp(1);
        for (int i = 0; i < MEMBERS; i++) {
            startMember("member" + i, READ_ROWS);
        }
        manager = provider.getCacheManager(
                URI.create(uri() + "&role=client"), getClass().getClassLoader());
    }

    @AfterAll
    void end() throws Exception {
        provider.close();
        members.values().forEach(ChildJvm::close);
        if (database != null) {
            database.close();
        }
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    private String uri() {
        return "zk://" + zooKeeper.getConnectString() + "/database?partitions=32&connectTimeout=1s";
    }

    private void startMember(String user, int rows) throws Exception {
        members.put(
                user,
                ChildJvm.start(
                        "member " + user,
                        ReadingMember.READING,
                        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", database.optionOf(user)),
                        ReadingMember.class,
                        List.of(uri() + "&name=" + user, "" + MEMBERS, "" + rows)));
    }

    /** All members' threads have read by then. */
    private void awaitHaveRead() {
        members.values().forEach(ChildJvm::awaitReady);
        gateOfFirst.countDown();
        members.values()
                .forEach(member -> ProcessCluster.await(
                        "all rows to be read", () -> member.output().contains(ReadingMember.HAVE_READ)));
    }

    @Test
    void coldKeys_readByAllThreadsOfAllMembers_takeOneStatementEach() {
        awaitHaveRead();
        for (long id = 1; id <= READ_ROWS; id++) {
            assertThat(database.loadsOf(id)).as("loads of row %s", id).hasSize(1);
        }
    }

    @Test
    void ownerIsKilledWhileItLoads_theKeyTakesTwoStatementsAtMost() throws Exception {
        awaitHaveRead();
        Cache<Long, Person> cache = manager.createCache(ReadingMember.CACHE, CountedDatabase.inFrontOf("counted"));
        CountDownLatch gate = database.holdUp(OTHER_ROW);
        List<CompletableFuture<Person>> reads = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int i = 0; i < THREADS; i++) {
                reads.add(CompletableFuture.supplyAsync(() -> cache.get(OTHER_ROW), threads));
            }
            ProcessCluster.await("a load", () -> database.loadsOf(OTHER_ROW).size() == 1);
            String owner = database.loadsOf(OTHER_ROW).get(0).toLowerCase(Locale.ROOT);
            members.remove(owner).kill();
            ProcessCluster.await(
                    "a load by another", () -> database.loadsOf(OTHER_ROW).size() == 2);
            gate.countDown();
            for (CompletableFuture<Person> read : reads) {
                assertThat(read.get(1, TimeUnit.MINUTES)).isEqualTo(new Person(OTHER_ROW, "name " + OTHER_ROW));
            }
            assertThat(cache.get(OTHER_ROW)).isNotNull();
            assertThat(database.loadsOf(OTHER_ROW)).hasSize(2).doesNotHaveDuplicates();
        } finally {
            gate.countDown();
            threads.shutdownNow();
            manager.getCache(ReadingMember.CACHE, Long.class, Person.class).close();
            startMember("another" + members.size() + "x" + System.nanoTime(), 1);
            awaitHaveRead();
            SettledCluster.await(manager, MEMBERS);
        }
    }

    @Test
    void mixedOperations_leaveTableAndCacheAlike() throws Exception {
        mix(4_000);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void mixedOperations_aHundredThousand() throws Exception {
        mix(100_000);
    }

    private void mix(int operations) throws Exception {
        awaitHaveRead();
        Cache<Long, Person> cache = manager.createCache("mixed", CountedDatabase.inFrontOf("person"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                ends.add(threads.submit(() -> {
                    for (int i = 0; i < operations / THREADS; i++) {
                        operate(cache, random, "v" + random.nextInt());
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            Map<Long, Person> rows = database.people();
            assertThat(rows.size()).isBetween(KEYS / 10, KEYS);
            Map<Long, Person> entries = new TreeMap<>();
            cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue())); // which loads nothing
            assertThat(entries).isNotEmpty();
            entries.forEach(
                    (id, entry) -> assertThat(rows.get(id)).as("row %s", id).isEqualTo(entry));
            for (long id = 0; id < KEYS; id++) {
                assertThat(cache.get(id)).as("row %s", id).isEqualTo(rows.get(id));
            }
        } finally {
            threads.shutdownNow();
            manager.destroyCache("mixed");
            database.execute("delete from person");
        }
    }

    private static void operate(Cache<Long, Person> cache, Random random, String name) {
        long id = random.nextInt(KEYS);
        Person person = new Person(id, name);
        switch (random.nextInt(10)) {
            case 0, 1 -> cache.put(id, person);
            case 2 -> cache.putIfAbsent(id, person);
            case 3 -> cache.remove(id);
            case 4 -> {
                Person old = cache.get(id);
                if (old != null) {
                    cache.replace(id, old, person);
                }
            }
            case 5 -> cache.getAndPut(id, person);
            case 6 -> {
                Map<Long, Person> several = new TreeMap<>();
                LongStream.range(id, Math.min(KEYS, id + 5)).forEach(key -> several.put(key, new Person(key, name)));
                cache.putAll(several);
            }
            case 7 -> cache.removeAll(Set.of(id, (id + 7) % KEYS));
            case 8 -> cache.getAll(Set.of(id, (id + 1) % KEYS, (id + 2) % KEYS));
            default -> cache.get(id);
        }
    }

    @Test
    void databaseIsAway_cachedKeysAreRead_andWritesFailAndChangeNothing() throws Exception {
        stayAway(Duration.ZERO);
    }

    @Test
    @Tag("nightly")
    void databaseIsAway_forTenSeconds() throws Exception {
        stayAway(Duration.ofSeconds(10));
    }

    private void stayAway(Duration time) throws Exception {
        awaitHaveRead();
        Cache<Long, Person> cache = manager.createCache("away", CountedDatabase.inFrontOf("person"));
        Person before = new Person(1, "before");
        cache.put(1L, before);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger writes = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            database.stop();
            Future<?> reading = threads.submit(() -> {
                while (!ended.get()) {
                    assertThat(cache.get(1L)).isEqualTo(before);
                    reads.incrementAndGet();
                }
            });
            Future<?> writing = threads.submit(() -> {
                while (!ended.get()) {
                    assertThatThrownBy(() -> cache.put(1L, new Person(1, "after")))
                            .isInstanceOf(CacheWriterException.class)
                            .hasMessageContaining("cannot write to table person, key id=1");
                    assertThatThrownBy(() -> cache.get(2L))
                            .isInstanceOf(CacheLoaderException.class)
                            .hasMessageContaining("cannot load from table person, key id=2");
                    writes.incrementAndGet();
                }
            });
            long beganNanos = System.nanoTime();
            ProcessCluster.await(
                    "reads and failures",
                    () -> reading.isDone()
                            || writing.isDone()
                            || (reads.get() > 200
                                    && writes.get() > 3
                                    && System.nanoTime() - beganNanos >= time.toNanos()));
            ended.set(true);
            reading.get(1, TimeUnit.MINUTES);
            writing.get(1, TimeUnit.MINUTES);
            assertThat(database.people()).containsExactly(Map.entry(1L, before));
        } finally {
            ended.set(true);
            threads.shutdownNow();
            database.startAgain();
        }
        ProcessCluster.await("writes to succeed again", () -> {
            try {
                cache.put(1L, new Person(1, "again"));
                return true;
            } catch (CacheWriterException notYet) {
                return false;
            }
        });
        assertThat(database.people()).containsExactly(Map.entry(1L, new Person(1, "again")));
        assertThat(cache.get(1L)).isEqualTo(new Person(1, "again"));
        manager.destroyCache("away");
        database.execute("delete from person");
    }
}
