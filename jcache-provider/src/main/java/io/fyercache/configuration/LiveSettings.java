package io.fyercache.configuration;

import io.fyercache.core.engine.PortableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;

/**
 * Settings that are to change while a cache is used: its bound, its expiry, how it loads, and whether it has statistics. What is not said here stays as it is.
 *
 * <p>Immutable. The values are checked against the cache when they are {@linkplain #appliedTo applied}.
 *
 * <pre>{@code
 * cache.unwrap(FyerCache.class).adjust(LiveSettings.none().withMaximumEntries(50_000).withStatistics(true));
 * }</pre>
 */
public final class LiveSettings {

    /** What can change. The others say what a cache is, or are user code, which is made once. */
    static final List<Setting<?>> ALL = List.of(
            CacheSettings.STATISTICS,
            CacheSettings.EXPIRY,
            CacheSettings.MAXIMUM_ENTRIES,
            CacheSettings.MAXIMUM_WEIGHT,
            CacheSettings.LOAD_MAXIMUM_CONCURRENT_LOADS,
            CacheSettings.LOAD_QUEUE_WAIT,
            CacheSettings.LOAD_REFRESH_AHEAD,
            CacheSettings.LOAD_STALE_ON_ERROR,
            CacheSettings.LOAD_MISS_TIME_TO_LIVE);

    private static final Map<String, Setting<?>> BY_NAME =
            ALL.stream().collect(Collectors.toMap(Setting::path, each -> each));

    /** Bounds can be moved, and neither set nor lifted: with one, entries are kept otherwise. */
    private static final List<Setting<Long>> BOUNDS =
            List.of(CacheSettings.MAXIMUM_ENTRIES, CacheSettings.MAXIMUM_WEIGHT);

    private static final LiveSettings NONE = new LiveSettings(SettingValues.none(), Set.of());

    private final SettingValues values;
    private final Set<Setting<?>> off;

    LiveSettings(SettingValues values, Set<Setting<?>> off) {
        this.values = values;
        this.off = Set.copyOf(off);
    }

    /** Returns what changes nothing. */
    public static LiveSettings none() {
        return NONE;
    }

    /**
     * Reads what a request says: settings as a file has them below the name of a cache, as JSON or YAML.
     *
     * @throws InvalidConfigurationException if the settings have faults, or some cannot change while a cache is used; it lists all of them
     */
    public static LiveSettings parse(String settings, ClassLoader loader) {
        return RequestedSettings.read(settings, loader).live();
    }

    /** Returns these with another number of entries that the cache keeps, 1 or more; it must have such a bound already. */
    public LiveSettings withMaximumEntries(long entries) {
        return with(CacheSettings.MAXIMUM_ENTRIES, entries);
    }

    /** Returns these with another weight that the cache keeps, 1 or more; it must have such a bound already. */
    public LiveSettings withMaximumWeight(long weight) {
        return with(CacheSettings.MAXIMUM_WEIGHT, weight);
    }

    /**
     * Returns these with another policy by which entries expire that are written or used from then on.
     *
     * @param factory of one of JSR-107's policies
     */
    public LiveSettings withExpiry(Factory<? extends ExpiryPolicy> factory) {
        return with(CacheSettings.EXPIRY, factory);
    }

    /** Returns these with statistics on or off. */
    public LiveSettings withStatistics(boolean enabled) {
        return with(CacheSettings.STATISTICS, enabled);
    }

    /** Returns these with other options of loading, all of them. */
    public LiveSettings withLoadOptions(LoadOptions options) {
        SettingValues stated = options.statedIn(values);
        Set<Setting<?>> without = new HashSet<>(off);
        for (Setting<?> setting : ALL) {
            boolean isOption = setting.path().startsWith("load.");
            if (isOption && stated.states(setting)) {
                without.remove(setting);
            } else if (isOption) {
                without.add(setting);
            }
        }
        return new LiveSettings(stated, without);
    }

    private <T> LiveSettings with(Setting<T> setting, T value) {
        return new LiveSettings(values.with(setting, value), off);
    }

    /** Tells whether nothing is to change. */
    public boolean isEmpty() {
        return ALL.stream().noneMatch(setting -> values.states(setting) || off.contains(setting));
    }

    // ---- applied

    /**
     * Returns the configuration of a cache after the change.
     *
     * @param present as it is
     * @throws InvalidConfigurationException if a value is out of its range, two are at odds, or the cache cannot be changed so while it is used; it lists all
     *     faults
     */
    public <K, V> FyerConfiguration<K, V> appliedTo(FyerConfiguration<K, V> present) {
        List<ConfigurationFault> faults = new ArrayList<>();
        BOUNDS.forEach(bound -> checkBound(bound, present.values(), faults));
        checkExpiry(present.values(), faults);
        SettingValues next = present.values().overriddenBy(values);
        for (Setting<?> setting : off) {
            next = next.without(setting);
        }
        if (faults.isEmpty()) {
            SettingRules.violationsOf(next).stream()
                    .map(SettingRules.Violation::asFault)
                    .forEach(faults::add);
        }
        if (!faults.isEmpty()) {
            throw new InvalidConfigurationException(faults);
        }
        return new FyerConfiguration<>(next.withDefaults());
    }

    private void checkBound(Setting<Long> bound, SettingValues present, List<ConfigurationFault> faults) {
        Long wanted = values.stated(bound);
        boolean isOff = off.contains(bound);
        if (isOff || (wanted != null && !present.states(bound))) {
            faults.add(new ConfigurationFault(
                    null,
                    bound.path(),
                    isOff ? SectionReader.OFF : bound.type().print(Objects.requireNonNull(wanted)),
                    present.states(bound)
                            ? "a number, as a cache that has a bound keeps one"
                            : "nothing, as the cache has no such bound, and gets none while it is used",
                    "destroy the cache and define it anew"));
        }
    }

    private void checkExpiry(SettingValues present, List<ConfigurationFault> faults) {
        Factory<? extends ExpiryPolicy> wanted = values.stated(CacheSettings.EXPIRY);
        if (wanted == null) {
            return;
        }
        Factory<? extends ExpiryPolicy> before = present.get(CacheSettings.EXPIRY);
        String text = SettingForm.text(CacheSettings.EXPIRY, wanted);
        if (ExpiryForm.write(wanted) == null) {
            faults.add(new ConfigurationFault(
                    null,
                    CacheSettings.EXPIRY.path(),
                    text,
                    "times, as one of JSR-107's policies has them: user code is made when a cache is opened",
                    "use one of these, or destroy the cache and define it anew"));
        } else if (ExpiryForm.write(before) == null) {
            faults.add(new ConfigurationFault(
                    null,
                    CacheSettings.EXPIRY.path(),
                    text,
                    "nothing, as the cache has a policy of the user's own, "
                            + SettingForm.text(CacheSettings.EXPIRY, before),
                    "let the policy answer otherwise, or destroy the cache and define it anew"));
        }
    }

    // ---- as they travel

    /**
     * Returns these as other processes of a cluster are told of them, by name; what is off has no bytes.
     *
     * @param cacheName for errors
     * @throws IllegalArgumentException if something is set that only a local cache does
     */
    public SortedMap<String, PortableDefinition.Setting> portable(String cacheName) {
        PortableSettings.requireInCluster(cacheName, values);
        SortedMap<String, PortableDefinition.Setting> settings = new TreeMap<>();
        ALL.forEach(setting -> write(setting, settings));
        return settings;
    }

    private <T> void write(Setting<T> setting, SortedMap<String, PortableDefinition.Setting> settings) {
        T value = values.stated(setting);
        if (value != null) {
            settings.put(setting.path(), SettingForm.plain(setting, value));
        } else if (off.contains(setting)) {
            settings.put(setting.path(), new PortableDefinition.Setting(SectionReader.OFF, new byte[0]));
        }
    }

    /**
     * Reads what {@link #portable} has written elsewhere.
     *
     * @throws IllegalArgumentException if it is nothing that this version understands
     */
    public static LiveSettings received(Map<String, PortableDefinition.Setting> settings) {
        LiveSettings received = NONE;
        for (Map.Entry<String, PortableDefinition.Setting> each : settings.entrySet()) {
            Setting<?> setting = BY_NAME.get(each.getKey());
            if (setting == null) {
                throw new IllegalArgumentException(
                        each.getKey() + ": unknown setting (expected: one that changes while a cache"
                                + " is used); it was changed by another version, which this process must have, too");
            }
            received = received.with(setting, each.getValue().form());
        }
        return received;
    }

    private <T> LiveSettings with(Setting<T> setting, byte[] form) {
        if (form.length == 0) {
            Set<Setting<?>> without = new HashSet<>(off);
            without.add(setting);
            return new LiveSettings(values, without);
        }
        return new LiveSettings(values.with(setting, SettingForm.readPlain(setting, form)), off);
    }

    /** Returns the names of the settings that can change. */
    static List<String> names() {
        return Collections.unmodifiableList(
                ALL.stream().map(Setting::path).sorted().toList());
    }

    @Override
    public String toString() {
        return "LiveSettings" + values + (off.isEmpty() ? "" : " off: " + off);
    }
}
