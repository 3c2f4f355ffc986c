package io.fyercache.sharded.coordination;

import io.fyercache.core.engine.PortableDefinition.Setting;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a cache's settings has been changed for all processes since it was defined.
 *
 * @param revision grows with each change of the same cache; 0 if there was none
 * @param settings those that were changed, by name, as they are now
 */
public record Amendment(int revision, SortedMap<String, Setting> settings) {
    /** Nothing was changed. */
    public static final Amendment NONE = new Amendment(0, Collections.emptySortedMap());

    /** Copies the settings. */
    public Amendment {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** Returns the settings that were changed, with others changed besides. */
    public SortedMap<String, Setting> with(SortedMap<String, Setting> more) {
        SortedMap<String, Setting> all = new TreeMap<>(settings);
        all.putAll(more);
        return all;
    }
}
