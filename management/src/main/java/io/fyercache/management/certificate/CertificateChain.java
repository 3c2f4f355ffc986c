package io.fyercache.management.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A certificate, and those that vouch for it, each for the one before. Immutable.
 *
 * @param certificates at least one
 */
public record CertificateChain(List<X509Certificate> certificates) {
    /** A certificate that ends sooner is near its end: machines that renew certificates do it a month before. */
    private static final Duration NEAR = Duration.ofDays(30);

    /** Of a certificate that lives for some weeks, it is the last third of its life. */
    private static final int LAST_PART = 3;

    /**
     * Keeps an unmodifiable copy.
     *
     * @throws IllegalArgumentException if there is none
     */
    public CertificateChain {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate (expected: at least one)");
        }
        certificates = List.copyOf(certificates);
    }

    static CertificateChain of(Certificate[] certificates) {
        return new CertificateChain(x509(Stream.of(certificates)));
    }

    /**
     * Returns what a store shows that has one key.
     *
     * @throws IllegalArgumentException if it cannot be read, or has no key
     */
    public static CertificateChain of(KeyStore store) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return of(store.getCertificateChain(alias));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot be read (expected: a store with a key and its certificate)", e);
        }
        throw new IllegalArgumentException("no key (expected: one, with its certificate)");
    }

    /**
     * Returns the authorities of a store.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static List<X509Certificate> authorities(KeyStore store) {
        try {
            List<Certificate> all = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                all.add(store.getCertificate(alias));
            }
            return x509(all.stream().filter(Objects::nonNull));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot be read (expected: a store of certificates)", e);
        }
    }

    private static List<X509Certificate> x509(Stream<Certificate> certificates) {
        return certificates
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** Returns the one that ends first. */
    public X509Certificate firstToEnd() {
        return Collections.min(certificates, Comparator.comparing(X509Certificate::getNotAfter));
    }

    /** Tells whether one of them ends soon, or has ended. */
    public boolean isNearItsEnd(Instant now) {
        return certificates.stream().anyMatch(each -> isNearItsEnd(each, now));
    }

    private static boolean isNearItsEnd(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration part =
                Duration.between(certificate.getNotBefore().toInstant(), end).dividedBy(LAST_PART);
        return Duration.between(now, end).compareTo(part.compareTo(NEAR) < 0 ? part : NEAR) < 0;
    }

    /** Returns why one of them does not vouch for the one before; empty if each does. */
    public Optional<String> gap() {
        for (int i = 1; i < certificates.size(); i++) {
            X509Certificate vouching = certificates.get(i);
            try {
                certificates.get(i - 1).verify(vouching.getPublicKey());
            } catch (GeneralSecurityException e) {
                return Optional.of("certificate " + (i + 1) + ", of " + name(vouching)
                        + ", does not vouch for the one before it, of " + name(certificates.get(i - 1)));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns why who believes these authorities does not believe the first certificate; empty if he does.
     *
     * @param authorities at least one
     */
    public Optional<String> disbelief(List<X509Certificate> authorities, Instant now) {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            authorities.forEach(each -> anchors.add(new TrustAnchor(each, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            // Whoever believes an authority needs nobody to vouch for it.
            List<X509Certificate> toAuthority = certificates.stream()
                    .filter(each -> each.equals(certificates.get(0)) || !authorities.contains(each))
                    .toList();
            if (authorities.contains(certificates.get(0))) {
                return Optional.empty();
            }
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(toAuthority);
            var unused = CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns whose a certificate is. */
    public static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
