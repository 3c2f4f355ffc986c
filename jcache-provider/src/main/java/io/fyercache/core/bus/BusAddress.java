package io.fyercache.core.bus;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where a topic is, read from a URI such as {@code kafka://host:9092/caches?propertiesFile=/etc/kafka.properties}: the scheme says by which bus it is
 * reached, the path names the topic, the query has settings of the bus. There is no place for a password in it, as it is printed; secrets are in files
 * that it names. Immutable.
 *
 * @param uri with a scheme, and a path of one segment
 * @param topic 1 to {@value #MAX_TOPIC_LENGTH} of the characters {@code A-Z a-z 0-9 . _ -}
 * @param settings by name
 */
public record BusAddress(URI uri, String topic, SortedMap<String, String> settings) {
    /** Characters of a topic's name: what Kafka takes. */
    public static final int MAX_TOPIC_LENGTH = 249;

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_TOPIC_LENGTH + "}");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it has no scheme or topic, a user in it, or a setting without a value or twice; it lists all faults
     */
    public static BusAddress of(URI uri) {
        List<String> faults = new ArrayList<>();
        if (uri.getScheme() == null || uri.isOpaque()) {
            faults.add("no scheme, or no path (expected: such as kafka://host:9092/topic or jms:/topic?factory=name)");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String topic = path.startsWith("/") ? path.substring(1) : path;
        if (!isTopic(topic)) {
            faults.add("topic: '" + topic + "' (expected: 1.." + MAX_TOPIC_LENGTH
                    + " of the characters A-Z a-z 0-9 . _ -, as the path)");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            faults.add("a user before the host (expected: none, as addresses are printed; name a file instead)");
        }
        SortedMap<String, String> settings = new TreeMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                readSetting(pair, settings, faults);
            }
        }
        throwIfAny(uri, faults);
        return new BusAddress(uri, topic, Collections.unmodifiableSortedMap(settings));
    }

    /** Tells whether a topic can have this name. */
    public static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches();
    }

    private static void readSetting(String pair, SortedMap<String, String> settings, List<String> faults) {
        int equals = pair.indexOf('=');
        if (equals <= 0 || equals == pair.length() - 1) {
            faults.add("a setting without a name or a value (expected: name=value)");
            return;
        }
        String name = pair.substring(0, equals);
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (settings.put(name, value) != null) {
            faults.add(name + ": stated again (expected: each setting once)");
        }
    }

    private static void throwIfAny(URI uri, List<String> faults) {
        if (!faults.isEmpty()) {
            String where = uri.getScheme() == null ? "address" : uri.getScheme() + ":";
            throw new IllegalArgumentException("invalidation.bus: " + where + " " + String.join("; ", faults));
        }
    }

    /** Returns the scheme in lower case. */
    public String scheme() {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** Returns what a setting is given, if it is. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /**
     * Checks that there are no other settings than those of a bus.
     *
     * @throws IllegalArgumentException if there are; it names them and the known ones
     */
    public void requireKnown(SortedSet<String> names) {
        SortedSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("invalidation.bus: " + scheme() + ": unknown settings " + unknown
                    + " (expected: of " + names + "); correct or remove them");
        }
    }

    /** Returns the URI. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
