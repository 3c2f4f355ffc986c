package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jdbc.mapping.EntityMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;

/** Eight threads on one loader, one writer and few rows. */
@OnEveryDatabase
@Timeout(60)
class ConcurrentUseTest {

    private static final int THREADS = 8;

    private static final int ROUNDS = 40;

    @Parameter
    Setting setting;

    record Counter(long id, int thread, int round) {}

    private final EntityMapping<Long, Counter> mapping =
            EntityMapping.builder(Long.class, Counter.class).table("counter").build();

    /** All threads insert the same new rows at once: the race that an upsert has to win. */
    @Test
    void writesOfTheSameNewRow_allSucceed() throws Exception {
        try (TestDatabase database = counters(THREADS)) {
            var writer = writer(database);
            CyclicBarrier start = new CyclicBarrier(THREADS);
            inParallel(thread -> {
                for (int round = 0; round < ROUNDS; round++) {
                    // Bounded, so that the failure of one thread shows instead of the waiting of the others.
                    start.await(10, TimeUnit.SECONDS);
                    writer.write(entry((long) round, new Counter(round, thread, round)));
                }
                return null;
            });
            assertThat(database.column("select id from counter order by id")).hasSize(ROUNDS);
        }
    }

    /** Rows in opposite orders, as maps have them, would lock each other out; they are written in one order. */
    @Test
    void batchesInOppositeOrders_areAllWritten() throws Exception {
        try (TestDatabase database = counters(THREADS)) {
            AtomicInteger rollbacks = new AtomicInteger();
            var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
                if (method.equals("rollback")) {
                    rollbacks.incrementAndGet();
                }
            });
            var writer = writer(observed.dataSource());
            List<Long> up = LongStream.range(0, 20).boxed().toList();
            List<Long> down = new ArrayList<>(up);
            Collections.reverse(down);
            inParallel(thread -> {
                for (int round = 0; round < ROUNDS; round++) {
                    int written = round;
                    var entries = Entries.of(thread % 2 == 0 ? up : down, id -> new Counter(id, thread, written));
                    writer.writeAll(entries);
                    assertThat(entries).isEmpty();
                }
                return null;
            });
            assertThat(database.column("select distinct round from counter")).containsExactly(ROUNDS - 1);
            if (setting == Setting.POSTGRESQL) {
                // The others may refuse a transaction for locks of gaps, or because a row has changed meanwhile.
                assertThat(rollbacks).hasValue(0);
            }
        }
    }

    /** More threads than connections: they wait for each other, and none keeps what it took. */
    @Test
    void readersAndWriters_shareTwoConnections() throws Exception {
        try (TestDatabase database = counters(2)) {
            var writer = writer(database);
            var loader = setting.with(JdbcCacheLoader.builder(mapping).dataSource(database.dataSource()))
                    .build();
            inParallel(thread -> {
                long own = 100L + thread;
                for (int round = 0; round < ROUNDS; round++) {
                    Counter counter = new Counter(own, thread, round);
                    writer.write(entry(own, counter));
                    assertThat(loader.load(own)).isEqualTo(counter);
                    assertThat(loader.loadAll(List.of(own, -1L))).containsOnlyKeys(own);
                }
                writer.delete(own);
                return null;
            });
            assertThat(database.column("select id from counter")).isEmpty();
            assertThat(database.connectionsInUse()).isZero();
        }
    }

    private TestDatabase counters(int connections) throws Exception {
        // By default MariaDB locks the gap that an update finds empty, and inserts that race deadlock again and again.
        String isolation =
                setting == Setting.MARIADB_BY_STANDARD ? "&sessionVariables=tx_isolation='READ-COMMITTED'" : "";
        return TestDatabase.open(
                Servers.newDatabase(setting.product()) + isolation,
                connections,
                "create table counter (id bigint primary key, thread int, round int)");
    }

    private JdbcCacheWriter<Long, Counter> writer(TestDatabase database) {
        return writer(database.dataSource());
    }

    private JdbcCacheWriter<Long, Counter> writer(DataSource dataSource) {
        return setting.with(JdbcCacheWriter.builder(mapping).dataSource(dataSource))
                .build();
    }

    /** A thread's work. */
    private interface Work {
        Void run(int thread) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                all.add(() -> work.run(thread));
            }
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
