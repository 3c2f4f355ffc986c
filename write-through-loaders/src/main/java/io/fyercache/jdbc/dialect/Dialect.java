package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Table;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A database's way of saying what loader and writer need.
 *
 * <p>Implement it for a database that {@link StandardDialect} serves badly or for statements of your own, and give it
 * to the builder. Thread rule: immutable, used by any number of threads.
 */
public interface Dialect {

    /**
     * The search for rows by key.
     *
     * @param maxParameters the most parameters that one statement may have, at least one
     */
    KeyLookup lookup(Table table, int maxParameters);

    /**
     * Inserts rows, or updates those that are there: afterwards each row's value columns hold its values. If the table
     * has a {@linkplain Table#versionColumn version column}, only where the versions allow it; that part is the same in
     * any database, see {@link StandardDialect#upsert}.
     */
    RowOperation upsert(Table table);

    /** Deletes rows by key; a row that is not there is no error. */
    RowOperation delete(Table table);

    /**
     * What follows a {@code SELECT} whose rows are to be locked, until the transaction ends, against changes by others, and not against others who lock
     * them in the same way. It reads what is committed, whatever the transaction saw before. Null, as by default, where there is no such lock: then
     * those who lock a row wait for each other.
     */
    default @Nullable String sharedLock() {
        return null;
    }

    /** Whom an error concerns, and so what the writer does about it. */
    FailureKind classify(SQLException failure);

    /**
     * The dialect of a connection's database, by the name that its driver gives it; {@link StandardDialect} for those
     * that have none of their own.
     *
     * @throws SQLException if the database cannot be asked
     */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        IdentifierRules rules = IdentifierRules.of(metaData);
        return switch (metaData.getDatabaseProductName()) {
            case "H2" -> new H2Dialect(rules);
            case "PostgreSQL" -> new PostgresDialect(rules);
            case "MariaDB", "MySQL" -> new MariaDbDialect(rules);
            default -> new StandardDialect(rules);
        };
    }
}
