package io.fyercache.configuration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** What one map of a file says: a cache, the defaults, or a part of them. For one thread, and not changed once it is read. */
final class Section {

    private final Node node;
    private final Map<Setting<?>, Node> places = new HashMap<>();
    private final Set<Setting<?>> off = new HashSet<>();
    private final Set<Setting<?>> unreadable = new HashSet<>();
    private SettingValues values = SettingValues.none();

    /** Starts a section that says nothing, at a node which stands for the whole of it in faults. */
    Section(Node node) {
        this.node = node;
    }

    <T> void state(Setting<T> setting, T value, Node at) {
        values = values.with(setting, value);
        places.put(setting, at);
    }

    /** Takes note that an optional setting is off here, whatever the defaults say. */
    void turnOff(Setting<?> setting, Node at) {
        off.add(setting);
        places.put(setting, at);
    }

    /** Takes note that a setting is stated by something that is a fault. */
    void stateUnreadably(Setting<?> setting, Node at) {
        unreadable.add(setting);
        places.put(setting, at);
    }

    SettingValues values() {
        return values;
    }

    /** Returns whether this section says anything about a setting. */
    boolean mentions(Setting<?> setting) {
        return places.containsKey(setting);
    }

    Set<Setting<?>> unreadable() {
        return unreadable;
    }

    /** Returns where a setting is stated; this section's own place when it is not. */
    Node placeOf(Optional<Setting<?>> setting) {
        return setting.map(places::get).orElse(node);
    }

    /** Returns the values of a cache that says this and inherits the rest. */
    SettingValues inheriting(SettingValues defaults) {
        SettingValues inherited = defaults;
        if (mentions(CacheSettings.MAXIMUM_ENTRIES)) {
            inherited = inherited.without(CacheSettings.MAXIMUM_WEIGHT);
        }
        if (mentions(CacheSettings.MAXIMUM_WEIGHT)) {
            inherited = inherited.without(CacheSettings.MAXIMUM_ENTRIES);
        }
        SettingValues merged = inherited.overriddenBy(values);
        for (Setting<?> setting : off) {
            merged = merged.without(setting);
        }
        return withoutUnusedInheritance(merged);
    }

    /** Drops what was inherited and would be at odds with what this section says by itself. */
    private SettingValues withoutUnusedInheritance(SettingValues merged) {
        SettingValues kept = merged;
        boolean weighs =
                merged.states(CacheSettings.MAXIMUM_WEIGHT) || unreadable.contains(CacheSettings.MAXIMUM_WEIGHT);
        boolean bounded = weighs
                || merged.states(CacheSettings.MAXIMUM_ENTRIES)
                || unreadable.contains(CacheSettings.MAXIMUM_ENTRIES);
        if (!weighs && !mentions(CacheSettings.WEIGHER)) {
            kept = kept.without(CacheSettings.WEIGHER);
        }
        if (!bounded && !mentions(CacheSettings.EVICTION_LISTENER)) {
            kept = kept.without(CacheSettings.EVICTION_LISTENER);
        }
        if (kept.stated(CacheSettings.TOPOLOGY) != Topology.INVALIDATED
                && !unreadable.contains(CacheSettings.TOPOLOGY)
                && !mentions(CacheSettings.INVALIDATION_BUS)) {
            kept = kept.without(CacheSettings.INVALIDATION_BUS);
        }
        if (kept.stated(CacheSettings.TOPOLOGY) == Topology.INVALIDATED
                && !mentions(CacheSettings.WRITE_BEHIND_DELAY)) {
            kept = kept.without(CacheSettings.WRITE_BEHIND_DELAY);
        }
        Topology topology = kept.stated(CacheSettings.TOPOLOGY);
        boolean isElsewhere = topology != null && topology != Topology.PARTITIONED;
        if ((isElsewhere || ExpiryForm.mayChangeByReads(kept.get(CacheSettings.EXPIRY)))
                && !mentions(CacheSettings.NEAR_MAXIMUM_ENTRIES)) {
            kept = kept.without(CacheSettings.NEAR_MAXIMUM_ENTRIES);
        }
        if (values.stated(CacheSettings.SERIALIZATION_ADMISSION) == ClassAdmission.APPLICATION_CLASSES
                && !mentions(CacheSettings.SERIALIZATION_ALLOWED_CLASSES)) {
            kept = kept.without(CacheSettings.SERIALIZATION_ALLOWED_CLASSES);
        }
        return kept;
    }
}
