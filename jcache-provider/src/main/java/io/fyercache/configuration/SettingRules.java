package io.fyercache.configuration;

import static io.fyercache.configuration.CacheSettings.EVICTION_LISTENER;
import static io.fyercache.configuration.CacheSettings.EXPIRY;
import static io.fyercache.configuration.CacheSettings.INVALIDATION_BUS;
import static io.fyercache.configuration.CacheSettings.INVALIDATION_HEARTBEAT;
import static io.fyercache.configuration.CacheSettings.INVALIDATION_MAXIMUM_STALENESS;
import static io.fyercache.configuration.CacheSettings.LOADER;
import static io.fyercache.configuration.CacheSettings.MAXIMUM_ENTRIES;
import static io.fyercache.configuration.CacheSettings.MAXIMUM_WEIGHT;
import static io.fyercache.configuration.CacheSettings.NEAR_MAXIMUM_ENTRIES;
import static io.fyercache.configuration.CacheSettings.READ_THROUGH;
import static io.fyercache.configuration.CacheSettings.SERIALIZATION_ADMISSION;
import static io.fyercache.configuration.CacheSettings.SERIALIZATION_ALLOWED_CLASSES;
import static io.fyercache.configuration.CacheSettings.TOPOLOGY;
import static io.fyercache.configuration.CacheSettings.WEIGHER;
import static io.fyercache.configuration.CacheSettings.WRITER;
import static io.fyercache.configuration.CacheSettings.WRITE_BEHIND_DELAY;
import static io.fyercache.configuration.CacheSettings.WRITE_BEHIND_LONGEST_RETRY_PAUSE;
import static io.fyercache.configuration.CacheSettings.WRITE_BEHIND_RETRY_PAUSE;
import static io.fyercache.configuration.CacheSettings.WRITE_THROUGH;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a valid set of values keeps to: each value in its range, and no two at odds. */
final class SettingRules {

    /** Heartbeats that go into the time after which nothing is believed any more: two may be lost or late. */
    private static final int HEARTBEATS_BEFORE_STALE = 3;

    private final SettingValues values;
    private final Set<Setting<?>> unreadable;
    private final List<Violation> violations = new ArrayList<>();

    private SettingRules(SettingValues values, Set<Setting<?>> unreadable) {
        this.values = values;
        this.unreadable = unreadable;
    }

    /** A setting whose value is out of its range or at odds with another one. */
    record Violation(Setting<?> setting, String value, String expectation, String remedy) {

        /** Returns this as a fault of a configuration made in code. */
        ConfigurationFault asFault() {
            return new ConfigurationFault(null, setting.path(), value, expectation, remedy);
        }
    }

    /** Returns every violation: first the values out of range, in the order of the catalog, then those at odds. */
    static List<Violation> violationsOf(SettingValues values) {
        SettingRules rules = new SettingRules(values, Set.of());
        CacheSettings.ALL.forEach(rules::checkRange);
        rules.checkAgainstEachOther();
        return rules.violations;
    }

    /** Returns the values at odds, where some settings are stated by text that nobody can read and that has been reported. */
    static List<Violation> conflictsOf(SettingValues values, Set<Setting<?>> unreadable) {
        SettingRules rules = new SettingRules(values, unreadable);
        rules.checkAgainstEachOther();
        return rules.violations;
    }

    private <T> void checkRange(Setting<T> setting) {
        T value = values.stated(setting);
        if (value != null && !setting.type().admits(value)) {
            violate(setting, setting.type().expectation(), setting.remedy());
        }
    }

    private void checkAgainstEachOther() {
        if (values.get(READ_THROUGH) && !isPresent(LOADER)) {
            violate(READ_THROUGH, "false, as there is no loader", "add a loader, or turn readThrough off");
        }
        if (values.get(WRITE_THROUGH) && !isPresent(WRITER)) {
            violate(WRITE_THROUGH, "false, as there is no writer", "add a writer, or turn writeThrough off");
        }
        checkWriteBehind();
        checkInvalidation();
        checkNear();
        checkMaximum();
        if (!values.get(SERIALIZATION_ALLOWED_CLASSES).isEmpty()
                && values.get(SERIALIZATION_ADMISSION) != ClassAdmission.ALLOW_LIST
                && !unreadable.contains(SERIALIZATION_ADMISSION)) {
            violate(
                    SERIALIZATION_ALLOWED_CLASSES,
                    "none, as serialization.admission is application-classes",
                    "set serialization.admission to allow-list, or drop the list");
        }
    }

    private void checkWriteBehind() {
        if (values.states(WRITE_BEHIND_DELAY) && !values.get(WRITE_THROUGH) && !unreadable.contains(WRITE_THROUGH)) {
            violate(
                    WRITE_BEHIND_DELAY,
                    "none, as writeThrough is false and nothing is written",
                    "set writeThrough to true, or drop the delay");
        }
        Duration first = values.get(WRITE_BEHIND_RETRY_PAUSE);
        if (values.get(WRITE_BEHIND_LONGEST_RETRY_PAUSE).compareTo(first) < 0
                && !unreadable.contains(WRITE_BEHIND_RETRY_PAUSE)
                && !unreadable.contains(WRITE_BEHIND_LONGEST_RETRY_PAUSE)) {
            violate(
                    WRITE_BEHIND_LONGEST_RETRY_PAUSE,
                    "not less than writeBehind.retryPause, " + DurationText.print(first),
                    "set it to that or more");
        }
    }

    private void checkInvalidation() {
        boolean isInvalidated = values.stated(TOPOLOGY) == Topology.INVALIDATED;
        if (values.states(INVALIDATION_BUS) && !isInvalidated && !unreadable.contains(TOPOLOGY)) {
            violate(
                    INVALIDATION_BUS,
                    "none, as the topology is not invalidated",
                    "set topology to invalidated, or drop the bus");
        }
        if (isInvalidated && values.states(WRITE_BEHIND_DELAY)) {
            violate(
                    WRITE_BEHIND_DELAY,
                    "none, as others would load the old value before the new one is written",
                    "drop the delay, or the topology");
        }
        Duration staleness = values.get(INVALIDATION_MAXIMUM_STALENESS);
        Duration heartbeat = values.get(INVALIDATION_HEARTBEAT);
        if (heartbeat.multipliedBy(HEARTBEATS_BEFORE_STALE).compareTo(staleness) > 0
                && !unreadable.contains(INVALIDATION_MAXIMUM_STALENESS)
                && !unreadable.contains(INVALIDATION_HEARTBEAT)) {
            violate(
                    INVALIDATION_HEARTBEAT,
                    "at most a third of invalidation.maximumStaleness, " + DurationText.print(staleness),
                    "set it to that or less, or raise the other");
        }
    }

    private void checkNear() {
        if (!values.states(NEAR_MAXIMUM_ENTRIES)) {
            return;
        }
        Topology topology = values.stated(TOPOLOGY);
        if (topology != null && topology != Topology.PARTITIONED && !unreadable.contains(TOPOLOGY)) {
            violate(
                    NEAR_MAXIMUM_ENTRIES,
                    "off, as the topology is " + TOPOLOGY.type().print(topology),
                    "set topology to partitioned, or drop it");
        }
        if (!unreadable.contains(EXPIRY) && ExpiryForm.mayChangeByReads(values.get(EXPIRY))) {
            violate(
                    NEAR_MAXIMUM_ENTRIES,
                    "off, as the expiry is " + EXPIRY.type().print(values.get(EXPIRY))
                            + " and reads that are answered near change no deadline",
                    "let entries expire by creation and update alone, or drop it");
        }
    }

    private void checkMaximum() {
        Long weight = values.stated(MAXIMUM_WEIGHT);
        if (values.states(MAXIMUM_ENTRIES) && weight != null) {
            violate(MAXIMUM_ENTRIES, "none, as there is maximumWeight: " + weight, "keep one of the two");
        }
        if (values.states(MAXIMUM_WEIGHT) && !isPresent(WEIGHER)) {
            violate(MAXIMUM_WEIGHT, "none, as there is no weigher", "add a weigher, or use maximumEntries");
        }
        if (values.states(WEIGHER) && !isPresent(MAXIMUM_WEIGHT)) {
            violate(WEIGHER, "none, as there is no maximumWeight", "add maximumWeight, or drop the weigher");
        }
        if (values.states(EVICTION_LISTENER) && !isPresent(MAXIMUM_ENTRIES) && !isPresent(MAXIMUM_WEIGHT)) {
            violate(
                    EVICTION_LISTENER,
                    "none, as the cache has no maximum and evicts nothing",
                    "add maximumEntries or maximumWeight, or drop the listener");
        }
    }

    private boolean isPresent(Setting<?> setting) {
        return values.states(setting) || unreadable.contains(setting);
    }

    private <T> void violate(Setting<T> setting, String expectation, String remedy) {
        violations.add(new Violation(setting, setting.type().print(values.get(setting)), expectation, remedy));
    }
}
