package io.fyercache.configuration;

import io.fyercache.core.engine.PortableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cache as they travel to the processes that keep its entries; {@link ReceivedSettings} reads them there.
 *
 * <p>All settings travel but those that concern only who uses the cache, such as listeners, statistics and management. Those that have their
 * default do not, so that a later version may have more settings. Of an invalidated cache, whose entries each process has, the definition is only compared: what a file
 * spells out travels, with the bus and the staleness, which must be those of all; no object of the user's does.
 */
public final class PortableSettings {

    /**
     * Bytes of all settings together: 64 KiB less the names of cache and settings is what ZooKeeper keeps of a definition, and every process
     * reads it. Large data is no setting.
     */
    public static final int MAX_BYTES = 48 << 10;

    /** What concerns the process that uses the cache, and the way of storing, of which a cluster has one. */
    private static final Set<Setting<?>> STAYING = Set.of(
            CacheSettings.STORE_BY_VALUE,
            CacheSettings.INVALIDATION_BUS,
            CacheSettings.INVALIDATION_SYNCHRONOUS,
            CacheSettings.INVALIDATION_MAXIMUM_STALENESS,
            CacheSettings.INVALIDATION_HEARTBEAT,
            CacheSettings.INVALIDATION_CONFIRM_LIMIT,
            CacheSettings.STATISTICS,
            CacheSettings.MANAGEMENT,
            CacheSettings.LISTENERS,
            CacheSettings.ASYNC_LISTENER_QUEUE);

    /** What the processes that keep entries do not do. To leave it out quietly would be worse than to refuse it. */
    private static final List<Setting<?>> LOCAL_ONLY =
            List.of(CacheSettings.LOAD_REFRESH_AHEAD, CacheSettings.LOAD_STALE_ON_ERROR);

    private static final List<Setting<?>> TRAVELLING = CacheSettings.ALL.stream()
            .filter(setting -> !STAYING.contains(setting) && !LOCAL_ONLY.contains(setting))
            .toList();

    /** What travels of a cache whose entries each process has, besides what of the above is no object of the user's. */
    private static final List<Setting<?>> OF_INVALIDATED =
            List.of(CacheSettings.INVALIDATION_BUS, CacheSettings.INVALIDATION_MAXIMUM_STALENESS);

    /** The settings that travel to processes that keep entries of others, by name. */
    static final Map<String, Setting<?>> BY_NAME =
            TRAVELLING.stream().collect(Collectors.toUnmodifiableMap(Setting::path, Function.identity()));

    private PortableSettings() {}

    /**
     * Returns what other processes need to know of a cache. Makes none of the user's objects.
     *
     * @param loader finds the classes of what travels
     * @throws IllegalArgumentException if something is set that only a local cache does, an object of the user's cannot travel, or all together is longer than {@value #MAX_BYTES} bytes
     */
    public static PortableDefinition write(
            String cacheName, FyerConfiguration<?, ?> configuration, ClassLoader loader) {
        if (configuration.invalidation().isPresent()) {
            return writeInvalidated(cacheName, configuration.values());
        }
        requireInCluster(cacheName, configuration);
        requireInCluster(cacheName, configuration.values());
        SettingForm forms = new SettingForm(new FactoryForm(configuration.serialization(), loader));
        SortedMap<String, PortableDefinition.Setting> settings = new TreeMap<>();
        int bytes = 0;
        for (Setting<?> setting : TRAVELLING) {
            PortableDefinition.Setting written = write(cacheName, setting, configuration.values(), forms);
            if (written != null) {
                settings.put(setting.path(), written);
                bytes += written.text().length() + written.form().length;
            }
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "cache '" + cacheName + "': " + tooLong(MAX_BYTES).getMessage());
        }
        return new PortableDefinition(cacheName, settings);
    }

    private static PortableDefinition writeInvalidated(String cacheName, SettingValues values) {
        SortedMap<String, PortableDefinition.Setting> settings = new TreeMap<>();
        TRAVELLING.forEach(setting -> addPlain(setting, values, settings));
        OF_INVALIDATED.forEach(setting -> addPlain(setting, values, settings));
        return new PortableDefinition(cacheName, settings);
    }

    private static <T> void addPlain(
            Setting<T> setting, SettingValues values, SortedMap<String, PortableDefinition.Setting> settings) {
        T value = values.stated(setting);
        if (value != null && !isDefault(setting, value) && SettingForm.isPlain(setting, value)) {
            settings.put(setting.path(), SettingForm.plain(setting, value));
        }
    }

    private static <T> boolean isDefault(Setting<T> setting, T value) {
        return setting.absence() == Setting.Absence.DEFAULT
                && setting.defaultValue().equals(value);
    }

    /**
     * Returns a definition as its cluster keeps it: with the topology that is usual where it comes from, if it states none, and without the one that a
     * cluster takes anyway.
     *
     * @param usual {@link Topology#PARTITIONED} or {@link Topology#REPLICATED}
     * @throws IllegalArgumentException if the cache is replicated and to be read near
     */
    public static PortableDefinition settle(PortableDefinition definition, Topology usual) {
        PortableDefinition.Setting replicated = SettingForm.spelled(CacheSettings.TOPOLOGY, Topology.REPLICATED);
        if (isInvalidated(definition)) {
            return definition;
        }
        SortedMap<String, PortableDefinition.Setting> settings = new TreeMap<>(definition.settings());
        PortableDefinition.Setting stated = settings.remove(CacheSettings.TOPOLOGY.path());
        if (stated == null ? usual == Topology.REPLICATED : stated.equals(replicated)) {
            requireNoneNear(definition);
            settings.put(CacheSettings.TOPOLOGY.path(), replicated);
        }
        return new PortableDefinition(definition.name(), settings);
    }

    private static void requireNoneNear(PortableDefinition definition) {
        PortableDefinition.Setting near = definition.settings().get(CacheSettings.NEAR_MAXIMUM_ENTRIES.path());
        if (near != null) {
            throw new IllegalArgumentException("cache '" + definition.name() + "': "
                    + CacheSettings.NEAR_MAXIMUM_ENTRIES.path() + ": " + near.text()
                    + " (expected: off, as the cache is replicated); leave it out, or set topology to partitioned");
        }
    }

    /** Tells whether a definition is of a cache of which every member has all entries. */
    public static boolean isReplicated(PortableDefinition definition) {
        return isOf(Topology.REPLICATED, definition);
    }

    /** Tells whether a definition is of a cache of which each process that uses it has entries of its own. */
    public static boolean isInvalidated(PortableDefinition definition) {
        return isOf(Topology.INVALIDATED, definition);
    }

    private static boolean isOf(Topology topology, PortableDefinition definition) {
        return SettingForm.spelled(CacheSettings.TOPOLOGY, topology)
                .equals(definition.settings().get(CacheSettings.TOPOLOGY.path()));
    }

    /**
     * Sees to it that nothing is set that only a local cache does.
     *
     * @throws IllegalArgumentException if something is
     */
    static void requireInCluster(String cacheName, SettingValues values) {
        LOCAL_ONLY.forEach(setting -> requireOff(cacheName, setting, values));
    }

    private static void requireInCluster(String cacheName, FyerConfiguration<?, ?> configuration) {
        Topology topology = configuration.topology().orElse(Topology.PARTITIONED);
        if (topology != Topology.PARTITIONED && topology != Topology.REPLICATED) {
            throw new IllegalArgumentException("cache '" + cacheName + "': topology: "
                    + CacheSettings.TOPOLOGY.type().print(topology)
                    + " (expected: partitioned, replicated or invalidated, as the manager is in a cluster); leave it out, or use a local"
                    + " cache manager");
        }
    }

    private static <T> void requireOff(String cacheName, Setting<T> setting, SettingValues values) {
        T value = values.stated(setting);
        if (value != null) {
            throw new IllegalArgumentException("cache '" + cacheName + "': " + setting.path() + ": "
                    + setting.type().print(value)
                    + " (expected: off, as the entries are kept in a cluster, which does not"
                    + " do that yet); leave it out, or use a local cache manager");
        }
    }

    private static <T> PortableDefinition.@Nullable Setting write(
            String cacheName, Setting<T> setting, SettingValues values, SettingForm forms) {
        T value = values.stated(setting);
        if (value == null || isDefault(setting, value)) {
            return null;
        }
        if (LOCAL_ONLY.contains(setting)) {
            throw new IllegalArgumentException("cache '" + cacheName + "': " + setting.path() + ": "
                    + setting.type().print(value)
                    + " (expected: off, as the entries are kept in a cluster, which does not"
                    + " do that yet); leave it out, or use a local cache manager");
        }
        try {
            return forms.write(setting, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cache '" + cacheName + "': " + setting.path() + ": " + e.getMessage(), e);
        }
    }

    /** Says that something is longer than a definition may be. */
    static IllegalArgumentException tooLong(int maxBytes) {
        return new IllegalArgumentException("the definition takes more than " + maxBytes
                + " bytes (expected: at most that many); let factories find large data where they run");
    }
}
