package io.fyercache.quickstart;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import org.h2.jdbcx.JdbcConnectionPool;

/** Writes rows in a process that is a member of the cluster, which makes it by its name. Thread-safe. */
public final class RowWriter implements CacheWriter<String, ClassRow>, AutoCloseable {
    private final JdbcConnectionPool pool = ClassTable.poolOfThisProcess();
    private final CacheWriter<String, ClassRow> rows = ClassTable.writer(pool);

    /**
     * Opens the job's database.
     *
     * @throws IllegalStateException if the job has not started this process
     */
    public RowWriter() {}

    @Override
    public void write(Cache.Entry<? extends String, ? extends ClassRow> entry) {
        rows.write(entry);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends ClassRow>> entries) {
        rows.writeAll(entries);
    }

    @Override
    public void delete(Object key) {
        rows.delete(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        rows.deleteAll(keys);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
