package io.fyercache.jdbc.server;

import java.sql.SQLException;

/** A server that tests make databases on. */
public interface DatabaseServer {

    /** Makes an empty database and returns its URL, with the user's name and password. */
    String newDatabase(String name) throws SQLException;

    /** The URL for a user who may read what is in such a database by now, and do nothing else. */
    String asUserWithoutRights(String database) throws SQLException;
}
