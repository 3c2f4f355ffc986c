package io.fyercache.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.fyercache.jdbc.datasource.PoolSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** A real H2 database in memory with a small pool in front, so that a connection that is not returned is noticed. */
final class TestDatabase implements AutoCloseable {

    /** Short, as a leak shows by this time passing. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofMillis(500);

    private final HikariDataSource pool;
    /** The test's own way in; it also keeps the database alive. */
    private final Connection own;

    private TestDatabase(String url, int poolSize) throws SQLException {
        this.pool = PoolSettings.builder("test")
                .jdbcUrl(url)
                .maximumPoolSize(poolSize)
                .connectionTimeout(CONNECTION_TIMEOUT)
                .build()
                .open();
        this.own = java.sql.DriverManager.getConnection(url);
    }

    static TestDatabase create(String... ddl) throws SQLException {
        return create(1, ddl);
    }

    static TestDatabase create(int poolSize, String... ddl) throws SQLException {
        return open("jdbc:h2:mem:" + UUID.randomUUID(), poolSize, ddl);
    }

    static TestDatabase open(String url, int poolSize, String... ddl) throws SQLException {
        TestDatabase database = new TestDatabase(url, poolSize);
        for (String statement : ddl) {
            database.execute(statement);
        }
        return database;
    }

    DataSource dataSource() {
        return pool;
    }

    Connection connection() {
        return own;
    }

    int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = own.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    /** The first column of each row. */
    List<Object> column(String sql) throws SQLException {
        List<Object> values = new ArrayList<>();
        try (Statement statement = own.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        own.close();
    }
}
