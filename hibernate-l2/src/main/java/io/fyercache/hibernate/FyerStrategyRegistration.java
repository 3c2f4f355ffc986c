package io.fyercache.hibernate;

import java.util.List;
import org.hibernate.boot.registry.selector.SimpleStrategyRegistrationImpl;
import org.hibernate.boot.registry.selector.StrategyRegistration;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.cache.spi.RegionFactory;

/** Tells Hibernate what {@code hibernate.cache.region.factory_class=fyercache} means; found by {@link java.util.ServiceLoader}. */
public final class FyerStrategyRegistration implements StrategyRegistrationProvider {

    /** Makes a registration; for {@link java.util.ServiceLoader}. */
    public FyerStrategyRegistration() {}

    @Override
    public Iterable<StrategyRegistration<?>> getStrategyRegistrations() {
        return List.of(new SimpleStrategyRegistrationImpl<>(
                RegionFactory.class, FyerRegionFactory.class, FyerRegionFactory.SHORT_NAME));
    }
}
