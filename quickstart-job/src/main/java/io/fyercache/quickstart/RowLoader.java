package io.fyercache.quickstart;

import java.util.Map;
import javax.cache.integration.CacheLoader;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** Loads rows in a process that is a member of the cluster, which makes it by its name. Thread-safe. */
public final class RowLoader implements CacheLoader<String, ClassRow>, AutoCloseable {
    private final JdbcConnectionPool pool = ClassTable.poolOfThisProcess();
    private final CacheLoader<String, ClassRow> rows = ClassTable.loader(pool);

    /**
     * Opens the job's database.
     *
     * @throws IllegalStateException if the job has not started this process
     */
    public RowLoader() {}

    @Override
    public @Nullable ClassRow load(String key) {
        return rows.load(key);
    }

    @Override
    public Map<String, ClassRow> loadAll(Iterable<? extends String> keys) {
        return rows.loadAll(keys);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
