package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.PortableSettings;
import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.InvalidationDesign;
import io.fyercache.core.engine.NearSettings;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.jcache.copy.Encoded;
import io.fyercache.jcache.copy.EntryForm;
import io.fyercache.jcache.integration.UserObjects;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The cache that a configuration describes.
 *
 * @param userObjects has the user's factories make their objects, if the engine wants them in this process
 * @param classLoader finds the classes of what travels
 * @param whenAmended is called when settings may have been changed for all processes of a cluster
 */
record ConfiguredDesign(
        String name,
        FyerConfiguration<?, ?> configuration,
        EntryForm form,
        ChangeListeners listeners,
        UserObjects userObjects,
        ClassLoader classLoader,
        Runnable whenAmended)
        implements CacheDesign {

    @Override
    public @Nullable WriteBehindSettings writeBehind() {
        return CacheAssembly.writeBehind(configuration);
    }

    @Override
    public @Nullable InvalidationDesign invalidation() {
        return configuration.invalidation().map(this::invalidation).orElse(null);
    }

    private InvalidationDesign invalidation(InvalidationOptions options) {
        return new InvalidationDesign(
                new InvalidationDesign.Settings(
                        options.bus(), options.heartbeat(), options.maximumStaleness(), options.confirmLimit()),
                options.synchronous()
                        ? InvalidationDesign.Confirmation.AWAITED
                        : InvalidationDesign.Confirmation.NOT_AWAITED,
                new Encoded(name, ConfiguredForm.codec(name, configuration.serialization(), classLoader)),
                classLoader);
    }

    @Override
    public @Nullable NearSettings near() {
        return configuration
                .near()
                .map(options -> new NearSettings(
                        options.maximumEntries(), options.maximumStaleness().toNanos()))
                .orElse(null);
    }

    @Override
    public CacheDefinition definition() {
        Topology topology = configuration.topology().orElse(Topology.LOCAL);
        if (topology == Topology.PARTITIONED || topology == Topology.REPLICATED) {
            throw new IllegalArgumentException("cache '" + name + "': topology: "
                    + topology.name().toLowerCase(Locale.ROOT)
                    + " (expected: local or invalidated, as the cache manager is in no cluster);"
                    + " leave it out, or give the manager the URI of a cluster");
        }
        if (configuration.near().isPresent()) {
            throw new IllegalArgumentException("cache '" + name + "': near.maximumEntries: "
                    + configuration.near().get().maximumEntries()
                    + " (expected: off, as the entries are in this process); leave it out, or give the manager the URI of a"
                    + " cluster");
        }
        return new CacheAssembly(name, configuration, configuration::getValueType, form, userObjects).define(listeners);
    }

    @Override
    public void amended() {
        whenAmended.run();
    }

    @Override
    public PortableDefinition portable() {
        return PortableSettings.write(name, configuration, classLoader);
    }
}
