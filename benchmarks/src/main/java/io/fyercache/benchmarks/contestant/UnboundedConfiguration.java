package io.fyercache.benchmarks.contestant;

import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/** Says in a provider's own words that a cache has no bound, where a plain JCache configuration would get one. */
public interface UnboundedConfiguration {
    /** For providers whose plain caches have no bound. */
    UnboundedConfiguration PLAIN = new UnboundedConfiguration() {
        @Override
        public <V> Configuration<Long, V> of(String name, MutableConfiguration<Long, V> configuration) {
            return configuration;
        }
    };

    /** The configuration to create the cache with. */
    <V> Configuration<Long, V> of(String name, MutableConfiguration<Long, V> configuration);
}
