package io.fyercache.jdbc.postgresql;

import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.feed.ChangeSource.Session;
import io.fyercache.jdbc.feed.FollowedTable;
import io.fyercache.jdbc.feed.UnheardTableException;
import io.fyercache.jdbc.mapping.MappingException;
import io.fyercache.jdbc.mapping.RowKey;
import io.fyercache.jdbc.mapping.Table;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A session of PostgreSQL that listens. Used by one thread. */
final class NoticeSession implements Session {

    private static final Logger LOGGER = System.getLogger(NoticeSession.class.getName());

    /** 500 ms for which it waits for notices, which end the wait: so long an idle session goes unasked, and closing may take. */
    private static final int WAIT_MILLIS = 500;

    /** 10 s for an answer: a statement here takes milliseconds, and a network that swallows packets says nothing. */
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    /** 100 notices that are read by one statement: 800 kB. */
    private static final int NOTICES_AT_ONCE = 100;

    /** Class 22, data exception: a notice that is no key of the table. */
    private static final String DATA_EXCEPTION = "22";

    private static final String CHANNEL = "fyercache_";

    private static final IdentifierRules RULES = IdentifierRules.POSTGRESQL;

    private static final String OID = "SELECT CAST(CAST(? AS regclass) AS oid)";

    /** Those that fire in an ordinary session. */
    private static final String TRIGGERS =
            "SELECT tgrelid, count(*) FROM pg_trigger WHERE tgrelid = ANY(CAST(? AS oid[]))"
                    + " AND tgname = ANY(?) AND tgenabled IN ('O', 'A') GROUP BY tgrelid";

    private final Connections connections;
    private final List<FollowedTable<?>> tables;

    private @Nullable Connection connection;

    /** By the oids that the tables have in this session. Several caches may follow one table. */
    private Map<Long, List<FollowedTable<?>>> byOid = new TreeMap<>();

    NoticeSession(Connections connections, List<FollowedTable<?>> tables) {
        this.connections = connections;
        this.tables = tables;
    }

    @Override
    public Absence open() throws SQLException {
        Connection opened = connections.connect();
        connection = opened;
        if (!opened.isWrapperFor(PGConnection.class)) {
            throw new UnheardTableException("the data source of " + tables + ": connections of "
                    + opened.getClass().getName()
                    + " (expected: of PostgreSQL's driver); poll other databases");
        }
        opened.setAutoCommit(true);
        opened.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        byOid = new TreeMap<>();
        for (FollowedTable<?> table : tables) {
            byOid.computeIfAbsent(oidOf(table, opened), oid -> new ArrayList<>())
                    .add(table);
        }
        try (Statement listen = opened.createStatement()) {
            for (long oid : byOid.keySet()) {
                listen.execute("LISTEN " + CHANNEL + oid);
            }
        }
        requireTriggers(opened);
        return Absence.LOSES;
    }

    private static long oidOf(FollowedTable<?> table, Connection opened) throws SQLException {
        try (PreparedStatement statement = opened.prepareStatement(OID)) {
            statement.setString(1, RULES.quote(table.mapping().table().name()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void requireTriggers(Connection opened) throws SQLException {
        Map<Long, Integer> present = new TreeMap<>();
        try (PreparedStatement statement = opened.prepareStatement(TRIGGERS)) {
            statement.setArray(1, opened.createArrayOf("int8", byOid.keySet().toArray()));
            statement.setArray(2, opened.createArrayOf("text", NoticeTriggers.NAMES.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    present.put(row.getLong(1), row.getInt(2));
                }
            }
        }
        byOid.forEach((oid, followed) -> {
            int count = present.getOrDefault(oid, 0);
            if (count != NoticeTriggers.NAMES.size()) {
                throw new UnheardTableException(followed.get(0) + ": " + count + " triggers (expected: "
                        + NoticeTriggers.NAMES + ", enabled); run the statements of NoticeTriggers.create");
            }
        });
    }

    @Override
    public Duration hear() throws SQLException {
        Connection opened = connection;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        tell(opened, opened.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS));
        // Asks the server, too: it has sent before its answer what was told before.
        requireTriggers(opened);
        tell(opened, opened.unwrap(PGConnection.class).getNotifications());
        return Duration.ZERO;
    }

    private void tell(Connection opened, PGNotification @Nullable [] notices) throws SQLException {
        if (notices == null) {
            return;
        }
        Map<String, List<String>> byChannel = new TreeMap<>();
        for (PGNotification notice : notices) {
            byChannel
                    .computeIfAbsent(notice.getName(), channel -> new ArrayList<>())
                    .add(notice.getParameter());
        }
        for (Map.Entry<Long, List<FollowedTable<?>>> followed : byOid.entrySet()) {
            List<String> payloads = byChannel.getOrDefault(CHANNEL + followed.getKey(), List.of());
            for (FollowedTable<?> table : followed.getValue()) {
                tell(opened, table, payloads);
            }
        }
    }

    private static void tell(Connection opened, FollowedTable<?> table, List<String> notices) throws SQLException {
        if (notices.contains("")) {
            table.everythingChanged();
            return;
        }
        for (int from = 0; from < notices.size(); from += NOTICES_AT_ONCE) {
            List<String> some = notices.subList(from, Math.min(notices.size(), from + NOTICES_AT_ONCE));
            try {
                table.changed(keys(opened, table, some));
            } catch (MappingException e) {
                unreadable(table, e);
            } catch (SQLException e) {
                if (!String.valueOf(e.getSQLState()).startsWith(DATA_EXCEPTION)) {
                    throw e;
                }
                unreadable(table, e);
            }
        }
    }

    /** The keys that notices have, as the database reads them: it knows the columns' types. */
    private static List<RowKey> keys(Connection opened, FollowedTable<?> table, List<String> notices)
            throws SQLException {
        try (PreparedStatement statement =
                opened.prepareStatement(keysOfJson(table.mapping().table()))) {
            statement.setString(1, notices.stream().collect(Collectors.joining(", ", "[", "]")));
            List<RowKey> keys = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(table.mapping().readKey(row));
                }
            }
            return keys;
        }
    }

    private static String keysOfJson(Table table) {
        String columns = table.keyColumns().stream()
                .map(column -> "changed." + RULES.quote(column.name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM json_array_elements(CAST(? AS json)) AS told (notice),"
                + " json_populate_recordset(CAST(NULL AS " + RULES.quote(table.name()) + "), told.notice) AS changed";
    }

    private static void unreadable(FollowedTable<?> table, Exception why) {
        LOGGER.log(
                Level.WARNING,
                "a notice of " + table + " is no list of its keys (expected: one of its triggers); all its entries are"
                        + " dropped",
                why);
        table.everythingChanged();
    }

    @Override
    public void close() {
        Connection opened = connection;
        connection = null;
        if (opened == null) {
            return;
        }
        try (opened) {
            if (!opened.isClosed()) {
                try (Statement statement = opened.createStatement()) {
                    statement.execute("UNLISTEN *");
                }
            }
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "a session that is broken cannot be given back in order", e);
        }
    }
}
