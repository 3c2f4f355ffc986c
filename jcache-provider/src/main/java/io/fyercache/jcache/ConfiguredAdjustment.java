package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.LiveSettings;
import io.fyercache.core.engine.AdjustedDesign;
import io.fyercache.core.engine.Adjustment;
import io.fyercache.core.engine.PortableDefinition;
import java.util.SortedMap;

/**
 * Settings of a cache that are to change.
 *
 * @param changed what is to change
 * @param next the configuration with it
 */
record ConfiguredAdjustment(String name, LiveSettings changed, FyerConfiguration<?, ?> next) implements AdjustedDesign {

    @Override
    public Adjustment adjustment() {
        return CacheAssembly.adjustment(name, next);
    }

    @Override
    public SortedMap<String, PortableDefinition.Setting> portable() {
        return changed.portable(name);
    }
}
