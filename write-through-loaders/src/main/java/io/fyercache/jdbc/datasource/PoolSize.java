package io.fyercache.jdbc.datasource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

/** The size of a running pool of HikariCP. */
final class PoolSize {

    private PoolSize() {}

    /** Changes it: a pool that has more by then has no more when those in use are returned. */
    static void change(HikariDataSource pool, int connections) {
        int before = pool.getMaximumPoolSize();
        if (before == connections) {
            return;
        }
        pool.setMinimumIdle(connections);
        pool.setMaximumPoolSize(connections);
        HikariPoolMXBean running = pool.getHikariPoolMXBean();
        if (connections < before && running != null) {
            // HikariCP keeps what it has; what is evicted is replaced up to the new number alone.
            running.softEvictConnections();
        }
    }

    static PoolFigures figures(HikariDataSource pool) {
        HikariPoolMXBean running = pool.getHikariPoolMXBean();
        int maximum = pool.getMaximumPoolSize();
        return running == null || pool.isClosed()
                ? new PoolFigures(0, 0, 0, maximum)
                : new PoolFigures(
                        running.getActiveConnections(),
                        running.getIdleConnections(),
                        running.getThreadsAwaitingConnection(),
                        maximum);
    }
}
