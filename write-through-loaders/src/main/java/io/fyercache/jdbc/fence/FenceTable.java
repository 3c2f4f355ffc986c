package io.fyercache.jdbc.fence;

import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.mapping.Identifier;
import io.fyercache.jdbc.mapping.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A table with one row for each partition of each cluster that writes to the database: the highest epoch of a primary that has written there, 0 if none
 * has. All writers to one database may share it. Rows are made by the first write of a partition, and only grow.
 *
 * @param name the table
 */
public record FenceTable(TableName name) {

    /** 64 characters: an identity of a cluster of FyerCache has 36. */
    public static final int MAX_CLUSTER_LENGTH = 64;

    static final Identifier CLUSTER = Identifier.parse("cluster_id");
    static final Identifier PARTITION = Identifier.parse("partition_no");
    static final Identifier EPOCH = Identifier.parse("epoch");

    /** The columns, as messages name them. */
    static final String COLUMNS =
            Stream.of(CLUSTER, PARTITION, EPOCH).map(Identifier::toString).collect(Collectors.joining(", "));

    /**
     * The table of a name that is written as in SQL.
     *
     * @throws IllegalArgumentException if it is no name; the message is the expectation
     */
    public static FenceTable named(String name) {
        return new FenceTable(TableName.parse(name));
    }

    /**
     * The statement that makes the table, in standard SQL, for whoever keeps such statements in files.
     *
     * @param rules of the database: {@link IdentifierRules#POSTGRESQL}, {@link IdentifierRules#MARIADB}, {@link IdentifierRules#STANDARD} for H2,
     *     or what a driver {@linkplain IdentifierRules#of reports}
     */
    public String ddl(IdentifierRules rules) {
        String key = List.of(CLUSTER, PARTITION).stream().map(rules::quote).collect(Collectors.joining(", "));
        return "CREATE TABLE " + rules.quote(name) + " ("
                + rules.quote(CLUSTER) + " VARCHAR(" + MAX_CLUSTER_LENGTH + ") NOT NULL, "
                + rules.quote(PARTITION) + " INTEGER NOT NULL, "
                + rules.quote(EPOCH) + " BIGINT NOT NULL, "
                + "PRIMARY KEY (" + key + "))";
    }

    /**
     * Makes the table, once, by a user who may.
     *
     * @throws SQLException if it is there already, or the database refuses it
     */
    public void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(ddl(IdentifierRules.of(connection.getMetaData())));
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }
}
