package io.fyercache.quickstart;

import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The table {@code jdk_class} in an H2 database of its own, in memory: nothing is left behind when it is closed.
 * Thread-safe.
 */
final class ClassTable implements AutoCloseable {
    static final String NAME = "jdk_class";

    /** The longest key. Class names stay far below; a user's keys may not exceed it. */
    static final int MAX_NAME_CHARACTERS = 1024;

    static final String USER = "sa";

    private static final String KEY = "name";
    private static final int INSERT_BATCH_ROWS = 500;
    /** Each thread holds one connection at a time; loads that the cache runs on threads of its own need some more. */
    private static final int MAX_CONNECTIONS = 2 * Options.MAX_THREADS;

    private final JdbcConnectionPool pool;
    private final String password;

    private ClassTable(JdbcConnectionPool pool, String password) {
        this.pool = pool;
        this.password = password;
    }

    /** Creates the database {@code databaseName} with an empty table. */
    static ClassTable create(String databaseName) throws SQLException {
        String url = "jdbc:h2:mem:" + databaseName + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";
        // Nobody need type it. Whoever could connect without one could run code in this process.
        String password = UUID.randomUUID().toString();
        ClassTable table = new ClassTable(pool(new DatabaseAccess(url, USER, password)), password);
        table.execute("create table " + NAME + " (" + KEY + " varchar(" + MAX_NAME_CHARACTERS + ") primary key,"
                + " module varchar(" + MAX_NAME_CHARACTERS + ") not null,"
                + " superclass varchar(" + MAX_NAME_CHARACTERS + "),"
                + " size int not null, methods int not null)");
        return table;
    }

    private static JdbcConnectionPool pool(DatabaseAccess access) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(access.url(), access.user(), access.password());
        pool.setMaxConnections(MAX_CONNECTIONS);
        return pool;
    }

    /** Returns connections to the table that the job which started this process has made. */
    static JdbcConnectionPool poolOfThisProcess() {
        return pool(DatabaseAccess.ofThisProcess());
    }

    DataSource dataSource() {
        return pool;
    }

    String password() {
        return password;
    }

    /** Returns a loader of this table's rows. */
    CacheLoader<String, ClassRow> loader() {
        return loader(pool);
    }

    /** Returns a loader of the rows of a table in any process. */
    static CacheLoader<String, ClassRow> loader(DataSource database) {
        return JdbcCacheLoader.builder(String.class, ClassRow.class)
                .dataSource(database)
                .table(NAME)
                .keyColumn(KEY)
                .build();
    }

    /** Returns a writer of this table's rows. */
    CacheWriter<String, ClassRow> writer() {
        return writer(pool);
    }

    /** Returns a writer of the rows of a table in any process. */
    static CacheWriter<String, ClassRow> writer(DataSource database) {
        return JdbcCacheWriter.builder(String.class, ClassRow.class)
                .dataSource(database)
                .table(NAME)
                .keyColumn(KEY)
                .build();
    }

    /** Inserts {@code rows} in batches, and says how many each batch held. */
    void insert(List<ClassRow> rows, Consumer<Integer> inserted) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into " + NAME + " (name, module, superclass, size, methods) values (?, ?, ?, ?, ?)")) {
            for (int from = 0; from < rows.size(); from += INSERT_BATCH_ROWS) {
                List<ClassRow> batch = rows.subList(from, Math.min(rows.size(), from + INSERT_BATCH_ROWS));
                for (ClassRow row : batch) {
                    insert.setString(1, row.name());
                    insert.setString(2, row.module());
                    insert.setString(3, row.superclass());
                    insert.setInt(4, row.size());
                    insert.setInt(5, row.methods());
                    insert.addBatch();
                }
                insert.executeBatch();
                inserted.accept(batch.size());
            }
        }
    }

    /** Reads all rows with one query of its own, past the cache and its loader. */
    void forEach(Consumer<ClassRow> reader) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select name, module, superclass, size, methods from " + NAME)) {
            while (rows.next()) {
                reader.accept(new ClassRow(
                        rows.getString(1), rows.getString(2), rows.getString(3), rows.getInt(4), rows.getInt(5)));
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Drops the database. */
    @Override
    public void close() throws SQLException {
        execute("shutdown");
        pool.dispose();
    }
}
