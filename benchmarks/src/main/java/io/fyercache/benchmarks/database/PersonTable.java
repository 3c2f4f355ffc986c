package io.fyercache.benchmarks.database;

import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A table of three columns, which is made when it is opened, and dropped when it is closed. Its connections are whose pool it is. */
final class PersonTable implements AutoCloseable {
    private static final String NAME = "fyercache_benchmark";

    private final DataSource database;
    private final EntityMapping<Long, Person> mapping =
            EntityMapping.builder(Long.class, Person.class).table(NAME).build();

    /** A row. */
    record Person(long id, String familyName, int version) {
        static Person of(long id, int version) {
            return new Person(id, "name " + id, version);
        }
    }

    private PersonTable(DataSource database) {
        this.database = database;
    }

    static PersonTable open(DataSource database) throws SQLException {
        PersonTable table = new PersonTable(database);
        table.execute("create table " + NAME + " (id bigint primary key, family_name varchar(100), version int)");
        return table;
    }

    JdbcCacheWriter<Long, Person> writer() {
        return JdbcCacheWriter.builder(mapping).dataSource(database).build();
    }

    JdbcCacheLoader<Long, Person> loader() {
        return JdbcCacheLoader.builder(mapping).dataSource(database).build();
    }

    /** Removes all rows. */
    void clear() throws SQLException {
        execute("delete from " + NAME);
    }

    /** Fails unless there are as many rows: a figure of a run that has not done its work is none. */
    void requireRows(long expected) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + NAME)) {
            rows.next();
            if (rows.getLong(1) != expected) {
                throw new IllegalStateException("rows: " + rows.getLong(1) + " (expected: " + expected + ")");
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("drop table " + NAME);
    }
}
