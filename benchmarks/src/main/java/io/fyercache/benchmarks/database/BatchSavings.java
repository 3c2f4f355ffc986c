package io.fyercache.benchmarks.database;

import io.fyercache.benchmarks.database.PersonTable.Person;
import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import javax.cache.Cache;

/** What batches save, against a call for each row: 10,000 rows, written and loaded both ways in turn by one thread. */
final class BatchSavings {
    private static final int ROWS = 10_000;

    /** Odd, for a median; the first round warms up and counts no more than the others. */
    private static final int ROUNDS = 5;

    private static final double WRITE_TARGET = 5;

    private static final double LOAD_TARGET = 10;

    private static final List<Long> IDS = LongStream.range(0, ROWS).boxed().toList();

    private final PersonTable table;
    private final JdbcCacheWriter<Long, Person> writer;
    private final JdbcCacheLoader<Long, Person> loader;

    BatchSavings(PersonTable table) {
        this.table = table;
        this.writer = table.writer();
        this.loader = table.loader();
    }

    void print(PrintStream console) throws SQLException {
        double[] writes = new double[ROUNDS];
        double[] batches = new double[ROUNDS];
        double[] loads = new double[ROUNDS];
        double[] loadAlls = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Collection<Cache.Entry<? extends Long, ? extends Person>> entries = entries(round);
            writes[round] = seconds(() -> entries.forEach(writer::write));
            table.requireRows(ROWS);
            table.clear();
            batches[round] = seconds(() -> writer.writeAll(entries));
            table.requireRows(ROWS);
            loads[round] = seconds(() -> IDS.forEach(loader::load));
            loadAlls[round] = seconds(() -> loader.loadAll(IDS));
            table.clear();
        }
        console.printf("%,d rows, medians of %d rounds, in seconds%n", ROWS, ROUNDS);
        print(console, "writeAll", DatabaseRun.median(writes), DatabaseRun.median(batches), WRITE_TARGET);
        print(console, "loadAll", DatabaseRun.median(loads), DatabaseRun.median(loadAlls), LOAD_TARGET);
    }

    private static void print(PrintStream console, String what, double byRow, double together, double target) {
        double ratio = byRow / together;
        console.printf(
                "%-8s  row by row %.3f, as a batch %.3f: %.1f times as fast (target: %.0f, %s)%n",
                what, byRow, together, ratio, target, DatabaseRun.judge(ratio >= target));
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return DatabaseRun.seconds(start);
    }

    private static Collection<Cache.Entry<? extends Long, ? extends Person>> entries(int version) {
        Collection<Cache.Entry<? extends Long, ? extends Person>> entries = new ArrayList<>();
        IDS.forEach(id -> entries.add(new PersonEntry(id, Person.of(id, version))));
        return entries;
    }

    /** An entry as a cache hands it to its writer. */
    private record PersonEntry(Long key, Person value) implements Cache.Entry<Long, Person> {
        @Override
        public Long getKey() {
            return key;
        }

        @Override
        public Person getValue() {
            return value;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new IllegalArgumentException(type.getName() + " (expected: nothing; it is an entry and no more)");
        }
    }
}
