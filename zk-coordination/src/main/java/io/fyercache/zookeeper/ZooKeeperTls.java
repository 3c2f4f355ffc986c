package io.fyercache.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * TLS with ZooKeeper's servers, at their secure port. A server's certificate must be of an authority that is believed, and name the host or
 * address that the settings name. Passwords stay in their files: they are in no setting, and in no text.
 *
 * @param authorities a store with the certificates of those who are believed
 * @param own a store with this process's certificate and key; null if the servers ask for none
 */
public record ZooKeeperTls(Store authorities, @Nullable Store own) {
    private static final String NONE = "";

    /**
     * A file with keys or certificates.
     *
     * @param file ends with {@code .p12} or {@code .jks}, which says what is in it
     * @param passwordFile what is in it opens the first
     */
    public record Store(Path file, Path passwordFile) {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if it does not say what is in the file
         */
        public Store {
            if (!typeOf(file).equals("PKCS12") && !typeOf(file).equals("JKS")) {
                throw new IllegalArgumentException("store: " + file
                        + " (expected: a PKCS #12 file that ends with .p12, or a Java key store, .jks)");
            }
        }

        private static String typeOf(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".p12")) {
                return "PKCS12";
            }
            return name.endsWith(".jks") ? "JKS" : "";
        }

        /**
         * Reads it.
         *
         * @throws IllegalArgumentException if one of the files cannot be read, or the password does not open the other
         */
        KeyStore load() {
            try (InputStream in = Files.newInputStream(file)) {
                KeyStore store = KeyStore.getInstance(typeOf(file));
                store.load(in, password());
                return store;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "store: " + file + ", with the password in " + passwordFile + " (expected: one that it opens): "
                                + e,
                        e);
            }
        }

        /** Returns what is in the file, without the end of a line behind it, as ZooKeeper's client reads it. */
        char[] password() throws IOException {
            return Files.readString(passwordFile).stripTrailing().toCharArray();
        }
    }

    /**
     * Returns how ZooKeeper's client is to connect, by TLS or, if that is null, in plain text.
     *
     * @throws IllegalArgumentException if a store cannot be read
     */
    static ZKClientConfig client(@Nullable ZooKeeperTls tls) {
        ZKClientConfig client = new ZKClientConfig();
        if (tls != null) {
            tls.check();
            tls.configure(client);
        }
        return client;
    }

    /** Says to ZooKeeper's client how to connect, whatever the system properties of the JVM say. */
    private void configure(ZKClientConfig client) {
        client.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
        client.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
        // Before it connects, the client looks up a name for each address in the settings, as SASL might need one, and
        // TLS would then compare the certificate with that name. We do without SASL.
        client.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        // In this mode the JDK itself compares the certificate with the host that was named, and looks up no other name
        // for it.
        client.setProperty("zookeeper.fips-mode", "true");
        client.setProperty("zookeeper.ssl.hostnameVerification", "true");
        configure(client, "zookeeper.ssl.trustStore", authorities);
        configure(client, "zookeeper.ssl.keyStore", own);
    }

    private static void configure(ZKClientConfig client, String prefix, @Nullable Store store) {
        client.setProperty(
                prefix + ".location", store == null ? NONE : store.file().toString());
        client.setProperty(
                prefix + ".passwordPath",
                store == null ? NONE : store.passwordFile().toString());
        client.setProperty(prefix + ".password", NONE);
        client.setProperty(prefix + ".type", store == null ? NONE : Store.typeOf(store.file()));
    }

    /**
     * Reads the stores, to see whether that is possible.
     *
     * @throws IllegalArgumentException naming the first that cannot be read
     */
    private void check() {
        authorities.load();
        if (own != null) {
            own.load();
        }
    }
}
