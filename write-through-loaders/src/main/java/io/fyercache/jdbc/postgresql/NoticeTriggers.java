package io.fyercache.jdbc.postgresql;

import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.mapping.Column;
import io.fyercache.jdbc.mapping.Identifier;
import io.fyercache.jdbc.mapping.Table;
import io.fyercache.jdbc.mapping.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The triggers by which PostgreSQL, from version 11 on, tells of changes of a table: four on the table, and a function in its schema.
 *
 * <p>Each statement that changes rows sends a notice when its transaction is committed, on the channel {@code fyercache_} with the
 * table's oid: a JSON array of the keys of the rows before and after. A notice has {@value #NOTICE_BYTES} bytes at most, as PostgreSQL takes
 * no more; more keys are sent in several. A key that is longer than that, more than {@value #MAX_ROWS} rows, and {@code TRUNCATE} are
 * told by an empty notice, which stands for all rows.
 *
 * <p>Of a partitioned table, statements on a partition itself are not told, unless it has the triggers too and is followed. Nor are those of
 * sessions with {@code session_replication_role = replica}.
 */
public final class NoticeTriggers {

    /** 7,999 bytes: PostgreSQL refuses a notice of 8,000, and with it the transaction. */
    public static final int NOTICE_BYTES = 7_999;

    /** 10,000 rows of one statement that are told by their keys: of more it is cheaper to say nothing. */
    public static final int MAX_ROWS = 10_000;

    /** Keys are put into notices until these bytes are full; what is left is room for the last of them. */
    private static final int FILL_BYTES = 7_000;

    static final List<String> NAMES =
            List.of("fyercache_insert", "fyercache_update", "fyercache_delete", "fyercache_truncate");

    private static final Identifier FUNCTION = Identifier.parse("fyercache_notice");

    private static final IdentifierRules RULES = IdentifierRules.POSTGRESQL;

    /** The key columns are the trigger's arguments, so that one function serves all tables of a schema. */
    private static final String BODY = """
            DECLARE
                channel text := 'fyercache_' || TG_RELID;
                key_columns text;
                keys text;
                notices text[];
                longest int;
                changed int;
            BEGIN
                IF TG_OP = 'TRUNCATE' THEN
                    PERFORM pg_notify(channel, '');
                    RETURN NULL;
                END IF;
                SELECT string_agg(format('%%L, %%I', name, name), ', ') INTO key_columns FROM unnest(TG_ARGV) AS name;
                keys := CASE TG_OP
                    WHEN 'INSERT' THEN 'SELECT json_build_object(' || key_columns || ')::text AS key FROM new_rows'
                    WHEN 'DELETE' THEN 'SELECT json_build_object(' || key_columns || ')::text AS key FROM old_rows'
                    ELSE 'SELECT json_build_object(' || key_columns || ')::text AS key FROM old_rows UNION '
                        || 'SELECT json_build_object(' || key_columns || ')::text FROM new_rows'
                END;
                EXECUTE 'SELECT array_agg(notice), max(octet_length(notice)), sum(rows) FROM ('
                    || 'SELECT ''['' || string_agg(key, '','') || '']'' AS notice, count(*) AS rows FROM ('
                    || 'SELECT key, sum(octet_length(key) + 1) OVER (ROWS UNBOUNDED PRECEDING) / %d AS part FROM ('
                    || keys || ' LIMIT %d) AS bounded) AS parted GROUP BY part) AS told'
                    INTO notices, longest, changed;
                IF longest > %d OR changed > %d THEN
                    PERFORM pg_notify(channel, '');
                ELSIF changed > 0 THEN
                    PERFORM pg_notify(channel, notice) FROM unnest(notices) AS notice;
                END IF;
                RETURN NULL;
            END
            """.formatted(FILL_BYTES, MAX_ROWS + 1, NOTICE_BYTES, MAX_ROWS);

    private NoticeTriggers() {}

    /**
     * The statements that make the triggers, or make them anew, to be run in one transaction by the table's owner. They lock the table for
     * a moment.
     */
    public static List<String> create(Table table) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE OR REPLACE FUNCTION " + function(table)
                + "() RETURNS trigger LANGUAGE plpgsql AS $fyercache$\n" + BODY + "$fyercache$");
        statements.addAll(dropTriggers(table));
        statements.add(trigger("insert", "REFERENCING NEW TABLE AS new_rows", table));
        statements.add(trigger("update", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows", table));
        statements.add(trigger("delete", "REFERENCING OLD TABLE AS old_rows", table));
        statements.add(trigger("truncate", "", table));
        return statements;
    }

    /** The statements that take the triggers away. The function stays, as other tables of the schema may use it. */
    public static List<String> drop(Table table) {
        return dropTriggers(table);
    }

    /**
     * Runs the statements of {@link #create} in one transaction.
     *
     * @throws SQLException if the database refuses one; nothing has changed then
     */
    public static void create(DataSource dataSource, Table table) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : create(table)) {
                    statement.execute(sql);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private static List<String> dropTriggers(Table table) {
        return NAMES.stream()
                .map(name -> "DROP TRIGGER IF EXISTS " + name + " ON " + RULES.quote(table.name()))
                .toList();
    }

    private static String trigger(String event, String rows, Table table) {
        String keys = table.keyColumns().stream()
                .map(Column::name)
                .map(name -> literal(RULES.fold(name)))
                .collect(Collectors.joining(", "));
        return "CREATE TRIGGER fyercache_" + event + " AFTER " + event.toUpperCase(Locale.ROOT) + " ON "
                + RULES.quote(table.name()) + " " + rows + " FOR EACH STATEMENT EXECUTE FUNCTION " + function(table)
                + "(" + keys + ")";
    }

    /** In the table's schema, where its owner may make one. */
    private static String function(Table table) {
        List<Identifier> path = new ArrayList<>(table.name().path());
        path.set(path.size() - 1, FUNCTION);
        return RULES.quote(new TableName(path));
    }

    /** A string as PostgreSQL writes it, whatever {@code standard_conforming_strings} says. */
    private static String literal(String text) {
        String doubled = text.replace("'", "''");
        return doubled.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
