package io.fyercache.jdbc;

import io.fyercache.jdbc.server.DatabaseServer;
import io.fyercache.jdbc.server.MariaDbServer;
import io.fyercache.jdbc.server.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers of this JVM's tests, one of each product, started when the first test needs it. Thread-safe. */
final class Servers {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final Map<Product, DatabaseServer> RUNNING = new EnumMap<>(Product.class);

    private static final Map<Product, Exception> FAILED = new EnumMap<>(Product.class);

    private Servers() {}

    /** A URL of an empty database that no other test uses. */
    static String newDatabase(Product product) throws SQLException {
        return of(product).newDatabase("t" + DATABASES.incrementAndGet());
    }

    /** Each test says why it could not run, and only the first waits for it. */
    static synchronized DatabaseServer of(Product product) {
        if (!RUNNING.containsKey(product) && !FAILED.containsKey(product)) {
            try {
                RUNNING.put(product, start(product));
            } catch (Exception e) {
                FAILED.put(product, e);
            }
        }
        Exception failure = FAILED.get(product);
        if (failure != null) {
            throw new IllegalStateException("no " + product + ": " + failure.getMessage(), failure);
        }
        return RUNNING.get(product);
    }

    private static DatabaseServer start(Product product) throws Exception {
        return switch (product) {
            case H2 -> new H2Databases();
            case POSTGRESQL -> PostgresServer.start();
            case MARIADB -> MariaDbServer.start();
        };
    }

    /** H2 runs in this JVM. */
    private static final class H2Databases implements DatabaseServer {

        @Override
        public String newDatabase(String name) {
            return "jdbc:h2:mem:" + name;
        }

        @Override
        public String asUserWithoutRights(String database) throws SQLException {
            try (var connection = DriverManager.getConnection(database);
                    var statement = connection.createStatement()) {
                statement.execute("create user reader password 'r'");
                statement.execute("grant select on schema public to reader");
            }
            return database + ";USER=reader;PASSWORD=r";
        }
    }
}
