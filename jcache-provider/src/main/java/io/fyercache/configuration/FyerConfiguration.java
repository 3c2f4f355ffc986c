package io.fyercache.configuration;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one cache: those of JSR-107, and ours that plain JSR-107 cannot say.
 *
 * <p>Immutable, safe for all threads, and valid: {@link ConfigurationBuilder#build()} checks the whole. Two are equal when all their settings are. Serializable as
 * far as its factories are.
 *
 * <pre>{@code
 * FyerConfiguration<Long, Order> orders = FyerConfiguration.builder(Long.class, Order.class)
 *         .maximumEntries(10_000)
 *         .expiry(ModifiedExpiryPolicy.factoryOf(Duration.TEN_MINUTES))
 *         .build();
 * }</pre>
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
// Setting.type() guarantees what the unchecked casts claim: the builder's parameters are the only way in for factories
// and listeners.
@SuppressWarnings("unchecked")
public final class FyerConfiguration<K, V> implements CompleteConfiguration<K, V> {

    private static final long serialVersionUID = 1L;

    /** States every setting that has a default, so that a default and the same value stated are equal. */
    private final SettingValues values;

    FyerConfiguration(SettingValues values) {
        this.values = values;
    }

    /** Returns a builder for a cache whose keys and values are not checked. */
    public static ConfigurationBuilder<Object, Object> builder() {
        return builder(Object.class, Object.class);
    }

    /** Returns a builder for a cache that admits only keys and values of these classes. */
    public static <K, V> ConfigurationBuilder<K, V> builder(Class<K> keyType, Class<V> valueType) {
        return new ConfigurationBuilder<>(
                SettingValues.none().with(CacheSettings.KEY_TYPE, keyType).with(CacheSettings.VALUE_TYPE, valueType));
    }

    /**
     * Returns what a configuration of any kind says, with defaults for all that it cannot say; itself when it is of this class.
     *
     * @throws InvalidConfigurationException if the settings are at odds, such as read-through without a loader
     */
    public static <K, V> FyerConfiguration<K, V> from(Configuration<K, V> configuration) {
        if (configuration instanceof FyerConfiguration<K, V> fyer) {
            return fyer;
        }
        SettingValues stated = configuration instanceof CompleteConfiguration<K, V> complete
                ? StandardSettings.of(complete)
                : StandardSettings.of(configuration);
        return new ConfigurationBuilder<K, V>(stated).build();
    }

    /** Returns a builder that starts from this configuration. */
    public ConfigurationBuilder<K, V> toBuilder() {
        return new ConfigurationBuilder<>(values);
    }

    @Override
    public Class<K> getKeyType() {
        return (Class<K>) values.get(CacheSettings.KEY_TYPE);
    }

    @Override
    public Class<V> getValueType() {
        return (Class<V>) values.get(CacheSettings.VALUE_TYPE);
    }

    @Override
    public boolean isStoreByValue() {
        return values.get(CacheSettings.STORE_BY_VALUE);
    }

    @Override
    public boolean isStatisticsEnabled() {
        return values.get(CacheSettings.STATISTICS);
    }

    @Override
    public boolean isManagementEnabled() {
        return values.get(CacheSettings.MANAGEMENT);
    }

    @Override
    public boolean isReadThrough() {
        return values.get(CacheSettings.READ_THROUGH);
    }

    @Override
    public boolean isWriteThrough() {
        return values.get(CacheSettings.WRITE_THROUGH);
    }

    /** Returns what makes the loader; null when there is none (JSR-107 has no other way to say so). */
    @Override
    public @Nullable Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
        return (Factory<CacheLoader<K, V>>) values.stated(CacheSettings.LOADER);
    }

    /** Returns what makes the writer; null when there is none (JSR-107 has no other way to say so). */
    @Override
    public @Nullable Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
        return (Factory<CacheWriter<? super K, ? super V>>) values.stated(CacheSettings.WRITER);
    }

    @Override
    public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
        return (Factory<ExpiryPolicy>) values.get(CacheSettings.EXPIRY);
    }

    /** Returns the expiry policy if it is one of those that a file spells out; empty if it is the user's own. No code of the user's runs. */
    public Optional<ExpiryPolicy> expiryIfPlain() {
        Factory<? extends ExpiryPolicy> factory = values.get(CacheSettings.EXPIRY);
        return ExpiryForm.write(factory) == null ? Optional.empty() : Optional.<ExpiryPolicy>of(factory.create());
    }

    /** Returns the listeners in the order of their registration; unmodifiable. */
    @Override
    public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
        return (Set<CacheEntryListenerConfiguration<K, V>>) (Set<?>) values.get(CacheSettings.LISTENERS);
    }

    /** Returns how many entries the cache keeps, 1 or more; empty when their number is not bounded. */
    public OptionalLong maximumEntries() {
        return optional(CacheSettings.MAXIMUM_ENTRIES);
    }

    /** Returns how much weight the cache keeps, 1 or more, in the unit of {@link #weigher()}; empty when it is not bounded. */
    public OptionalLong maximumWeight() {
        return optional(CacheSettings.MAXIMUM_WEIGHT);
    }

    /** Returns what makes the weigher; present if and only if {@link #maximumWeight()} is. */
    public Optional<Factory<? extends EntryWeigher<? super K, ? super V>>> weigher() {
        return Optional.ofNullable(
                (Factory<? extends EntryWeigher<? super K, ? super V>>) values.stated(CacheSettings.WEIGHER));
    }

    /** Returns what makes the listener to evictions. */
    public Optional<Factory<? extends EvictionListener<? super K, ? super V>>> evictionListener() {
        return Optional.ofNullable((Factory<? extends EvictionListener<? super K, ? super V>>)
                values.stated(CacheSettings.EVICTION_LISTENER));
    }

    /** Returns how the cache uses its loader. */
    public LoadOptions loadOptions() {
        return LoadOptions.of(values);
    }

    /** Returns how the cache writes behind; empty if it writes each change before it is kept, or none. */
    public Optional<WriteBehindOptions> writeBehind() {
        return WriteBehindOptions.of(values);
    }

    /** Returns where the entries are, if that is said; else in this JVM, or in the cluster that the manager's URI names. */
    public Optional<Topology> topology() {
        return Optional.ofNullable(values.stated(CacheSettings.TOPOLOGY));
    }

    /** Returns how the cache hears what others have changed; present if and only if the topology is {@link Topology#INVALIDATED}. */
    public Optional<InvalidationOptions> invalidation() {
        return InvalidationOptions.of(values);
    }

    /** Returns how entries are read near; empty if they are not. */
    public Optional<NearOptions> near() {
        return NearOptions.of(values);
    }

    /** Returns how keys and values become bytes and what is accepted on the way back. */
    public Serialization serialization() {
        return Serialization.of(values);
    }

    /** Returns how many events may wait for the asynchronous listeners: 1..1,000,000. */
    public int asyncListenerQueue() {
        return values.get(CacheSettings.ASYNC_LISTENER_QUEUE).intValue();
    }

    /** Returns this configuration with statistics on or off. */
    public FyerConfiguration<K, V> withStatisticsEnabled(boolean enabled) {
        return new FyerConfiguration<>(values.with(CacheSettings.STATISTICS, enabled));
    }

    /** Returns this configuration with management on or off. */
    public FyerConfiguration<K, V> withManagementEnabled(boolean enabled) {
        return new FyerConfiguration<>(values.with(CacheSettings.MANAGEMENT, enabled));
    }

    /**
     * Returns this configuration with one listener more.
     *
     * @throws IllegalArgumentException if an equal one is there already
     */
    public FyerConfiguration<K, V> withListener(CacheEntryListenerConfiguration<K, V> listener) {
        return toBuilder().listener(listener).build();
    }

    /** Returns this configuration without the listener that is equal to the given one; this when there is none. */
    public FyerConfiguration<K, V> withoutListener(CacheEntryListenerConfiguration<K, V> listener) {
        Set<CacheEntryListenerConfiguration<?, ?>> listeners = new LinkedHashSet<>(values.get(CacheSettings.LISTENERS));
        if (!listeners.remove(Objects.requireNonNull(listener, "listener"))) {
            return this;
        }
        return new FyerConfiguration<>(values.with(CacheSettings.LISTENERS, Collections.unmodifiableSet(listeners)));
    }

    /**
     * Returns every setting by its name and as text, except the optional ones that are off. Of the user's objects it names the classes, and tells
     * nothing that they hold: it may be shown to whoever may see the cache.
     */
    public SortedMap<String, String> texts() {
        return values.texts();
    }

    /**
     * Returns in what this differs from the configuration that a cache of the same name has, for people: {@code maximumEntries: 10 there, 20 here}.
     * Empty if they are equal.
     */
    public List<String> differencesFrom(FyerConfiguration<?, ?> there) {
        return values.differencesFrom(there.values);
    }

    /**
     * Returns this, as nothing more will be said of the cache, whatever a file has for all: what writes nothing writes nothing behind, and entries that
     * live on by being read are not read near.
     */
    FyerConfiguration<K, V> settled() {
        SettingValues settled = values;
        if (!isWriteThrough()) {
            settled = settled.without(CacheSettings.WRITE_BEHIND_DELAY);
        }
        if (ExpiryForm.mayChangeByReads(getExpiryPolicyFactory())) {
            settled = settled.without(CacheSettings.NEAR_MAXIMUM_ENTRIES);
        }
        return new FyerConfiguration<>(settled);
    }

    /** Returns the values of all settings, for the merge with a file's. */
    SettingValues values() {
        return values;
    }

    private OptionalLong optional(Setting<Long> setting) {
        Long stated = values.stated(setting);
        return stated == null ? OptionalLong.empty() : OptionalLong.of(stated);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FyerConfiguration<?, ?> that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns every setting with its value, except the optional ones that are off. */
    @Override
    public String toString() {
        return "FyerConfiguration" + values;
    }
}
