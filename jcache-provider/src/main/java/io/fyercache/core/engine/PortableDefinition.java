package io.fyercache.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a cache is defined by, in a form that other processes can read, and compare with theirs. Two are the same if all their settings are.
 *
 * @param name the cache's name
 * @param settings by name, as users call them; those that are left out have their default
 */
public record PortableDefinition(String name, SortedMap<String, Setting> settings) {

    /** Copies the settings. */
    public PortableDefinition {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** A setting's value. */
    public static final class Setting {
        private final String text;
        private final byte[] form;

        /**
         * Makes a value.
         *
         * @param text for people; not all there is to it, as of an object of the user's
         * @param form all there is to it; not to be changed from now on
         */
        public Setting(String text, byte[] form) {
            this.text = text;
            this.form = form;
        }

        /** Returns what people are told of it. */
        public String text() {
            return text;
        }

        /** Returns all there is to it; not to be changed. */
        public byte[] form() {
            return form;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Setting setting && text.equals(setting.text) && Arrays.equals(form, setting.form);
        }

        @Override
        public int hashCode() {
            return 31 * text.hashCode() + Arrays.hashCode(form);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Returns in what this definition differs from the one that the cluster has of the same cache, for people: {@code expiry: { created: 10s }
     * there, { created: 20s } here}. Empty if they are the same.
     */
    public List<String> differencesFrom(PortableDefinition there) {
        TreeSet<String> all = new TreeSet<>(settings.keySet());
        all.addAll(there.settings.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : all) {
            Setting mine = settings.get(name);
            Setting theirs = there.settings.get(name);
            if (!Objects.equals(mine, theirs)) {
                differences.add(difference(name, text(mine), text(theirs)));
            }
        }
        return List.copyOf(differences);
    }

    private static @Nullable String text(@Nullable Setting setting) {
        return setting == null ? null : setting.text();
    }

    /**
     * Says that a setting differs, for people.
     *
     * @param here null if it is not stated, as {@code there}
     */
    public static String difference(String setting, @Nullable String here, @Nullable String there) {
        return setting + ": " + orDefault(there) + " there, "
                + (Objects.equals(here, there) ? "and another of these" : orDefault(here)) + " here";
    }

    private static String orDefault(@Nullable String text) {
        return text == null ? "the default" : text;
    }
}
