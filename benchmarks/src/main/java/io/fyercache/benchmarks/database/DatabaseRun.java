package io.fyercache.benchmarks.database;

import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.jdbc.datasource.PoolSettings;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;

/**
 * Measures loaders and writers on a database: what batches save, and what writing behind does. Prints medians, ratios and targets;
 * {@code docs/databases.md} has figures.
 */
public final class DatabaseRun {
    private static final int EXIT_BAD_OPTION = 2;

    private DatabaseRun() {}

    /**
     * Runs it, in a table of its own, which it makes and drops. Ends with code 2 for a bad argument.
     *
     * @param arguments the JDBC URL of a PostgreSQL database, with user and password
     */
    public static void main(String... arguments) throws SQLException, InterruptedException, ExecutionException {
        if (arguments.length != 1 || !arguments[0].startsWith("jdbc:")) {
            System.err.println("arguments: " + arguments.length
                    + " (expected: the JDBC URL of a database in which a table may be made)");
            System.exit(EXIT_BAD_OPTION);
        }
        PoolSettings settings = PoolSettings.builder("benchmark")
                .jdbcUrl(arguments[0])
                .maximumPoolSize(WriteBehindRate.THREADS)
                .build();
        try (var pool = settings.open();
                PersonTable table = PersonTable.open(pool)) {
            new BatchSavings(table).print(System.out);
            new WriteBehindRate(table).print(System.out);
        }
    }

    static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    static double median(double... figures) {
        return new Measured(Arrays.stream(figures).boxed().toList()).median();
    }

    static String judge(boolean met) {
        return met ? "met" : "missed";
    }
}
