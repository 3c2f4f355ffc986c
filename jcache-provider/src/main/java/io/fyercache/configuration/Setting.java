package io.fyercache.configuration;

import org.jspecify.annotations.Nullable;

/**
 * One thing that users can set for a cache: its name, its values, its default and what it does.
 *
 * @param <T> the Java type of its values
 */
final class Setting<T> {

    /** What becomes of a setting that nobody states. */
    enum Absence {
        /** It has its default. */
        DEFAULT,
        /** It is off, and a cache can also turn off what it would inherit. */
        OFF,
        /** It is a part of another one, which can do without. */
        NONE
    }

    private final String path;
    private final ValueType<T> type;
    private final Absence absence;
    private final @Nullable T defaultValue;
    private final String meaning;
    private final String example;

    private Setting(
            String path, ValueType<T> type, Absence absence, @Nullable T defaultValue, String meaning, String example) {
        this.path = path;
        this.type = type;
        this.absence = absence;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
        this.example = example;
    }

    /** Defines a setting that has a value even when nobody states one. */
    static <T> Setting<T> withDefault(String path, ValueType<T> type, T defaultValue, String meaning, String example) {
        return new Setting<>(path, type, Absence.DEFAULT, defaultValue, meaning, example);
    }

    /** Defines a setting that is off unless stated. */
    static <T> Setting<T> optional(String path, ValueType<T> type, String meaning, String example) {
        return new Setting<>(path, type, Absence.OFF, null, meaning, example);
    }

    /** Defines a part of another setting that has no value unless stated. */
    static <T> Setting<T> part(String path, ValueType<T> type, String meaning, String example) {
        return new Setting<>(path, type, Absence.NONE, null, meaning, example);
    }

    /** Returns the name with the group before it, such as {@code load.refreshAhead}. */
    String path() {
        return path;
    }

    ValueType<T> type() {
        return type;
    }

    Absence absence() {
        return absence;
    }

    /** Returns the value of a setting with {@link Absence#DEFAULT}. */
    T defaultValue() {
        if (defaultValue == null) {
            throw new IllegalStateException(path + " has no default");
        }
        return defaultValue;
    }

    /** Returns a sentence that says what the setting does. */
    String meaning() {
        return meaning;
    }

    /** Returns a value as it may stand in a file. */
    String example() {
        return example;
    }

    /** Returns what to do about a value that this setting does not admit. */
    String remedy() {
        return switch (absence) {
            case DEFAULT -> "leave it out for the default, " + type.print(defaultValue());
            case OFF -> "leave it out to have it off";
            case NONE -> "leave it out to do without";
        };
    }

    @Override
    public String toString() {
        return path;
    }
}
