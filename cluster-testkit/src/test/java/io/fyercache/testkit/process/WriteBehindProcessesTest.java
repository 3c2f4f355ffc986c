package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members that are processes, that write behind to a database, and of which one after the other is killed. */
class WriteBehindProcessesTest {
    private static final int MEMBERS = 3;
    private static final int THREADS = 4;
    private static final int KEYS_PER_THREAD = 200;
    private static final int CHANGES_BETWEEN_KILLS = 400;

    @TempDir
    private static Path folder;

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final List<MemberProcess> members = new ArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private TestingServer zooKeeper;
    private CountedDatabase database;
    private CacheManager manager;
    private int started;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new TestingServer();
        database = CountedDatabase.start(folder, 1);
        for (int i = 0; i < MEMBERS; i++) {
            launch();
        }
        members.forEach(MemberProcess::awaitJoined);
        manager = provider.getCacheManager(
                URI.create(uri() + "&role=client"), getClass().getClassLoader());
        SettledCluster.await(manager, MEMBERS);
    }

    @AfterEach
    void end() throws Exception {
        provider.close();
        members.forEach(MemberProcess::close);
        database.close();
        zooKeeper.close();
    }

    private String uri() {
        return "zk://" + zooKeeper.getConnectString() + "/behind?partitions=32&connectTimeout=1s";
    }

    private void launch() throws Exception {
        String name = "behind" + started++;
        members.add(MemberProcess.launch(
                URI.create(uri() + "&name=" + name), "-Xmx256m", "-XX:TieredStopAtLevel=1", database.optionOf(name)));
    }

    @SuppressWarnings("unchecked") // It was made with these types.
    private FyerCache<Long, Person> cache() {
        return manager.createCache(
                        "behind",
                        FyerConfiguration.builder(Long.class, Person.class)
                                .readThrough(true)
                                .writeThrough(true)
                                .loader(JdbcCacheLoader.builder(Long.class, Person.class)
                                        .dataSource("people")
                                        .table("person")
                                        .factory())
                                .writer(JdbcCacheWriter.builder(Long.class, Person.class)
                                        .dataSource("people")
                                        .table("person")
                                        .factory())
                                .writeBehind(WriteBehindOptions.after(Duration.ofMillis(300)))
                                .build())
                .unwrap(FyerCache.class);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void primariesAreKilled_theTableHasEveryAcknowledgedChange() throws Exception {
        kill(2);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void primariesAreKilled_fiftyTimes() throws Exception {
        kill(50);
    }

    private void kill(int times) throws Exception {
        FyerCache<Long, Person> cache = cache();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Map<Long, Person>>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                ends.add(threads.submit(() -> change(cache, own, over)));
            }
            for (int time = 0; time < times; time++) {
                int before = changes.get();
                ProcessCluster.await("changes", () -> changes.get() - before > CHANGES_BETWEEN_KILLS);
                members.remove(0).kill(); // It leads a third of the partitions.
                launch();
                members.get(members.size() - 1).awaitJoined();
                SettledCluster.await(manager, MEMBERS);
            }
            over.set(true);
            Map<Long, Person> expected = new TreeMap<>();
            for (Future<Map<Long, Person>> end : ends) {
                expected.putAll(end.get(1, TimeUnit.MINUTES));
            }
            ProcessCluster.await(
                    "all to be written", () -> cache.writeBehind().orElseThrow().depth() == 0);
            assertThat(cache.writeBehind().orElseThrow().deadLetterCount()).isZero();
            assertThat(database.people()).isEqualTo(expected);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** Changes keys that no other thread does; returns what each has in the end. */
    private Map<Long, Person> change(FyerCache<Long, Person> cache, int thread, AtomicBoolean over) {
        Map<Long, Person> last = new TreeMap<>();
        Random random = new Random(thread);
        while (!over.get()) {
            long id = (long) thread * KEYS_PER_THREAD + random.nextInt(KEYS_PER_THREAD);
            if (random.nextInt(5) == 0) {
                cache.remove(id);
                last.remove(id);
            } else {
                Person person = new Person(id, "v" + random.nextInt());
                cache.put(id, person);
                last.put(id, person);
            }
            changes.incrementAndGet();
        }
        return last;
    }
}
