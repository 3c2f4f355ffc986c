package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.sharded.engine.CataloguedCache;
import java.util.Collections;
import java.util.SortedMap;

/**
 * A cache of a simulated cluster, whose settings stay as they were defined.
 *
 * @param destruction takes it out of the cluster
 */
record FixedCache(Runnable destruction) implements CataloguedCache {

    @Override
    public void adjust(SortedMap<String, Setting> settings) {
        throw new UnsupportedOperationException("settings of a cache: " + settings
                + " (expected: none to change, as the cluster is simulated); define another cache");
    }

    @Override
    public SortedMap<String, Setting> amendments() {
        return Collections.emptySortedMap();
    }

    @Override
    public void destroy() {
        destruction.run();
    }

    @Override
    public void leave() {
        // Nobody is to tell it anything.
    }
}
