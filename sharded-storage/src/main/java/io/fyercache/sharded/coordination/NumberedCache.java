package io.fyercache.sharded.coordination;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.sharded.topology.CacheNumber;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cache of a cluster.
 *
 * @param number from 1 to {@link CacheNumber#MAX}; no other cache ever has it, be it one of the same name that is defined when this one has been destroyed
 * @param definition as it was defined
 * @param amendment what has been changed since
 */
public record NumberedCache(int number, PortableDefinition definition, Amendment amendment) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public NumberedCache {
        if (number < 1 || number > CacheNumber.MAX) {
            throw new IllegalArgumentException(
                    "number of a cache: " + number + " (expected: 1.." + CacheNumber.MAX + ")");
        }
    }

    /** A cache of which nothing has been changed. */
    public NumberedCache(int number, PortableDefinition definition) {
        this(number, definition, Amendment.NONE);
    }

    /** Returns the cache after a change. */
    public NumberedCache amended(Amendment latest) {
        return new NumberedCache(number, definition, latest);
    }

    /** Returns the settings as they are now, by name, those that keep entries and those that are of interest to other processes. */
    public SortedMap<String, PortableDefinition.Setting> present() {
        return new Amendment(0, definition.settings()).with(amendment.settings());
    }

    /**
     * Returns in what a definition of the same cache means something else, for people. Of what was changed it may say what was defined, or what is the case
     * now. Empty if it means the same.
     */
    public List<String> differencesOf(PortableDefinition wanted) {
        SortedMap<String, PortableDefinition.Setting> there = new TreeMap<>(definition.settings());
        amendment.settings().forEach((name, setting) -> {
            if (setting.equals(wanted.settings().get(name))) {
                there.put(name, setting);
            }
        });
        return wanted.differencesFrom(new PortableDefinition(definition.name(), there));
    }
}
