package io.fyercache.jdbc.dialect;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Prepares statements on the connection of the running transaction, with the statement timeout set. */
@FunctionalInterface
public interface StatementSource {

    /** A statement that the caller closes. */
    PreparedStatement prepare(String sql) throws SQLException;
}
