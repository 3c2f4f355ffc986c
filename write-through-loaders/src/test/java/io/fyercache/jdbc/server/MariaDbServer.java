package io.fyercache.jdbc.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB server of the tests. */
public final class MariaDbServer implements DatabaseServer {

    /** Its user's password; a server that is only reached from this machine needs no better one. */
    public static final String PASSWORD = "horse-battery";

    private static final String INSTALLS = "install MariaDB (Debian: apt install mariadb-server-core)";

    private static final List<String> SETTINGS = List.of(
            "--no-defaults",
            "--innodb-buffer-pool-size=32M",
            // Nothing here outlives the tests, so nothing has to reach the disk.
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-flush-method=nosync");

    private final Path directory;
    private final String url;

    private MariaDbServer(Path directory, String url) {
        this.directory = directory;
        this.url = url;
    }

    /** Where it keeps everything. */
    public Path directory() {
        return directory;
    }

    /** Starts one. */
    public static MariaDbServer start() throws IOException, InterruptedException {
        ServerProcess process = new ServerProcess("mariadb");
        String server = find("mariadbd", List.of("/usr/sbin", "/usr/libexec", "/opt/homebrew/bin"))
                .toString();
        Path tables = find(
                "{mysql,mariadb}_system_tables.sql",
                List.of("/usr/share/mysql", "/usr/share/mariadb", "/opt/homebrew/share"));
        Path directory = process.directory();
        Path data = Files.createDirectory(directory.resolve("data"));
        List.of("uid", "gid").forEach(id -> give(data, directory, "unix:" + id));

        // What mariadb-install-db does; Debian has the programs that it calls in another, larger package.
        Path script = directory.resolve("tables.sql");
        Files.writeString(script, "create database mysql;\nuse mysql;\n" + Files.readString(tables));
        process.run(script, command(server, List.of("--bootstrap", "--datadir=" + data)));

        Path users = directory.resolve("users.sql");
        Files.writeString(
                users,
                "create user tester@'127.0.0.1' identified by '" + PASSWORD + "';\n"
                        + "grant all on *.* to tester@'127.0.0.1' with grant option;\n");
        int port = ServerProcess.freePort();
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/?user=tester&password=" + PASSWORD;
        process.start(
                "KILL",
                command(
                        server,
                        List.of(
                                "--datadir=" + data,
                                "--socket=" + data.resolve("socket"),
                                "--port=" + port,
                                "--bind-address=127.0.0.1",
                                "--skip-name-resolve",
                                "--character-set-server=utf8mb4",
                                "--init-file=" + users)),
                url);
        return new MariaDbServer(process.directory(), url);
    }

    private static Path find(String name, List<String> places) {
        return InstalledFile.find(name, places, "mariadb", INSTALLS);
    }

    private static List<String> command(String server, List<String> more) {
        List<String> command = new ArrayList<>(List.of(server));
        command.addAll(SETTINGS);
        command.addAll(more);
        return command;
    }

    private static void give(Path file, Path like, String attribute) {
        try {
            Files.setAttribute(file, attribute, Files.getAttribute(like, attribute));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String newDatabase(String name) throws SQLException {
        execute("create database " + name);
        return url.replace("/?", "/" + name + "?");
    }

    /** The URL of connections to such a database that may change nothing. */
    public static String readOnly(String database) {
        return database + "&sessionVariables=tx_read_only=1";
    }

    @Override
    public String asUserWithoutRights(String database) throws SQLException {
        String name = database.substring(database.lastIndexOf('/') + 1, database.indexOf('?'));
        execute("create user reader_" + name + "@'127.0.0.1' identified by '" + PASSWORD + "'");
        execute("grant select on " + name + ".* to reader_" + name + "@'127.0.0.1'");
        return database.replace("user=tester", "user=reader_" + name);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
