package io.fyercache.configuration;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * Collects the settings of one cache and checks them together in {@link #build()}.
 *
 * <p>A setting that is not called keeps its default. Each method throws {@link NullPointerException} for null and checks nothing else.
 * Not safe for use by several threads.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class ConfigurationBuilder<K, V> {

    private SettingValues values;

    ConfigurationBuilder(SettingValues values) {
        this.values = values;
    }

    /** Sets whether the cache keeps copies of keys and values (default) or the objects themselves. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> storeByValue(boolean byValue) {
        return set(CacheSettings.STORE_BY_VALUE, byValue);
    }

    /** Sets where the entries are; by default in this JVM, or in the cluster that the manager's URI names. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> topology(Topology topology) {
        return set(CacheSettings.TOPOLOGY, topology);
    }

    /** Sets how the cache hears what others have changed; the topology must be {@link Topology#INVALIDATED}. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> invalidation(InvalidationOptions options) {
        values = options.statedIn(values);
        return this;
    }

    /** Has each process keep entries near that it has read from other members; the topology must be {@link Topology#PARTITIONED}, if one is set. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> near(NearOptions options) {
        values = options.statedIn(values);
        return this;
    }

    /** Sets whether hits, misses and times are counted and shown through JMX; not by default. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> statisticsEnabled(boolean enabled) {
        return set(CacheSettings.STATISTICS, enabled);
    }

    /** Sets whether the configuration is shown through JMX; not by default. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> managementEnabled(boolean enabled) {
        return set(CacheSettings.MANAGEMENT, enabled);
    }

    /** Sets whether a read of a missing key calls the {@link #loader}; not by default. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> readThrough(boolean enabled) {
        return set(CacheSettings.READ_THROUGH, enabled);
    }

    /** Sets whether each write calls the {@link #writer} first; not by default. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> writeThrough(boolean enabled) {
        return set(CacheSettings.WRITE_THROUGH, enabled);
    }

    /** Sets what makes the loader of missing values; by default there is none. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> loader(Factory<? extends CacheLoader<K, V>> factory) {
        return set(CacheSettings.LOADER, factory);
    }

    /** Sets what makes the writer to the system of record; by default there is none. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> writer(Factory<? extends CacheWriter<? super K, ? super V>> factory) {
        return set(CacheSettings.WRITER, factory);
    }

    /** Sets what makes the policy that says when entries expire; by default they never do. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> expiry(Factory<? extends ExpiryPolicy> factory) {
        return set(CacheSettings.EXPIRY, factory);
    }

    /**
     * Adds a listener.
     *
     * @throws IllegalArgumentException if an equal one is there already
     */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> listener(CacheEntryListenerConfiguration<K, V> listener) {
        Set<CacheEntryListenerConfiguration<?, ?>> listeners = new LinkedHashSet<>(values.get(CacheSettings.LISTENERS));
        if (!listeners.add(Objects.requireNonNull(listener, "listener"))) {
            throw new IllegalArgumentException("listener: " + listener
                    + " (expected: one that is not registered yet); register each listener once");
        }
        return set(CacheSettings.LISTENERS, Collections.unmodifiableSet(listeners));
    }

    /** Sets how many entries the cache keeps, 1 or more; unbounded by default. Excludes {@link #maximumWeight}. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> maximumEntries(long entries) {
        return set(CacheSettings.MAXIMUM_ENTRIES, entries);
    }

    /** Sets how much weight, in the unit of the {@link #weigher}, the cache keeps, 1 or more. Excludes {@link #maximumEntries}. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> maximumWeight(long weight) {
        return set(CacheSettings.MAXIMUM_WEIGHT, weight);
    }

    /** Sets what makes the weigher, which {@link #maximumWeight} needs. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> weigher(Factory<? extends EntryWeigher<? super K, ? super V>> factory) {
        return set(CacheSettings.WEIGHER, factory);
    }

    /** Sets what makes the listener to evictions; a cache with a maximum may have one. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> evictionListener(
            Factory<? extends EvictionListener<? super K, ? super V>> factory) {
        return set(CacheSettings.EVICTION_LISTENER, factory);
    }

    /** Sets how the cache uses its loader. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> loadOptions(LoadOptions options) {
        values = options.statedIn(values);
        return this;
    }

    /**
     * Has the cache write behind: changes wait, and are written in the background. Needs {@link #writeThrough}, and a {@link #writer}; by
     * default each change is written before it is kept.
     */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> writeBehind(WriteBehindOptions options) {
        values = options.statedIn(values);
        return this;
    }

    /** Sets how keys and values become bytes and what is accepted on the way back. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> serialization(Serialization serialization) {
        values = serialization.statedIn(values);
        return this;
    }

    /** Sets how many events may wait for the asynchronous listeners: 1..1,000,000, default 8192; beyond, writers wait. */
    @CanIgnoreReturnValue
    public ConfigurationBuilder<K, V> asyncListenerQueue(int events) {
        return set(CacheSettings.ASYNC_LISTENER_QUEUE, (long) events);
    }

    /**
     * Returns the configuration.
     *
     * @throws InvalidConfigurationException if a value is out of its range or two are at odds; it lists all faults
     */
    public FyerConfiguration<K, V> build() {
        List<ConfigurationFault> faults = SettingRules.violationsOf(values).stream()
                .map(SettingRules.Violation::asFault)
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidConfigurationException(faults);
        }
        return new FyerConfiguration<>(values.withDefaults());
    }

    @CanIgnoreReturnValue
    private <T> ConfigurationBuilder<K, V> set(Setting<T> setting, T value) {
        values = values.with(setting, value);
        return this;
    }
}
