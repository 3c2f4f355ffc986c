package io.fyercache.jdbc.datasource;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One pool for all who use a data source in this JVM. It opens with the first connection, so that a database that is away
 * delays nobody who only prepares to use it, and closes with its last user.
 *
 * <p>Thread-safe. Whoever connects while it opens waits for that, as long as a connection may take.
 */
final class SharedPool {

    private final PoolSettings settings;

    /** Written with the monitor owned, and read without it by those who wait for nothing. */
    private volatile @Nullable HikariDataSource open;

    /** The most connections at present; as {@link #open}. */
    private volatile int limit;

    @GuardedBy("this")
    private int users;

    SharedPool(PoolSettings settings) {
        this.settings = settings;
        this.limit = settings.maximumPoolSize();
    }

    /** One more user. */
    synchronized Connections use() {
        users++;
        return new User();
    }

    synchronized boolean isUnused() {
        return users == 0;
    }

    private synchronized HikariDataSource opened() {
        HikariDataSource pool = open;
        if (pool == null) {
            pool = settings.open(limit);
            open = pool;
        }
        return pool;
    }

    /** Changes the most connections, of the pool that is open, too. */
    synchronized void limit(int connections) {
        limit = connections;
        HikariDataSource pool = open;
        if (pool != null) {
            PoolSize.change(pool, connections);
        }
    }

    PoolFigures figures() {
        HikariDataSource pool = open;
        return pool == null ? new PoolFigures(0, 0, 0, limit) : PoolSize.figures(pool);
    }

    private synchronized void release() {
        users--;
        HikariDataSource pool = open;
        if (users == 0 && pool != null) {
            open = null;
            pool.close();
        }
    }

    /** Somebody who uses the pool. */
    final class User implements Connections {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public Connection connect() throws SQLException {
            return pool().getConnection();
        }

        HikariDataSource pool() {
            if (closed.get()) {
                throw new IllegalStateException("closed, as the cache that used it was");
            }
            return opened();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release();
            }
        }
    }
}
