package io.fyercache.management.certificate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files by which a process shows who it is.
 *
 * @param certificates its certificate, and after it those that vouch for it
 * @param key of the certificate, as PKCS #8
 * @param keyPassword has the password of the key; empty if the key is not encrypted
 */
public record TlsFiles(Path certificates, Path key, Optional<Path> keyPassword) {}
