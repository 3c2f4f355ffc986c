package io.fyercache.jdbc.datasource;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.zaxxer.hikari.HikariDataSource;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.registry.Registration;
import io.fyercache.jdbc.registry.Registry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What names stand for, and the pools that are in use; see {@link DataSources}. Thread-safe. */
final class DataSourceRegistry {

    /** Other schemes, such as ldap, would let whoever chooses the name choose what is executed. */
    private static final String JNDI_SCHEME = "java:";

    /** A data source, or the pool of one. */
    private sealed interface Source {
        record Given(DataSource dataSource) implements Source {}

        record Pooled(SharedPool pool) implements Source {}
    }

    private final Registry<Source> registered = new Registry<>("DataSources");

    /** Those of the file that are in use. */
    @GuardedBy("this")
    private final Map<String, SharedPool> ofFile = new TreeMap<>();

    /** The limits that were set for names that nobody has registered: of pools that are made later, too. */
    @GuardedBy("this")
    private final Map<String, Integer> limits = new TreeMap<>();

    Registration register(String name, DataSource dataSource) {
        return register(name, new Source.Given(dataSource));
    }

    Registration register(PoolSettings settings) {
        return register(settings.name(), new Source.Pooled(pool(settings)));
    }

    private Registration register(String name, Source source) {
        if (name.startsWith(JNDI_SCHEME)) {
            throw registered.refused(name);
        }
        return registered.register(name, source);
    }

    synchronized Connections connections(String name) {
        if (name.startsWith(JNDI_SCHEME)) {
            return Connections.of(lookUp(name));
        }
        Source source = registered.find(name);
        if (source instanceof Source.Given given) {
            return Connections.of(given.dataSource());
        }
        if (source instanceof Source.Pooled pooled) {
            return pooled.pool().use();
        }
        // So that whoever mends the file, and opens the caches anew, is heard.
        ofFile.values().removeIf(SharedPool::isUnused);
        SharedPool pool = ofFile.get(name);
        if (pool == null) {
            pool = pool(fromFile(name));
            ofFile.put(name, pool);
        }
        return pool.use();
    }

    /** What a pool has, null if there is none of that name that anybody uses. */
    @Nullable
    PoolFigures figures(String name) {
        Source source = registered.find(name);
        if (source instanceof Source.Given given) {
            return given.dataSource() instanceof HikariDataSource pool ? PoolSize.figures(pool) : null;
        }
        SharedPool pool = source instanceof Source.Pooled pooled ? pooled.pool() : poolOfFile(name);
        return pool == null ? null : pool.figures();
    }

    private synchronized @Nullable SharedPool poolOfFile(String name) {
        return ofFile.get(name);
    }

    /** Changes the most connections of a pool. */
    void limit(String name, int connections) {
        if (name.startsWith(JNDI_SCHEME)) {
            throw notAPool(name);
        }
        Source source = registered.find(name);
        if (source instanceof Source.Given given) {
            if (!(given.dataSource() instanceof HikariDataSource pool)) {
                throw notAPool(name);
            }
            PoolSize.change(pool, connections);
        } else if (source instanceof Source.Pooled pooled) {
            pooled.pool().limit(connections);
        } else {
            limitOfFile(name, connections);
        }
    }

    private void limitOfFile(String name, int connections) {
        SharedPool pool;
        synchronized (this) {
            limits.put(name, connections);
            pool = ofFile.get(name);
        }
        if (pool != null) {
            pool.limit(connections);
        }
    }

    private synchronized SharedPool pool(PoolSettings settings) {
        SharedPool pool = new SharedPool(settings);
        Integer limit = limits.get(settings.name());
        if (limit != null) {
            pool.limit(limit);
        }
        return pool;
    }

    private static RuntimeException notAPool(String name) {
        Faults faults = new Faults("DataSources");
        faults.add(
                "dataSource",
                name,
                "a pool by settings, or one of HikariCP",
                "let whoever owns this one divide its connections");
        return faults.exception();
    }

    @GuardedBy("this")
    private PoolSettings fromFile(String name) {
        DataSourceFile file = DataSourceFile.find();
        PoolSettings settings = file.settings(name);
        if (settings == null) {
            Set<String> known = registered.names();
            known.addAll(file.names());
            Faults faults = new Faults("DataSources");
            faults.add(
                    "dataSource",
                    name,
                    "a name that this JVM knows: " + JNDI_SCHEME + "... or one of " + known,
                    "register it by DataSources.register, or describe it in " + file.place());
            throw faults.exception();
        }
        return settings;
    }

    // BanJNDI: names of java: alone, which this JVM binds itself.
    @SuppressWarnings("BanJNDI")
    private static DataSource lookUp(String name) {
        Object found = null;
        NamingException failure = null;
        try {
            found = InitialContext.doLookup(name);
        } catch (NamingException e) {
            failure = e;
        }
        if (found instanceof DataSource dataSource) {
            return dataSource;
        }
        Faults faults = new Faults("DataSources");
        faults.add(
                "dataSource",
                name + ", "
                        + (failure == null
                                ? String.valueOf(found)
                                : failure.getClass().getSimpleName()),
                "a DataSource in JNDI",
                "correct the name, or bind it in this JVM");
        RuntimeException exception = faults.exception();
        if (failure != null) {
            exception.addSuppressed(failure);
        }
        throw exception;
    }
}
