package io.fyercache.benchmarks;

import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import io.fyercache.jdbc.datasource.PoolSettings;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.sql.DataSource;

/**
 * Measures what batches save on a database, against a call for each row: 10,000 rows of three columns, written and loaded both ways in turn. Prints the
 * medians, their ratios and the targets. {@code docs/databases.md} has figures.
 */
public final class DatabaseRun {
    private static final int ROWS = 10_000;

    /** Odd, for a median; the first round warms up and counts no more than the others. */
    private static final int ROUNDS = 5;

    private static final double WRITE_TARGET = 5;

    private static final double LOAD_TARGET = 10;

    private static final int EXIT_BAD_OPTION = 2;

    private static final String TABLE = "fyercache_benchmark";

    private static final List<Long> IDS = LongStream.range(0, ROWS).boxed().toList();

    private record Person(long id, String familyName, int version) {}

    private final DataSource database;
    private final JdbcCacheWriter<Long, Person> writer;
    private final JdbcCacheLoader<Long, Person> loader;

    private DatabaseRun(DataSource database) {
        EntityMapping<Long, Person> mapping =
                EntityMapping.builder(Long.class, Person.class).table(TABLE).build();
        this.database = database;
        this.writer = JdbcCacheWriter.builder(mapping).dataSource(database).build();
        this.loader = JdbcCacheLoader.builder(mapping).dataSource(database).build();
    }

    /**
     * Runs it, in a table of its own, which it makes and drops. Ends with code 2 for a bad argument.
     *
     * @param arguments the JDBC URL of a PostgreSQL database, with user and password
     */
    public static void main(String... arguments) throws SQLException {
        if (arguments.length != 1 || !arguments[0].startsWith("jdbc:")) {
            System.err.println("arguments: " + arguments.length
                    + " (expected: the JDBC URL of a database in which a table may be made)");
            System.exit(EXIT_BAD_OPTION);
        }
        PoolSettings settings = PoolSettings.builder("benchmark")
                .jdbcUrl(arguments[0])
                .maximumPoolSize(1)
                .build();
        try (var pool = settings.open()) {
            new DatabaseRun(pool).print(System.out);
        }
    }

    private void print(PrintStream console) throws SQLException {
        execute("create table " + TABLE + " (id bigint primary key, family_name varchar(100), version int)");
        try {
            double[] writes = new double[ROUNDS];
            double[] batches = new double[ROUNDS];
            double[] loads = new double[ROUNDS];
            double[] loadAlls = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                Collection<Cache.Entry<? extends Long, ? extends Person>> entries = entries(round);
                writes[round] = seconds(() -> entries.forEach(writer::write));
                requireRows();
                execute("delete from " + TABLE);
                batches[round] = seconds(() -> writer.writeAll(entries));
                requireRows();
                loads[round] = seconds(() -> IDS.forEach(loader::load));
                loadAlls[round] = seconds(() -> loader.loadAll(IDS));
                execute("delete from " + TABLE);
            }
            console.printf("%,d rows, medians of %d rounds, in seconds%n", ROWS, ROUNDS);
            print(console, "writeAll", median(writes), median(batches), WRITE_TARGET);
            print(console, "loadAll", median(loads), median(loadAlls), LOAD_TARGET);
        } finally {
            execute("drop table " + TABLE);
        }
    }

    private static void print(PrintStream console, String what, double byRow, double together, double target) {
        double ratio = byRow / together;
        console.printf(
                "%-8s  row by row %.3f, as a batch %.3f: %.1f times as fast (target: %.0f, %s)%n",
                what, byRow, together, ratio, target, ratio >= target ? "met" : "missed");
    }

    private void requireRows() {
        int found = loader.loadAll(IDS).size();
        if (found != ROWS) {
            throw new IllegalStateException("rows: " + found + " (expected: " + ROWS + ")");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Collection<Cache.Entry<? extends Long, ? extends Person>> entries(int version) {
        Collection<Cache.Entry<? extends Long, ? extends Person>> entries = new ArrayList<>();
        IDS.forEach(id -> entries.add(new PersonEntry(id, new Person(id, "name " + id, version))));
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
