package io.fyercache.benchmarks.contestant;

import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.cache2k.config.Cache2kConfig;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;

/** cache2k; its plain caches hold about 1,800 entries, so the bound is lifted in its extended configuration. */
final class Cache2kPeer {
    private static final UnboundedConfiguration UNBOUNDED = new UnboundedConfiguration() {
        @Override
        public <V> Configuration<Long, V> of(String name, MutableConfiguration<Long, V> plain) {
            Cache2kConfig<Long, V> bounds = new Cache2kConfig<>();
            bounds.setEntryCapacity(Long.MAX_VALUE);
            // With a configuration of its own, cache2k ignores store by value unless told.
            bounds.getSections().add(copyAsConfigured());
            ExtendedMutableConfiguration<Long, V> configuration = ExtendedMutableConfiguration.of(bounds);
            // cache2k takes arrays as values, but not as a declared type.
            if (!plain.getValueType().isArray()) {
                configuration.setTypes(plain.getKeyType(), plain.getValueType());
            }
            configuration.setStoreByValue(plain.isStoreByValue());
            configuration.setStatisticsEnabled(plain.isStatisticsEnabled());
            configuration.setExpiryPolicyFactory(plain.getExpiryPolicyFactory());
            return configuration;
        }
    };

    private Cache2kPeer() {}

    static OpenProvider open() {
        CacheManager manager = OpenProvider.instantiate("org.cache2k.jcache.provider.JCacheProvider")
                .getCacheManager();
        return OpenProvider.onHeap(manager, UNBOUNDED);
    }

    private static JCacheConfig copyAsConfigured() {
        JCacheConfig section = new JCacheConfig();
        section.setCopyAlwaysIfRequested(true);
        return section;
    }
}
