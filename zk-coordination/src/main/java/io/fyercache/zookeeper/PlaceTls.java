package io.fyercache.zookeeper;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;

/** By what the processes of a place show each other who they are, and whom they believe. */
public sealed interface PlaceTls {

    /**
     * PEM files.
     *
     * @param certificates the process's own, and those that vouch for it
     * @param key of the first of these, as PKCS #8
     * @param keyPassword has what the key is encrypted with; empty if it is not
     * @param authorities whose certificates are believed
     */
    record PemFiles(Path certificates, Path key, Optional<Path> keyPassword, Path authorities) implements PlaceTls {}

    /**
     * Stores, as they were read.
     *
     * @param own has a key, with its certificate and those that vouch for it
     * @param believed has the certificates of the authorities
     */
    record Stores(KeyStore own, KeyStore believed) implements PlaceTls {}
}
