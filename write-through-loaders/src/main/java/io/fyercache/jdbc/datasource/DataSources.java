package io.fyercache.jdbc.datasource;

import io.fyercache.jdbc.registry.Registration;
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
}
