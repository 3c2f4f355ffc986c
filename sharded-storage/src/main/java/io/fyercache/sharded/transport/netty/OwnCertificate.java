package io.fyercache.sharded.transport.netty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The certificate that a process is going to show, looked at as others will look at it: whoever refuses it tells its process nothing of why.
 */
public record OwnCertificate(X509Certificate certificate) {

    /**
     * Finds the one that a store has a key for.
     *
     * @throws IllegalArgumentException if there is not exactly one
     */
    public static OwnCertificate in(KeyStore store) {
        try {
            List<String> keys = Collections.list(store.aliases()).stream()
                    .filter(alias -> isKey(store, alias))
                    .toList();
            if (keys.size() != 1) {
                throw new IllegalArgumentException(
                        "has keys " + keys + " (expected: exactly one, with its certificate)");
            }
            return of(store.getCertificate(keys.get(0)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot be read (expected: a store with a key and its certificate)", e);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot be read (expected: a store with a key and its certificate)", e);
        }
    }

    /**
     * Reads the first certificate of a PEM file.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OwnCertificate firstIn(Path pemFile) {
        try (InputStream in = Files.newInputStream(pemFile)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!all.isEmpty()) {
                return of(all.iterator().next());
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(noCertificate(pemFile), e);
        }
        throw new IllegalArgumentException(noCertificate(pemFile));
    }

    private static String noCertificate(Path file) {
        return file + " has no certificate (expected: a PEM file, which begins with -----BEGIN CERTIFICATE-----)";
    }

    private static OwnCertificate of(Certificate certificate) {
        if (!(certificate instanceof X509Certificate x509)) {
            throw new IllegalArgumentException("certificate of type " + certificate.getType() + " (expected: X.509)");
        }
        return new OwnCertificate(x509);
    }

    /**
     * Checks that it is neither expired nor for later.
     *
     * @param millis the time, since 1970
     * @throws IllegalArgumentException if it is
     */
    public void requireValid(long millis) {
        Instant now = Instant.ofEpochMilli(millis);
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(to)) {
            throw new IllegalArgumentException("certificate of " + subject() + ", valid from " + from + " to " + to
                    + " (expected: valid now); renew it");
        }
    }

    /**
     * Checks that it is that of a host, as a member's must be.
     *
     * @throws IllegalArgumentException if it is not
     */
    public void requireNamed(String host) {
        if (!CertifiedHost.isNamed(certificate, host)) {
            throw new IllegalArgumentException(
                    "certificate of " + subject() + " names " + names() + " (expected: " + host
                            + ", at which other processes reach this one); sign another one with it among the alternative names, or set"
                            + " advertise to a host that it names");
        }
    }

    private String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    private List<String> names() {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
