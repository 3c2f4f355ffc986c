package io.fyercache.jdbc.micrometer;

import io.fyercache.jdbc.datasource.DataSources;
import io.fyercache.jdbc.datasource.PoolFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToIntFunction;

/**
 * The meters of a data source's pool, tagged {@code pool}, its name: {@code fyercache.pool.connections} by {@code state} ({@code active},
 * {@code idle}), {@code fyercache.pool.waiting} (threads) and {@code fyercache.pool.maximum}. They read zero while there is no such
 * pool, and wait for nothing.
 */
public final class PoolMeters implements MeterBinder {

    private static final PoolFigures NONE = new PoolFigures(0, 0, 0, 0);

    private final String dataSource;

    /** Prepares the meters of a data source that {@link DataSources} knows by this name, or will know. */
    public PoolMeters(String dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        connections(registry, "active", PoolFigures::active);
        connections(registry, "idle", PoolFigures::idle);
        Gauge.builder("fyercache.pool.waiting", () -> read(PoolFigures::waiting))
                .tag("pool", dataSource)
                .description("Threads that wait for a connection")
                .register(registry);
        Gauge.builder("fyercache.pool.maximum", () -> read(PoolFigures::maximum))
                .tag("pool", dataSource)
                .description("The most connections at present")
                .register(registry);
    }

    private void connections(MeterRegistry registry, String state, ToIntFunction<PoolFigures> figure) {
        Gauge.builder("fyercache.pool.connections", () -> read(figure))
                .tag("pool", dataSource)
                .tag("state", state)
                .description("Connections of the pool")
                .register(registry);
    }

    private int read(ToIntFunction<PoolFigures> figure) {
        return figure.applyAsInt(DataSources.pool(dataSource).orElse(NONE));
    }
}
