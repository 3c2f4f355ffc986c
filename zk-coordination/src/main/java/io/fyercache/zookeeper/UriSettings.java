package io.fyercache.zookeeper;

import io.fyercache.configuration.DurationText;
import io.fyercache.configuration.NearestName;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cluster's URI, as they are typed, and what is wrong with them: whoever makes something of them adds to the faults, and they are
 * told together. For one thread and one URI.
 */
final class UriSettings {
    private final Map<Setting, String> given = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** What may be set. */
    enum Setting {
        ROLE("role"),
        NAME("name"),
        BIND("bind"),
        ADVERTISE("advertise"),
        ZONE("zone"),
        BACKUPS("backups"),
        PARTITIONS("partitions"),
        SECRET_FILE("secretFile"),
        ACCEPTED_SECRET_FILE("acceptedSecretFile"),
        USER_FILE("userFile"),
        TLS_TRUST_STORE("tlsTrustStore"),
        TLS_TRUST_PASSWORD_FILE("tlsTrustPasswordFile"),
        TLS_KEY_STORE("tlsKeyStore"),
        TLS_AUTHORITY_FILE("tlsAuthorityFile"),
        TLS_CERTIFICATE_FILE("tlsCertificateFile"),
        TLS_KEY_FILE("tlsKeyFile"),
        TLS_KEY_PASSWORD_FILE("tlsKeyPasswordFile"),
        TRUST_STORE("zooKeeperTrustStore"),
        TRUST_PASSWORD_FILE("zooKeeperTrustPasswordFile"),
        KEY_STORE("zooKeeperKeyStore"),
        KEY_PASSWORD_FILE("zooKeeperKeyPasswordFile"),
        SESSION_TIMEOUT("sessionTimeout"),
        JOIN_TIMEOUT("joinTimeout"),
        CONNECT_TIMEOUT("connectTimeout"),
        LEAVE_LIMIT("leaveLimit"),
        MIN_IN_SYNC("minInSync"),
        TOPOLOGY("topology"),
        PATIENCE("patience");

        private final String key;

        Setting(String key) {
            this.key = key;
        }

        /** Returns what it is called. */
        String key() {
            return key;
        }
    }

    /** Takes the query of a URI, as it is written there; null if it has none. */
    UriSettings(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            Setting setting = find(key);
            if (setting == null) {
                faults.add(unknown(key));
            } else if (equals < 0) {
                faults.add(key + ": no value (expected: " + key + "=value)");
            } else if (given.put(setting, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8))
                    != null) {
                faults.add(key + ": given twice (expected: once)");
            }
        }
    }

    private static @Nullable Setting find(String key) {
        for (Setting setting : Setting.values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        return null;
    }

    private static String unknown(String key) {
        List<String> known =
                Arrays.stream(Setting.values()).map(setting -> setting.key).toList();
        return "setting " + key + ": unknown (expected: "
                + NearestName.of(key, known)
                        .map(nearest -> "perhaps " + nearest + ", or ")
                        .orElse("") + "one of "
                + String.join(", ", known) + ")";
    }

    // ---- faults

    /** Adds what is wrong: the name of a setting, its value, what was expected, and what can be done. */
    void fault(String fault) {
        faults.add(fault);
    }

    /** Returns what is made, or null if its making is refused, which is a fault then. */
    <T> @Nullable T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    boolean hasFaults() {
        return !faults.isEmpty();
    }

    /** Returns what tells all faults of a cluster's URI. */
    CacheException refused(String place) {
        return new CacheException("cluster URI: " + place + ": " + String.join("; ", faults));
    }

    // ---- values

    /** Returns what is given, or null. */
    @Nullable
    String text(Setting setting) {
        return given.get(setting);
    }

    String text(Setting setting, String otherwise) {
        return given.getOrDefault(setting, otherwise);
    }

    /** Tells whether any of these is given. */
    boolean has(List<Setting> settings) {
        return settings.stream().anyMatch(given::containsKey);
    }

    int number(Setting setting, int otherwise) {
        String text = given.get(setting);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            faults.add(setting.key + ": " + text + " (expected: a number)");
            return otherwise;
        }
    }

    Duration duration(Setting setting, Duration otherwise) {
        String text = given.get(setting);
        Duration duration = text == null ? otherwise : DurationText.parse(text);
        if (duration == null) {
            faults.add(setting.key + ": " + text + " (expected: a duration such as 500ms, 10s or 5m)");
            return otherwise;
        }
        return duration;
    }

    /** Returns where a file is that this process may read; null if none is given, or it may not, which is a fault. */
    @Nullable
    Path path(Setting setting) {
        String name = given.get(setting);
        if (name == null) {
            return null;
        }
        try {
            Path path = Path.of(name);
            if (Files.isReadable(path) && !Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        faults.add(setting.key + ": " + name + " cannot be read (expected: a file that this process may read)");
        return null;
    }

    /** Returns what is in a file; null if none is given, or it cannot be read, which is a fault. */
    byte @Nullable [] bytes(Setting setting) {
        Path path = path(setting);
        if (path == null) {
            return null;
        }
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            faults.add(setting.key + ": " + path + " cannot be read: "
                    + e.getClass().getSimpleName() + " (expected: a file that this process may read)");
            return null;
        }
    }
}
