package io.fyercache.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a cache is defined by, in a form that other processes can read, and compare with theirs.
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

    /** Returns the names of the settings in which this definition and another one differ, in order. */
    public List<String> differences(PortableDefinition other) {
        TreeMap<String, Setting> all = new TreeMap<>(settings);
        all.putAll(other.settings);
        List<String> different = new ArrayList<>(all.keySet());
        different.removeIf(setting -> Objects.equals(settings.get(setting), other.settings.get(setting)));
        return List.copyOf(different);
    }
}
