package io.fyercache.testkit.process;

import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import org.h2.tools.Server;

/**
 * A database in this JVM that members in other processes use, each as a user of its own. It counts the statements that load a row of the view
 * {@code counted}, and can hold them up. One at a time. Thread-safe, but for starting and stopping.
 */
public final class CountedDatabase implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private static final String LOCAL = "jdbc:h2:mem:counted";

    /** Seconds for which a statement may be held up. */
    private static final long PATIENCE_SECONDS = 60;

    /** Who has loaded a row, once for each statement; by the key. The database calls what is static. */
    private static final Map<Long, List<String>> LOADS = new ConcurrentHashMap<>();

    private static final Map<Long, CountDownLatch> GATES = new ConcurrentHashMap<>();

    private final Path folder;
    private final Connection own;
    private Server server;

    private CountedDatabase(Path folder, Connection own, Server server) {
        this.folder = folder;
        this.own = own;
        this.server = server;
    }

    /** Starts one with rows 1 to so many in table {@code stored}, which the view shows, and an empty table {@code person}. */
    static CountedDatabase start(Path folder, int rows) throws SQLException {
        LOADS.clear();
        GATES.clear();
        System.setProperty("h2.bindAddress", LOOPBACK);
        Connection own = DriverManager.getConnection(LOCAL);
        try (Statement sql = own.createStatement()) {
            sql.execute("create table person (id bigint primary key, name varchar(100) not null)");
            sql.execute("create table stored (id bigint primary key, name varchar(100) not null)");
            sql.execute("insert into stored select x, 'name ' || x from system_range(1, " + rows + ")");
            sql.execute("create alias counted_load for '" + CountedDatabase.class.getName() + ".countedLoad'");
            sql.execute("create view counted as select id, counted_load(id, name) as name from stored");
        }
        return new CountedDatabase(folder, own, listen("0"));
    }

    private static Server listen(String port) throws SQLException {
        return Server.createTcpServer("-tcpPort", port, "-tcpDaemon").start();
    }

    /** Called by the database for each row that is loaded. */
    public static String countedLoad(Connection session, long id, String name)
            throws SQLException, InterruptedException {
        LOADS.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>())
                .add(session.getMetaData().getUserName());
        CountDownLatch gate = GATES.get(id);
        if (gate != null && !gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new SQLException("row " + id + " was held up for longer than " + PATIENCE_SECONDS + " s");
        }
        return name;
    }

    /** Makes a user, and the file of data sources by which a member is that user; returns the option of its JVM. */
    String optionOf(String user) throws SQLException, IOException {
        String password = "p" + System.nanoTime();
        execute("create user " + user + " password '" + password + "' admin");
        Path secret = Files.writeString(folder.resolve(user + ".password"), password);
        Path file = Files.write(
                folder.resolve(user + ".properties"),
                List.of(
                        "people.jdbcUrl=jdbc:h2:tcp://" + LOOPBACK + ":" + server.getPort() + "/mem:counted",
                        "people.user=" + user,
                        "people.password.file=" + secret,
                        "people.connectionTimeout=PT0.5S"));
        return "-Dfyercache.datasources=" + file;
    }

    /** A cache that loads from a table or view, and writes to it. */
    static MutableConfiguration<Long, Person> inFrontOf(String table) {
        return new MutableConfiguration<Long, Person>()
                .setTypes(Long.class, Person.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(JdbcCacheLoader.builder(Long.class, Person.class)
                        .dataSource("people")
                        .table(table)
                        .factory())
                .setWriteThrough(true)
                .setCacheWriterFactory(JdbcCacheWriter.builder(Long.class, Person.class)
                        .dataSource("people")
                        .table(table)
                        .factory());
    }

    /** Has statements that load a row wait until its gate is opened. */
    CountDownLatch holdUp(long id) {
        CountDownLatch gate = new CountDownLatch(1);
        GATES.put(id, gate);
        return gate;
    }

    /** The users who have begun to load a row so far, one for each statement. */
    List<String> loadsOf(long id) {
        return LOADS.getOrDefault(id, List.of());
    }

    synchronized void execute(String sql) throws SQLException {
        try (Statement statement = own.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of table {@code person}. */
    synchronized Map<Long, Person> people() throws SQLException {
        Map<Long, Person> people = new TreeMap<>();
        try (Statement statement = own.createStatement();
                ResultSet rows = statement.executeQuery("select id, name from person")) {
            while (rows.next()) {
                people.put(rows.getLong(1), new Person(rows.getLong(1), rows.getString(2)));
            }
        }
        return people;
    }

    /** Lets nobody in, and ends the sessions of all processes. */
    void stop() {
        server.stop();
    }

    /** Lets them in again. */
    void startAgain() throws SQLException {
        server = listen(Integer.toString(server.getPort()));
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        own.close();
    }
}
