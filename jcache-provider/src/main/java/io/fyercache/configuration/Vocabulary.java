package io.fyercache.configuration;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The keys that one map of a file may have.
 *
 * @param settings the settings by key
 * @param groups the maps within the map by key
 */
record Vocabulary(Map<String, Setting<?>> settings, Map<String, Vocabulary> groups) {

    /** What a cache, or {@code defaults:}, may say. */
    static final Vocabulary OF_CACHE = of(CacheSettings.ALL, "");

    static final Vocabulary OF_EXPIRY = of(CacheSettings.EXPIRY_PARTS, "expiry.");

    static final Vocabulary OF_LISTENER = of(CacheSettings.LISTENER_PARTS, "listeners.");

    private static Vocabulary of(Collection<Setting<?>> all, String prefix) {
        Map<String, Setting<?>> settings = new LinkedHashMap<>();
        Map<String, Vocabulary> groups = new LinkedHashMap<>();
        for (Setting<?> setting : all) {
            if (setting.path().startsWith(prefix)) {
                String key = setting.path().substring(prefix.length());
                int dot = key.indexOf('.');
                if (dot < 0) {
                    settings.put(key, setting);
                } else {
                    String group = key.substring(0, dot);
                    groups.computeIfAbsent(group, name -> of(all, prefix + name + "."));
                }
            }
        }
        return new Vocabulary(settings, groups);
    }

    /** Returns all keys in the order of the alphabet. */
    Collection<String> keys() {
        Collection<String> keys = new TreeSet<>(settings.keySet());
        keys.addAll(groups.keySet());
        return keys;
    }

    /** Returns the remedy for a key that is not among these. */
    String remedyFor(String unknown) {
        return homeOf(unknown)
                .or(() -> NearestName.of(unknown, keys()))
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("remove it");
    }

    /** Returns the path of a setting that has this key in another map. */
    private static Optional<String> homeOf(String key) {
        return CacheSettings.ALL.stream()
                .map(Setting::path)
                .filter(path -> path.endsWith("." + key))
                .findFirst();
    }
}
