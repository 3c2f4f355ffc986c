package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.server.DatabaseServer;
import io.fyercache.jdbc.server.PostgresServer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints what batches save on PostgreSQL, against a call for each row. It measures, and asserts only that both do the same;
 * docs/databases.md has its figures, and how to run it.
 */
@Tag("nightly")
@Timeout(600)
class DatabaseFiguresTest {

    private static final int ROWS = 10_000;

    /** Odd, for a median; the first round warms up and counts no more than the others. */
    private static final int ROUNDS = 5;

    private static final List<Long> IDS = LongStream.range(0, ROWS).boxed().toList();

    record Person(long id, String familyName, int version) {}

    private final EntityMapping<Long, Person> mapping =
            EntityMapping.builder(Long.class, Person.class).table("person").build();

    @Test
    void batchesAgainstRows_onAServerThatWritesToDisk() throws Exception {
        print("commits reach the disk", PostgresServer.startDurable());
    }

    @Test
    void batchesAgainstRows_onAServerThatDoesNot() throws Exception {
        print("commits stay in memory", PostgresServer.start());
    }

    private void print(String title, DatabaseServer server) throws Exception {
        try (TestDatabase database = TestDatabase.open(
                server.newDatabase("figures"),
                1,
                "create table person (id bigint primary key, family_name varchar(100), version int)")) {
            var writer = JdbcCacheWriter.builder(mapping)
                    .dataSource(database.dataSource())
                    .build();
            var loader = JdbcCacheLoader.builder(mapping)
                    .dataSource(database.dataSource())
                    .build();
            double[] writes = new double[ROUNDS];
            double[] batches = new double[ROUNDS];
            double[] loads = new double[ROUNDS];
            double[] loadAlls = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                int version = round;
                database.execute("truncate person");
                writes[round] = seconds(() ->
                        IDS.forEach(id -> writer.write(entry(id, new Person(id, "name " + id, version)))));
                assertRows(database);
                database.execute("truncate person");
                var entries = Entries.of(IDS, id -> new Person(id, "name " + id, version));
                batches[round] = seconds(() -> writer.writeAll(entries));
                assertRows(database);
                database.execute("analyze person");
                loads[round] = seconds(
                        () -> IDS.forEach(id -> assertThat(loader.load(id)).isNotNull()));
                loadAlls[round] = seconds(() -> assertThat(loader.loadAll(IDS)).hasSize(ROWS));
            }
            System.out.printf("PostgreSQL, %,d rows, median of %d rounds; %s%n", ROWS, ROUNDS, title);
            System.out.printf("  write, row by row  %8.3f s%n", median(writes));
            System.out.printf(
                    "  writeAll           %8.3f s  %6.1f times as fast%n",
                    median(batches), median(writes) / median(batches));
            System.out.printf("  load, row by row   %8.3f s%n", median(loads));
            System.out.printf(
                    "  loadAll            %8.3f s  %6.1f times as fast%n",
                    median(loadAlls), median(loads) / median(loadAlls));
        }
    }

    private static void assertRows(TestDatabase database) throws Exception {
        assertThat(database.column("select count(*) from person")).containsExactly((long) ROWS);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] figures) {
        return Arrays.stream(figures)
                .sorted()
                .skip(figures.length / 2)
                .findFirst()
                .orElseThrow();
    }
}
