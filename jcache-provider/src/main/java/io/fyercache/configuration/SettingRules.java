package io.fyercache.configuration;

import static io.fyercache.configuration.CacheSettings.EVICTION_LISTENER;
import static io.fyercache.configuration.CacheSettings.LOADER;
import static io.fyercache.configuration.CacheSettings.MAXIMUM_ENTRIES;
import static io.fyercache.configuration.CacheSettings.MAXIMUM_WEIGHT;
import static io.fyercache.configuration.CacheSettings.READ_THROUGH;
import static io.fyercache.configuration.CacheSettings.SERIALIZATION_ADMISSION;
import static io.fyercache.configuration.CacheSettings.SERIALIZATION_ALLOWED_CLASSES;
import static io.fyercache.configuration.CacheSettings.WEIGHER;
import static io.fyercache.configuration.CacheSettings.WRITER;
import static io.fyercache.configuration.CacheSettings.WRITE_THROUGH;

import java.util.ArrayList;
import java.util.List;

/** What a valid set of values keeps to: each value in its range, and no two at odds. */
final class SettingRules {

    private SettingRules() {}

    /** Returns every fault of the values, in the order of the catalog, those of single values first. */
    static List<ConfigurationFault> faultsOf(SettingValues values) {
        List<ConfigurationFault> faults = new ArrayList<>();
        for (Setting<?> setting : CacheSettings.ALL) {
            checkRange(setting, values, faults);
        }
        checkThrough(values, faults);
        checkBounds(values, faults);
        checkAllowList(values, faults);
        return faults;
    }

    private static <T> void checkRange(Setting<T> setting, SettingValues values, List<ConfigurationFault> faults) {
        T value = values.stated(setting);
        if (value != null && !setting.type().admits(value)) {
            faults.add(setting.faultOf(setting.type().print(value)));
        }
    }

    private static void checkThrough(SettingValues values, List<ConfigurationFault> faults) {
        if (values.get(READ_THROUGH) && !values.states(LOADER)) {
            faults.add(READ_THROUGH.fault(
                    "true", "false, as there is no loader", "add a loader, or turn readThrough off"));
        }
        if (values.get(WRITE_THROUGH) && !values.states(WRITER)) {
            faults.add(WRITE_THROUGH.fault(
                    "true", "false, as there is no writer", "add a writer, or turn writeThrough off"));
        }
    }

    private static void checkBounds(SettingValues values, List<ConfigurationFault> faults) {
        Long entries = values.stated(MAXIMUM_ENTRIES);
        Long weight = values.stated(MAXIMUM_WEIGHT);
        if (entries != null && weight != null) {
            faults.add(MAXIMUM_ENTRIES.fault(
                    entries.toString(), "none, as there is maximumWeight: " + weight, "keep one of the two"));
        }
        if (weight != null && !values.states(WEIGHER)) {
            faults.add(MAXIMUM_WEIGHT.fault(
                    weight.toString(), "none, as there is no weigher", "add a weigher, or use maximumEntries"));
        }
        if (weight == null && values.states(WEIGHER)) {
            faults.add(WEIGHER.fault(
                    WEIGHER.type().print(values.get(WEIGHER)),
                    "none, as there is no maximumWeight",
                    "add maximumWeight, or drop the weigher"));
        }
        if (entries == null && weight == null && values.states(EVICTION_LISTENER)) {
            faults.add(EVICTION_LISTENER.fault(
                    EVICTION_LISTENER.type().print(values.get(EVICTION_LISTENER)),
                    "none, as the cache has no maximum and evicts nothing",
                    "add maximumEntries or maximumWeight, or drop the listener"));
        }
    }

    private static void checkAllowList(SettingValues values, List<ConfigurationFault> faults) {
        List<String> allowed = values.get(SERIALIZATION_ALLOWED_CLASSES);
        if (!allowed.isEmpty() && values.get(SERIALIZATION_ADMISSION) != ClassAdmission.ALLOW_LIST) {
            faults.add(SERIALIZATION_ALLOWED_CLASSES.fault(
                    SERIALIZATION_ALLOWED_CLASSES.type().print(allowed),
                    "none, as admission is application-classes",
                    "set serialization.admission to allow-list, or drop the list"));
        }
    }
}
