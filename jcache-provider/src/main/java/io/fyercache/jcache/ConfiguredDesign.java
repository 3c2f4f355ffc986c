package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.PortableSettings;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.jcache.copy.EntryForm;
import io.fyercache.jcache.integration.UserObjects;
import org.jspecify.annotations.Nullable;

/**
 * The cache that a configuration describes.
 *
 * @param userObjects has the user's factories make their objects, if the engine wants them in this process
 * @param classLoader finds the classes of what travels
 */
record ConfiguredDesign(
        String name,
        FyerConfiguration<?, ?> configuration,
        EntryForm form,
        ChangeListeners listeners,
        UserObjects userObjects,
        ClassLoader classLoader)
        implements CacheDesign {

    @Override
    public @Nullable WriteBehindSettings writeBehind() {
        return CacheAssembly.writeBehind(configuration);
    }

    @Override
    public CacheDefinition definition() {
        return new CacheAssembly(name, configuration, configuration::getValueType, form, userObjects).define(listeners);
    }

    @Override
    public PortableDefinition portable() {
        return PortableSettings.write(name, configuration, classLoader);
    }
}
