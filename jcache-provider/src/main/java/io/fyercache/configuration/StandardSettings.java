package io.fyercache.configuration;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;

/** The settings that plain JSR-107 has, taken from its configurations. */
final class StandardSettings {

    /** The settings that a complete configuration of plain JSR-107 states; the others are extensions. */
    static final Set<Setting<?>> ALL = Set.of(
            CacheSettings.KEY_TYPE,
            CacheSettings.VALUE_TYPE,
            CacheSettings.STORE_BY_VALUE,
            CacheSettings.STATISTICS,
            CacheSettings.MANAGEMENT,
            CacheSettings.READ_THROUGH,
            CacheSettings.WRITE_THROUGH,
            CacheSettings.LOADER,
            CacheSettings.WRITER,
            CacheSettings.EXPIRY,
            CacheSettings.LISTENERS);

    private StandardSettings() {}

    /** Returns the two types and the way of storing, which is all that the basic interface says. */
    static SettingValues of(Configuration<?, ?> configuration) {
        return SettingValues.none()
                .with(CacheSettings.KEY_TYPE, configuration.getKeyType())
                .with(CacheSettings.VALUE_TYPE, configuration.getValueType())
                .with(CacheSettings.STORE_BY_VALUE, configuration.isStoreByValue());
    }

    /** Returns everything that JSR-107 can say about a cache. */
    static SettingValues of(CompleteConfiguration<?, ?> configuration) {
        Set<CacheEntryListenerConfiguration<?, ?>> listeners = new LinkedHashSet<>();
        configuration.getCacheEntryListenerConfigurations().forEach(listeners::add);
        return of((Configuration<?, ?>) configuration)
                .with(CacheSettings.STATISTICS, configuration.isStatisticsEnabled())
                .with(CacheSettings.MANAGEMENT, configuration.isManagementEnabled())
                .with(CacheSettings.READ_THROUGH, configuration.isReadThrough())
                .with(CacheSettings.WRITE_THROUGH, configuration.isWriteThrough())
                .withOrWithout(CacheSettings.LOADER, configuration.getCacheLoaderFactory())
                .withOrWithout(CacheSettings.WRITER, configuration.getCacheWriterFactory())
                .withOrWithout(CacheSettings.EXPIRY, configuration.getExpiryPolicyFactory())
                .with(CacheSettings.LISTENERS, Collections.unmodifiableSet(listeners));
    }
}
