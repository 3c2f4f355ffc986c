package io.fyercache.jdbc.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Where a loader or writer takes its connections from, for as long as it is used.
 *
 * <p>Thread-safe.
 */
public interface Connections extends AutoCloseable {

    /**
     * A connection, which the caller closes.
     *
     * @throws SQLException if none is to be had
     * @throws IllegalStateException after {@link #close}, where the pool is shared by its users
     */
    Connection connect() throws SQLException;

    /** Says that this user needs no more. A shared pool ends with its last user. May be called more than once. */
    @Override
    void close();

    /** Those of a data source that is its owner's to close. */
    static Connections of(DataSource dataSource) {
        return new Connections() {
            @Override
            public Connection connect() throws SQLException {
                return dataSource.getConnection();
            }

            @Override
            public void close() {
                // It is not ours.
            }
        };
    }
}
