package io.fyercache.configuration;

import io.fyercache.core.engine.PortableDefinition;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values stated for some of the settings; immutable. */
final class SettingValues implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final SettingValues NONE = new SettingValues(Map.of());

    /** By the path of the setting; no setting has a null value. Never changed once this is constructed. */
    private final HashMap<String, Object> byPath;

    private SettingValues(Map<String, Object> byPath) {
        this.byPath = new HashMap<>(byPath);
    }

    static SettingValues none() {
        return NONE;
    }

    /** Returns these values with one stated anew. */
    <T> SettingValues with(Setting<T> setting, T value) {
        Map<String, Object> copy = new HashMap<>(byPath);
        copy.put(setting.path(), Objects.requireNonNull(value, setting.path()));
        return new SettingValues(copy);
    }

    /** Returns these values with one stated anew, or not stated when it is null. */
    <T> SettingValues withOrWithout(Setting<T> setting, @Nullable T value) {
        return value == null ? without(setting) : with(setting, value);
    }

    /** Returns these values with one not stated. */
    SettingValues without(Setting<?> setting) {
        Map<String, Object> copy = new HashMap<>(byPath);
        copy.remove(setting.path());
        return new SettingValues(copy);
    }

    /** Returns these values with every one that {@code others} states taken from there. */
    SettingValues overriddenBy(SettingValues others) {
        Map<String, Object> copy = new HashMap<>(byPath);
        copy.putAll(others.byPath);
        return new SettingValues(copy);
    }

    /** Returns these values with the default of every setting that has one and is not stated. */
    SettingValues withDefaults() {
        Map<String, Object> copy = new HashMap<>(byPath);
        for (Setting<?> setting : CacheSettings.ALL) {
            if (setting.absence() == Setting.Absence.DEFAULT) {
                copy.putIfAbsent(setting.path(), Objects.requireNonNull(setting.defaultValue()));
            }
        }
        return new SettingValues(copy);
    }

    /** Returns these values with all that plain JSR-107 cannot say taken from others, stated there or not. */
    SettingValues withExtensionsOf(SettingValues others) {
        Map<String, Object> copy = new HashMap<>(others.byPath);
        for (Setting<?> setting : StandardSettings.ALL) {
            copy.remove(setting.path());
            Object own = byPath.get(setting.path());
            if (own != null) {
                copy.put(setting.path(), own);
            }
        }
        return new SettingValues(copy);
    }

    boolean states(Setting<?> setting) {
        return byPath.containsKey(setting.path());
    }

    /** Returns the stated value; null when there is none. */
    // Values come in through with(Setting<T>, T) alone, so what is stored under a setting's path is a T.
    @SuppressWarnings("unchecked")
    <T> @Nullable T stated(Setting<T> setting) {
        return (T) byPath.get(setting.path());
    }

    /** Returns the stated value, or the default of a setting that has one. */
    <T> T get(Setting<T> setting) {
        T stated = stated(setting);
        return stated == null ? setting.defaultValue() : stated;
    }

    /** Returns the stated values as {@link SettingForm#text} has them. */
    SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        CacheSettings.ALL.forEach(setting -> addText(setting, texts));
        return Collections.unmodifiableSortedMap(texts);
    }

    private void addText(Setting<?> setting, SortedMap<String, String> texts) {
        String text = text(setting);
        if (text != null) {
            texts.put(setting.path(), text);
        }
    }

    /** Returns in what these differ from others of the same cache, for people, in the order of the catalog. */
    List<String> differencesFrom(SettingValues there) {
        return CacheSettings.ALL.stream()
                .filter(setting -> !Objects.equals(stated(setting), there.stated(setting)))
                .map(setting -> PortableDefinition.difference(setting.path(), text(setting), there.text(setting)))
                .toList();
    }

    private <T> @Nullable String text(Setting<T> setting) {
        T value = stated(setting);
        return value == null ? null : SettingForm.text(setting, value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SettingValues that && byPath.equals(that.byPath);
    }

    @Override
    public int hashCode() {
        return byPath.hashCode();
    }

    /** Returns the stated values in the order of the catalog. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (Setting<?> setting : CacheSettings.ALL) {
            describe(setting, text);
        }
        return text.toString();
    }

    private <T> void describe(Setting<T> setting, StringJoiner text) {
        T value = stated(setting);
        if (value != null) {
            text.add(setting.path() + "=" + setting.type().print(value));
        }
    }
}
