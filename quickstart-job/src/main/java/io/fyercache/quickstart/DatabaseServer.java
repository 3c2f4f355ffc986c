package io.fyercache.quickstart;

import java.sql.SQLException;
import org.h2.tools.Server;

/** Lets other processes of this machine use the databases of this one. It takes connections from this machine only. */
final class DatabaseServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Server server;

    private DatabaseServer(Server server) {
        this.server = server;
    }

    /** Has the database listen at the loopback address alone; to be called before the database is first used. */
    static void listenOnLoopback() {
        System.setProperty("h2.bindAddress", LOOPBACK);
    }

    /** Starts it on a port that is free. */
    static DatabaseServer start() throws SQLException {
        return new DatabaseServer(
                Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start());
    }

    /** Returns how another process gets to a database of this one. */
    DatabaseAccess access(String databaseName, ClassTable table) {
        String url = "jdbc:h2:tcp://" + LOOPBACK + ":" + server.getPort() + "/mem:" + databaseName;
        return new DatabaseAccess(url, ClassTable.USER, table.password());
    }

    @Override
    public void close() {
        server.stop();
    }
}
