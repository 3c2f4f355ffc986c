package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.StatementSource;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A mapped table in a database: hands out connections, statements with the timeout set, and the dialect.
 *
 * <p>Thread-safe.
 */
final class TableAccess<K, V> {

    private final EntityMapping<K, V> mapping;
    private final DataSource dataSource;
    private final int timeoutSeconds;

    /** Found by the first connection unless configured. Two threads may find it at once, and find the same. */
    private volatile @Nullable Dialect dialect;

    TableAccess(EntityMapping<K, V> mapping, DataSource dataSource, @Nullable Dialect dialect, int timeoutSeconds) {
        this.mapping = mapping;
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.timeoutSeconds = timeoutSeconds;
    }

    EntityMapping<K, V> mapping() {
        return mapping;
    }

    Connection connect() throws SQLException {
        return dataSource.getConnection();
    }

    Dialect dialect(Connection connection) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(connection);
            dialect = known;
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
