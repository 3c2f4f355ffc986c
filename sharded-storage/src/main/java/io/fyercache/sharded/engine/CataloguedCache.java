package io.fyercache.sharded.engine;

import io.fyercache.core.engine.PortableDefinition.Setting;
import java.util.SortedMap;

/** A cache as its cluster's catalogue has it, for the engine of one process. Its methods wait, and are thread-safe. */
public interface CataloguedCache {

    /**
     * Changes settings for all processes.
     *
     * @throws javax.cache.CacheException if that is refused, or ZooKeeper does not answer in time; says which
     */
    void adjust(SortedMap<String, Setting> settings);

    /** Returns what was changed so since the cache was defined, as far as this process knows. Waits for nobody. */
    SortedMap<String, Setting> amendments();

    /** Takes the cache out. */
    void destroy();

    /** This process uses it no longer. Waits for nobody. */
    void leave();
}
