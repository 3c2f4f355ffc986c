package io.fyercache.jdbc.feed;

import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.mapping.Column;
import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.ColumnTypes;
import io.fyercache.jdbc.mapping.Identifier;
import io.fyercache.jdbc.time.ElapsedTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of any database, found by asking again and again for rows whose column has grown: the time of their last change, or a number
 * that a sequence counts for the whole table. A version that each row counts by itself is no such column.
 *
 * <pre>{@code
 * ChangeFeed.by(Polling.by("changed_at", Instant.class).every(Duration.ofSeconds(1)).build())
 * }</pre>
 *
 * <ul>
 *   <li><b>Deletes are not seen</b>, as a row that is gone has no column, and neither is truncation. Mark rows instead (a column
 *       {@code deleted}, of which the change moves {@code changed_at} too, and a loader that reads a view without them), or have a
 *       table of deleted keys with such a column, and follow it for the same cache. Or let entries expire.
 *   <li>The database sets the column, by a trigger or default, and on each change; it is never NULL. Give it an index.
 *   <li>A row has its value before it is committed. So each poll looks back by {@link Builder#longestTransaction}: changes of
 *       transactions that take longer may be missed. Rows that were seen are not told again.
 *   <li>At first, and when more than {@value #MAX_ROWS} rows have changed in that time, the whole cache is dropped, and once more when the
 *       transactions of that moment are over.
 *   <li>An entry is stale for as long as the interval at most. While the database is away nothing is missed: the next poll has it.
 * </ul>
 *
 * <p>A connection is taken for each poll and returned. Immutable and thread-safe.
 */
public final class Polling implements ChangeSource {

    /** 10,000 rows that one poll looks at, as many as may wait to be dropped; they are remembered until the next one. */
    public static final int MAX_ROWS = 10_000;

    /** 100 ms: what has to be quicker should be told by the database. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    /** 1 h: whoever polls less often wants entries that expire. */
    public static final Duration MAX_INTERVAL = Duration.ofHours(1);

    /** 1 h: longer ones hold up the whole database. */
    public static final Duration MAX_LONGEST_TRANSACTION = Duration.ofHours(1);

    /** 30 s, as for other statements by an index. */
    static final int STATEMENT_TIMEOUT_SECONDS = 30;

    private final Column<?> column;
    private final Duration interval;
    private final Duration longestTransaction;
    private final ElapsedTime time;

    private Polling(Column<?> column, Duration interval, Duration longestTransaction, ElapsedTime time) {
        this.column = column;
        this.interval = interval;
        this.longestTransaction = longestTransaction;
        this.time = time;
    }

    /** By a column of each table that is followed, written as in SQL, and the type that it is read as: a time or a whole number. */
    public static Builder by(String column, Class<?> type) {
        return new Builder(column, type);
    }

    Duration longestTransaction() {
        return longestTransaction;
    }

    @Override
    public Session session(Connections connections, List<FollowedTable<?>> tables) {
        List<PolledTable> polled = tables.stream()
                .map(table -> new PolledTable(table, column, this))
                .toList();
        return new Session() {
            @Override
            public Absence open() throws SQLException {
                try (Connection connection = connections.connect()) {
                    for (PolledTable table : polled) {
                        table.open(connection, time.nanoTime());
                    }
                }
                return Absence.CATCHES_UP;
            }

            @Override
            public Duration hear() throws SQLException {
                try (Connection connection = connections.connect()) {
                    for (PolledTable table : polled) {
                        table.poll(connection, time.nanoTime());
                    }
                }
                return interval;
            }

            @Override
            public void close() {
                // Each poll has returned its connection.
            }
        };
    }

    /** {@code Polling[column=changed_at, every=PT1S, longestTransaction=PT1M]}. */
    @Override
    public String toString() {
        return "Polling[column=" + column + ", every=" + interval + ", longestTransaction=" + longestTransaction + "]";
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private final String column;
        private final Class<?> type;
        private Duration interval = Duration.ofSeconds(1);
        private Duration longestTransaction = Duration.ofMinutes(1);

        private Builder(String column, Class<?> type) {
            this.column = column;
            this.type = type;
        }

        /** How long to wait after a poll, 100 ms to 1 h. Default: 1 s. */
        public Builder every(Duration interval) {
            this.interval = interval;
            return this;
        }

        /** How long after its value a row may be committed, 0 to 1 h. Default: 1 min. */
        public Builder longestTransaction(Duration longestTransaction) {
            this.longestTransaction = longestTransaction;
            return this;
        }

        /**
         * The source.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings
         */
        public Polling build() {
            return build(ElapsedTime.OF_MACHINE);
        }

        Polling build(ElapsedTime time) {
            Faults faults = new Faults("Polling");
            Identifier name = null;
            try {
                name = Identifier.parse(column);
            } catch (IllegalArgumentException e) {
                faults.add("column", column, String.valueOf(e.getMessage()), "write it as in SQL: changed_at");
            }
            ColumnType<?> columnType =
                    type == String.class ? null : ColumnTypes.standard().find(type);
            if (columnType == null || !Comparable.class.isAssignableFrom(columnType.javaType())) {
                faults.add("type", type.getTypeName(), "a time or a number", "use Instant, LocalDateTime or Long");
            }
            check(faults, "every", interval, MIN_INTERVAL, MAX_INTERVAL);
            check(faults, "longestTransaction", longestTransaction, Duration.ZERO, MAX_LONGEST_TRANSACTION);
            faults.throwIfAny();
            return new Polling(columnOf(name, columnType), interval, longestTransaction, time);
        }

        private static Column<?> columnOf(@Nullable Identifier name, @Nullable ColumnType<?> type) {
            if (name == null || type == null) {
                throw new IllegalStateException("no column, and no fault");
            }
            return new Column<>(name, type);
        }

        private static void check(Faults faults, String setting, Duration given, Duration least, Duration most) {
            if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
                faults.add(setting, given.toString(), least + ".." + most, "choose a duration in the range");
            }
        }
    }
}
