package io.fyercache.zookeeper;

import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.transport.netty.MutualTls;
import io.fyercache.sharded.transport.netty.OwnCertificate;
import io.fyercache.zookeeper.UriSettings.Setting;
import io.fyercache.zookeeper.ZooKeeperTls.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the processes of a cluster, as its URI says: by two stores, or by PEM files. What is wrong with the process's own certificate is found
 * here, where it can be mended, and not by others, who say nothing to those whom they refuse. For one thread and one URI.
 */
final class ClusterTls {
    /**
     * How long a connection may take with TLS unless something else is set, 300 ms: on two busy cores of a JVM that has just started, the handshakes of
     * both sides took 80 to 180 ms. It is less than the silence that makes a member suspect (T1).
     */
    static final Duration CONNECT_TIMEOUT = Duration.ofMillis(300);

    private static final List<Setting> STORES =
            List.of(Setting.TLS_TRUST_STORE, Setting.TLS_TRUST_PASSWORD_FILE, Setting.TLS_KEY_STORE);
    private static final List<Setting> PEM_FILES =
            List.of(Setting.TLS_AUTHORITY_FILE, Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_FILE);

    private final UriSettings settings;
    private final @Nullable String host;

    /** Makes sense of the settings. */
    ClusterTls(UriSettings settings, @Nullable String host) {
        this.settings = settings;
        this.host = host;
    }

    /** Tells whether there is to be TLS. */
    static boolean isWanted(UriSettings settings) {
        return settings.has(STORES) || settings.has(PEM_FILES) || settings.has(List.of(Setting.TLS_KEY_PASSWORD_FILE));
    }

    /**
     * Reads what it takes.
     *
     * @param settings is told what is wrong
     * @param host that the process's certificate must name; null for a client, whose may name anything
     * @return null if something is wrong
     */
    static @Nullable MutualTls read(UriSettings settings, @Nullable String host) {
        return new ClusterTls(settings, host).read();
    }

    /** Returns the files that a URI without faults names, or what is in its stores; empty if it names none. */
    static Optional<PlaceTls> look(UriSettings settings) {
        ClusterTls tls = new ClusterTls(settings, null);
        return settings.has(PEM_FILES) ? tls.files() : tls.stores();
    }

    private Optional<PlaceTls> files() {
        Path authorities = settings.path(Setting.TLS_AUTHORITY_FILE);
        Path certificates = settings.path(Setting.TLS_CERTIFICATE_FILE);
        Path key = settings.path(Setting.TLS_KEY_FILE);
        return authorities == null || certificates == null || key == null
                ? Optional.empty()
                : Optional.of(new PlaceTls.PemFiles(
                        certificates,
                        key,
                        Optional.ofNullable(settings.path(Setting.TLS_KEY_PASSWORD_FILE)),
                        authorities));
    }

    private Optional<PlaceTls> stores() {
        Store authorities = store(Setting.TLS_TRUST_STORE, Setting.TLS_TRUST_PASSWORD_FILE);
        Store own = store(Setting.TLS_KEY_STORE, Setting.TLS_KEY_PASSWORD_FILE);
        return authorities == null || own == null
                ? Optional.empty()
                : Optional.of(new PlaceTls.Stores(own.load(), authorities.load()));
    }

    private @Nullable MutualTls read() {
        if (settings.has(STORES) && settings.has(PEM_FILES)) {
            settings.fault("tls: stores (" + names(STORES) + ") and PEM files (" + names(PEM_FILES)
                    + ") at once (expected: one or the other)");
            return null;
        }
        return settings.has(PEM_FILES) ? ofPemFiles() : ofStores();
    }

    private static String names(List<Setting> some) {
        return String.join(", ", some.stream().map(Setting::key).toList());
    }

    /** Adds a fault for each setting that is missing, and tells whether none is. */
    private boolean hasAll(List<Setting> needed) {
        boolean all = true;
        for (Setting setting : needed) {
            if (settings.text(setting) == null) {
                settings.fault(setting.key() + ": not set (expected: together with " + names(needed) + ")");
                all = false;
            }
        }
        return all;
    }

    // ---- stores

    private @Nullable MutualTls ofStores() {
        boolean complete = hasAll(List.of(
                Setting.TLS_TRUST_STORE,
                Setting.TLS_TRUST_PASSWORD_FILE,
                Setting.TLS_KEY_STORE,
                Setting.TLS_KEY_PASSWORD_FILE));
        Store authorities = store(Setting.TLS_TRUST_STORE, Setting.TLS_TRUST_PASSWORD_FILE);
        Store own = store(Setting.TLS_KEY_STORE, Setting.TLS_KEY_PASSWORD_FILE);
        KeyStore believed = authorities == null ? null : of(Setting.TLS_TRUST_STORE, authorities::load);
        KeyStore shown = own == null ? null : of(Setting.TLS_KEY_STORE, own::load);
        OwnCertificate certificate = shown == null ? null : of(Setting.TLS_KEY_STORE, () -> OwnCertificate.in(shown));
        check(Setting.TLS_KEY_STORE, certificate);
        if (!complete || believed == null || shown == null || own == null || certificate == null) {
            return null;
        }
        return of(Setting.TLS_KEY_STORE, () -> tls(own, shown, believed));
    }

    private @Nullable Store store(Setting file, Setting passwordFile) {
        Path path = settings.path(file);
        Path password = settings.path(passwordFile);
        return path == null || password == null ? null : of(file, () -> new Store(path, password));
    }

    private static MutualTls tls(Store own, KeyStore shown, KeyStore believed) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(shown, own.password());
            TrustManagerFactory authorities =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            authorities.init(believed);
            return MutualTls.of(keys, authorities);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    own.file() + " cannot be used: " + e + " (expected: a key that the store's password opens)", e);
        }
    }

    // ---- PEM files

    private @Nullable MutualTls ofPemFiles() {
        boolean complete = hasAll(PEM_FILES);
        Path authorities = settings.path(Setting.TLS_AUTHORITY_FILE);
        Path certificates = settings.path(Setting.TLS_CERTIFICATE_FILE);
        Path key = settings.path(Setting.TLS_KEY_FILE);
        String password = password();
        if (authorities != null) {
            require(Setting.TLS_AUTHORITY_FILE, () -> OwnCertificate.firstIn(authorities));
        }
        OwnCertificate certificate = certificates == null
                ? null
                : of(Setting.TLS_CERTIFICATE_FILE, () -> OwnCertificate.firstIn(certificates));
        check(Setting.TLS_CERTIFICATE_FILE, certificate);
        if (!complete || authorities == null || certificates == null || key == null || certificate == null) {
            return null;
        }
        return of(Setting.TLS_KEY_FILE, () -> MutualTls.ofPemFiles(certificates, key, password, authorities));
    }

    private @Nullable String password() {
        Path file = settings.path(Setting.TLS_KEY_PASSWORD_FILE);
        if (file == null) {
            return null;
        }
        return of(Setting.TLS_KEY_PASSWORD_FILE, () -> {
            try {
                return Files.readString(file).stripTrailing();
            } catch (IOException e) {
                throw new IllegalArgumentException(file + " cannot be read (expected: text in UTF-8)", e);
            }
        });
    }

    // ---- both

    private void check(Setting setting, @Nullable OwnCertificate certificate) {
        if (certificate == null) {
            return;
        }
        require(setting, () -> certificate.requireValid(SystemClock.INSTANCE.millis()));
        if (host != null) {
            require(setting, () -> certificate.requireNamed(host));
        }
    }

    private void require(Setting setting, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            settings.fault(setting.key() + ": " + e.getMessage());
        }
    }

    /** Returns what is made; null if that fails, which is a fault of the setting. */
    private <T> @Nullable T of(Setting setting, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            settings.fault(setting.key() + ": " + e.getMessage());
            return null;
        }
    }
}
