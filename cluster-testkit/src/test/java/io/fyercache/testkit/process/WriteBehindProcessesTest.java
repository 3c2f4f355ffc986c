package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members that are processes, and write behind to a database: one after the other is killed, or nobody gets into the database. */
class WriteBehindProcessesTest {
    private static final int THREADS = 4;
    private static final int KEYS_PER_THREAD = 200;
    private static final int CHANGES_BETWEEN_KILLS = 400;

    @TempDir
    private static Path folder;

    /** What happens while threads change the cache. */
    private interface Happening {
        void happen(FyerCache<Long, Person> cache) throws Exception;
    }

    private final AtomicInteger changes = new AtomicInteger();
    private WritingMembers members;

    @BeforeEach
    void start() throws Exception {
        members = new WritingMembers("behind", folder);
    }

    @AfterEach
    void end() throws Exception {
        members.close();
    }

    @SuppressWarnings("unchecked") // It was made with these types.
    private FyerCache<Long, Person> cache() {
        return members.manager()
                .createCache(
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
        changeDuring(cache -> {
            for (int time = 0; time < times; time++) {
                awaitChanges(changes.get() + CHANGES_BETWEEN_KILLS);
                members.replace(members.oldest());
            }
        });
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void databaseIsAway_changesGoOn_andTheTableHasThemAfterwards() throws Exception {
        stayAway(Duration.ZERO);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void databaseIsAway_forTenSeconds() throws Exception {
        stayAway(Duration.ofSeconds(10));
    }

    private void stayAway(Duration time) throws Exception {
        changeDuring(cache -> {
            awaitChanges(CHANGES_BETWEEN_KILLS);
            members.database().stop();
            long beganNanos = System.nanoTime();
            try {
                ProcessCluster.await(
                        "the writer to fail",
                        () -> cache.writeBehind().orElseThrow().failures() > 0);
                awaitChanges(changes.get() + CHANGES_BETWEEN_KILLS);
                ProcessCluster.await("the end of the time", () -> System.nanoTime() - beganNanos >= time.toNanos());
            } finally {
                members.database().startAgain();
            }
        });
    }

    private void awaitChanges(int count) {
        ProcessCluster.await("changes", () -> changes.get() > count);
    }

    /** Has threads change the cache as long as something happens. Afterwards the table has what they have left, and nothing else. */
    private void changeDuring(Happening happening) throws Exception {
        FyerCache<Long, Person> cache = cache();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Map<Long, Person>>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                ends.add(threads.submit(() -> change(cache, own, over)));
            }
            happening.happen(cache);
            over.set(true);
            Map<Long, Person> expected = new TreeMap<>();
            for (Future<Map<Long, Person>> end : ends) {
                expected.putAll(end.get(1, TimeUnit.MINUTES));
            }
            ProcessCluster.await(
                    "all to be written", () -> cache.writeBehind().orElseThrow().depth() == 0);
            assertThat(cache.writeBehind().orElseThrow().deadLetterCount()).isZero();
            assertThat(members.database().people()).isEqualTo(expected);
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
                assertThat(cache.get(id)).isEqualTo(person);
            }
            changes.incrementAndGet();
        }
        return last;
    }
}
