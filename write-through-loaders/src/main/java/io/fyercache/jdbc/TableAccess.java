package io.fyercache.jdbc;

import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.RowOperation;
import io.fyercache.jdbc.dialect.StatementSource;
import io.fyercache.jdbc.mapping.Column;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.Table;
import io.fyercache.jdbc.through.FailureText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mapped table in a database: hands out connections, statements with the timeout set, and what the dialect
 * does with the table.
 *
 * <p>Thread-safe.
 */
final class TableAccess<K, V> {

    private final EntityMapping<K, V> mapping;
    private final Connections connections;
    private final int timeoutSeconds;

    private final @Nullable Dialect configured;

    /** Known with the first connection. Two threads may find them at once, and find the same. */
    private volatile @Nullable Operations operations;

    /** What is done with the table, in the words of its database. */
    record Operations(Dialect dialect, RowOperation upsert, RowOperation delete) {}

    TableAccess(
            EntityMapping<K, V> mapping, Connections connections, @Nullable Dialect configured, int timeoutSeconds) {
        this.mapping = mapping;
        this.connections = connections;
        this.configured = configured;
        this.timeoutSeconds = timeoutSeconds;
    }

    EntityMapping<K, V> mapping() {
        return mapping;
    }

    /** Words for what cannot be done, {@code cannot load from}, with the table. */
    FailureText failureText(String action) {
        Table table = mapping.table();
        return new FailureText(
                action + " table " + table.name(),
                "key columns "
                        + table.keyColumns().stream().map(Column::toString).collect(Collectors.joining(", ")));
    }

    Connection connect() throws SQLException {
        return connections.connect();
    }

    /** No connection will be needed any more. */
    void close() {
        connections.close();
    }

    Operations operations(Connection connection) throws SQLException {
        Operations known = operations;
        if (known == null) {
            Dialect dialect = configured == null ? Dialect.of(connection) : configured;
            known = new Operations(dialect, dialect.upsert(mapping.table()), dialect.delete(mapping.table()));
            operations = known;
        }
        return known;
    }

    StatementSource statements(Connection connection) {
        return sql -> {
            PreparedStatement statement = connection.prepareStatement(sql);
            try {
                statement.setQueryTimeout(timeoutSeconds);
                return statement;
            } catch (SQLException | RuntimeException e) {
                statement.close();
                throw e;
            }
        };
    }
}
