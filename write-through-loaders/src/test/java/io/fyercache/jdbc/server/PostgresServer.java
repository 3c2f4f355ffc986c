package io.fyercache.jdbc.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server of the tests. Each database that they ask for is a schema, which costs less. */
public final class PostgresServer implements DatabaseServer {

    private static final List<String> PLACES = List.of("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/bin");

    private static final String INSTALLS = "install PostgreSQL (Debian: apt install postgresql)";

    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "shared_buffers=32MB",
            "jit=off",
            // How long a transaction waits before anybody looks for a deadlock; by default a second.
            "deadlock_timeout=20ms");

    /** Nothing here outlives the tests, so nothing has to reach the disk. */
    private static final List<String> VOLATILE = List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

    private final ServerProcess process;
    private final List<String> command;
    private final String url;

    private PostgresServer(ServerProcess process, List<String> command, String url) {
        this.process = process;
        this.command = command;
        this.url = url;
    }

    /** Where it keeps everything. */
    public Path directory() {
        return process.directory();
    }

    /** Ends it at once, with all its sessions; what was committed stays. */
    public void stop() throws IOException, InterruptedException {
        process.stop();
    }

    /** Starts it again where it was. */
    public void startAgain() throws IOException {
        // Ends all of its processes at once.
        process.start("QUIT", command, url);
    }

    /** Starts one that keeps nothing if the machine fails. */
    public static PostgresServer start() throws IOException, InterruptedException {
        return start(VOLATILE);
    }

    /** Starts one that writes what is committed to the disk, as a server in earnest does. */
    public static PostgresServer startDurable() throws IOException, InterruptedException {
        return start(List.of());
    }

    private static PostgresServer start(List<String> more) throws IOException, InterruptedException {
        ServerProcess process = new ServerProcess("postgresql");
        Path postgres = InstalledFile.find("postgres", PLACES, "postgresql", INSTALLS);
        Path data = process.directory().resolve("data");
        process.run(
                Path.of("/dev/null"),
                List.of(
                        postgres.resolveSibling("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=tester",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync"));
        int port = ServerProcess.freePort();
        List<String> command = new ArrayList<>(List.of(postgres.toString(), "-D", data.toString(), "-p", "" + port));
        for (List<String> settings : List.of(SETTINGS, more)) {
            settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=tester";
        PostgresServer server = new PostgresServer(process, command, url);
        server.startAgain();
        return server;
    }

    @Override
    public String newDatabase(String name) throws SQLException {
        execute("create schema " + name);
        return url + "&currentSchema=" + name;
    }

    /** The URL of connections to such a database that may change nothing. */
    public static String readOnly(String database) {
        return database + "&options=-c%20default_transaction_read_only=on";
    }

    @Override
    public String asUserWithoutRights(String database) throws SQLException {
        String schema = database.substring(database.lastIndexOf('=') + 1);
        execute("create role reader_" + schema + " login");
        execute("grant usage on schema " + schema + " to reader_" + schema);
        execute("grant select on all tables in schema " + schema + " to reader_" + schema);
        return database.replace("user=tester", "user=reader_" + schema);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
