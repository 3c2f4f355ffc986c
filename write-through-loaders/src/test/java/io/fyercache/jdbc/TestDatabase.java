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
import javax.sql.DataSource;

/** A real database with a small pool in front, so that a connection that is not returned is noticed. */
public final class TestDatabase implements AutoCloseable {

    /** Short, as a leak shows by this time passing. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofMillis(500);

    private final HikariDataSource pool;
    /** The test's own way in; it also keeps a database in memory alive. */
    private final Connection own;

    private final String url;

    private TestDatabase(String url, int poolSize) throws SQLException {
        this.url = url;
        this.pool = PoolSettings.builder("test")
                .jdbcUrl(url)
                .maximumPoolSize(poolSize)
                .connectionTimeout(CONNECTION_TIMEOUT)
                .build()
                .open();
        this.own = java.sql.DriverManager.getConnection(url);
    }

    /** On H2, for what is the same with every database. */
    static TestDatabase create(String... ddl) throws SQLException {
        return create(Product.H2, 1, ddl);
    }

    public static TestDatabase create(Product product, int poolSize, String... ddl) throws SQLException {
        return open(Servers.newDatabase(product), poolSize, ddl);
    }

    public static TestDatabase open(String url, int poolSize, String... ddl) throws SQLException {
        TestDatabase database = new TestDatabase(url, poolSize);
        for (String statement : ddl) {
            database.execute(statement);
        }
        return database;
    }

    public DataSource dataSource() {
        return pool;
    }

    Connection connection() {
        return own;
    }

    /** Where it is, with the user's name and password. */
    public String url() {
        return url;
    }

    public int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    public void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = own.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    /** The first column of each row. */
    public List<Object> column(String sql) throws SQLException {
        return column(sql, 1);
    }

    /** One column of each row, counting from 1. */
    List<Object> column(String sql, int index) throws SQLException {
        List<Object> values = new ArrayList<>();
        try (Statement statement = own.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getObject(index));
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
