package io.fyercache.configuration;

import io.fyercache.core.engine.PortableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;

/**
 * The settings of a cache in a process that keeps its entries: what {@link PortableSettings} has written elsewhere.
 *
 * @param configuration has what travelled, and otherwise defaults. Its types are {@link Object}: nobody looks for those of keys, which who uses
 *     the cache has checked
 * @param valueType looks for the type of values, when it is asked; throws a {@link CacheException} that names it if it is not here
 */
public record ReceivedSettings(FyerConfiguration<?, ?> configuration, Supplier<Class<?>> valueType) {

    /**
     * Reads a definition. No class of the user's is looked for: the factories do that when they are asked.
     *
     * @param loader finds the classes then
     * @param host what errors call this process
     * @throws IllegalArgumentException if it is no definition that this version understands
     */
    public static ReceivedSettings read(PortableDefinition portable, ClassLoader loader, String host) {
        String subject = "cache '" + portable.name() + "' on " + host;
        try {
            return new Reading(portable, loader, subject).read();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(subject + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a definition for a process that is to use the cache as well: that what it writes of it is the same definition again. No code of the user's runs.
     *
     * @param loader finds the classes of keys and values
     * @param host what errors call this process
     * @throws CacheException if one of these is not here; names it
     * @throws IllegalArgumentException if it is no definition that this version understands
     */
    public static FyerConfiguration<?, ?> forUse(PortableDefinition portable, ClassLoader loader, String host) {
        SettingValues values = read(portable, loader, host).configuration().values();
        String subject = "cache '" + portable.name() + "' on " + host;
        SettingValues typed = values.with(
                        CacheSettings.KEY_TYPE, type(CacheSettings.KEY_TYPE, portable, loader, subject))
                .with(CacheSettings.VALUE_TYPE, type(CacheSettings.VALUE_TYPE, portable, loader, subject));
        // A cluster leaves out the topology that it takes anyway, which need not be the one that is usual here.
        return new FyerConfiguration<>(
                typed.states(CacheSettings.TOPOLOGY)
                        ? typed
                        : typed.with(CacheSettings.TOPOLOGY, Topology.PARTITIONED));
    }

    private static Class<?> type(
            Setting<Class<?>> setting, PortableDefinition portable, ClassLoader loader, String subject) {
        PortableDefinition.Setting named = portable.settings().get(setting.path());
        if (named == null) {
            return setting.defaultValue();
        }
        String name = new String(named.form(), StandardCharsets.UTF_8);
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new CacheException(
                    subject + ": " + setting.path() + ": class " + name
                            + " was not found (expected: on the class path, as the cache is used here); add its jar",
                    e);
        }
    }

    /** One reading. First what is spelled out, as the class filter of the rest is among it. */
    private record Reading(PortableDefinition portable, ClassLoader loader, String subject) {

        ReceivedSettings read() {
            SettingValues values = SettingValues.none();
            for (Map.Entry<String, PortableDefinition.Setting> each :
                    portable.settings().entrySet()) {
                values = withSpelledOut(setting(each.getKey()), each.getValue().form(), values);
            }
            FactoryForm factories = new FactoryForm(Serialization.of(values), loader);
            for (Map.Entry<String, PortableDefinition.Setting> each :
                    portable.settings().entrySet()) {
                values = withFactory(setting(each.getKey()), each.getValue(), values, factories);
            }
            return new ReceivedSettings(
                    new ConfigurationBuilder<>(values).build(),
                    () -> type(CacheSettings.VALUE_TYPE, portable, loader, subject));
        }

        private static Setting<?> setting(String name) {
            Setting<?> setting = PortableSettings.BY_NAME.get(name);
            if (setting == null) {
                throw new IllegalArgumentException(name + ": unknown setting (expected: one of "
                        + new TreeSet<>(PortableSettings.BY_NAME.keySet())
                        + "); the cache was defined by another version, which this process must have, too");
            }
            return setting;
        }

        private <T> SettingValues withSpelledOut(Setting<T> setting, byte[] form, SettingValues values) {
            return SettingForm.isSpelledOut(setting) ? values.with(setting, SettingForm.read(setting, form)) : values;
        }

        private SettingValues withFactory(
                Setting<?> setting, PortableDefinition.Setting value, SettingValues values, FactoryForm factories) {
            if (setting == CacheSettings.EXPIRY) {
                return values.with(CacheSettings.EXPIRY, expiry(value, factories));
            }
            return setting.type() instanceof ValueType.Instance instance
                    ? values.with(factorySetting(setting), factory(setting, value, instance.role(), factories))
                    : values;
        }

        @SuppressWarnings("unchecked") // ValueType.Instance is a type of factories
        private static Setting<Factory<?>> factorySetting(Setting<?> setting) {
            return (Setting<Factory<?>>) setting;
        }

        private Factory<? extends ExpiryPolicy> expiry(PortableDefinition.Setting value, FactoryForm factories) {
            Factory<? extends ExpiryPolicy> standard = ExpiryForm.read(value.form());
            return standard != null ? standard : factory(CacheSettings.EXPIRY, value, ExpiryPolicy.class, factories);
        }

        private <T> PortableFactory<T> factory(
                Setting<?> setting, PortableDefinition.Setting value, Class<T> role, FactoryForm factories) {
            return new PortableFactory<>(subject + ": " + setting.path(), value, role, factories);
        }
    }
}
