package io.fyercache.jdbc.datasource;

import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.registry.Registration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Data sources by name, so that a loader's or writer's factory can travel to another JVM and find there what cannot: each JVM
 * says for itself what a name stands for. In this order:
 *
 * <ol>
 *   <li>a name that begins with {@code java:} is looked up in JNDI;
 *   <li>what the application has {@linkplain #register registered};
 *   <li>a file of properties, named by the system property {@value #FILE_PROPERTY}, or else {@value #FILE_RESOURCE} on the
 *       class path of the calling thread:
 * </ol>
 *
 * <pre>
 * people.jdbcUrl=jdbc:postgresql://db.example.com/people
 * people.user=app
 * people.password.environment=PEOPLE_PASSWORD
 * people.maximumPoolSize=8
 * people.connectionTimeout=PT5S
 * </pre>
 *
 * <p>The password is in the environment variable, or in the first line of the file that {@code password.file} names, and
 * nowhere else. Names have no dot.
 *
 * <p>Of a data source by settings, registered or from the file, there is one pool in a JVM, however many caches use it. It
 * opens with the first connection and closes with the last cache that uses it.
 *
 * <p>Names are those of one class loader's copy of this class; two applications in one JVM do not see each other's.
 * Thread-safe.
 */
public final class DataSources {

    /** The system property that names the file. */
    public static final String FILE_PROPERTY = "fyercache.datasources";

    /** The file on the class path, where no other is named. */
    public static final String FILE_RESOURCE = "fyercache-datasources.properties";

    /** One for all, as a factory that has just arrived can hold nothing that knows another; ADR 31. */
    private static final DataSourceRegistry OF_THIS_JVM = new DataSourceRegistry();

    private DataSources() {}

    /**
     * Gives a data source a name. It stays its owner's to close, after the caches that use it.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if the name is taken, or is one of JNDI
     */
    public static Registration register(String name, DataSource dataSource) {
        return OF_THIS_JVM.register(name, dataSource);
    }

    /**
     * Gives a data source the name of its pool; the pool opens when it is used first.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if the name is taken, or is one of JNDI
     */
    public static Registration register(PoolSettings settings) {
        return OF_THIS_JVM.register(settings);
    }

    /**
     * The connections of a data source, for one more user, who closes them.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if nothing here has that name, listing the names that are
     *     known, or its lines in the file are wrong
     */
    public static Connections connections(String name) {
        return OF_THIS_JVM.connections(name);
    }

    /**
     * Whether a data source gives connections that work. Takes one, so it may wait as long as a connection may take, and
     * {@value DataSourceHealth#ANSWER_SECONDS} s for an answer; nothing else tells a database that is away from one that has nothing to do.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException as for {@link #connections}
     */
    public static DataSourceHealth health(String name) {
        try (Connections connections = connections(name)) {
            return DataSourceHealth.of(name, connections);
        }
    }

    /**
     * What a pool has at present: one by settings that is in use, or one of HikariCP that was registered. Never waits for connections.
     *
     * @return empty if there is no such pool
     */
    public static Optional<PoolFigures> pool(String name) {
        return Optional.ofNullable(OF_THIS_JVM.figures(name));
    }

    /**
     * Changes the most connections of a pool while it runs. Fewer: idle ones are closed at once, and those in use when they are returned, and
     * others are opened in their place up to the new number.
     *
     * @param connections 1..{@value PoolSettings#MAX_POOL_SIZE}
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if the name stands for what is no pool by settings or of HikariCP, or the
     *     number is out of range
     */
    public static void limit(String name, int connections) {
        Faults faults = new Faults("DataSources");
        faults.addUnlessWithin(
                "connections", connections, PoolSettings.MAX_POOL_SIZE, "choose what the database serves");
        faults.throwIfAny();
        OF_THIS_JVM.limit(name, connections);
    }
}
