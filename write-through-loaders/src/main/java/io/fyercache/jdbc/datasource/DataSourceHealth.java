package io.fyercache.jdbc.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a data source gives connections that work.
 *
 * @param name the data source
 * @param problem why it does not; null if it does. Holds no secret and no value
 */
public record DataSourceHealth(String name, @Nullable String problem) {

    /** 2 s for an answer of the database to nothing. */
    public static final int ANSWER_SECONDS = 2;

    static DataSourceHealth of(String name, Connections connections) {
        try (Connection connection = connections.connect()) {
            boolean valid = connection.isValid(ANSWER_SECONDS);
            return new DataSourceHealth(name, valid ? null : "no answer within " + ANSWER_SECONDS + " s");
        } catch (SQLException | RuntimeException e) {
            return new DataSourceHealth(name, textOf(e));
        }
    }

    /** Whether it does. */
    public boolean isUp() {
        return problem == null;
    }

    /** {@code PoolInitializationException: PSQLException, SQLState 28P01}: messages of drivers may quote URLs. */
    private static String textOf(Throwable failure) {
        String text = failure.getClass().getSimpleName();
        if (failure instanceof SQLException e && e.getSQLState() != null) {
            text += ", SQLState " + e.getSQLState();
        }
        Throwable cause = failure.getCause();
        return cause == null || cause == failure ? text : text + ": " + textOf(cause);
    }
}
