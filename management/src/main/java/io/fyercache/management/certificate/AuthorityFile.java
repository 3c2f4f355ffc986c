package io.fyercache.management.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A PEM file with the certificates of whom a caller believes. */
public final class AuthorityFile {
    private AuthorityFile() {}

    /**
     * Returns what asks by HTTP, and believes nobody else.
     *
     * @throws IllegalArgumentException if the file cannot be read, or has no certificate
     */
    public static HttpClient client(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
            believed.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                believed.setCertificateEntry("authority-" + believed.size(), each);
            }
            if (believed.size() == 0) {
                throw new IllegalArgumentException(file + " has no certificate (expected: some as PEM)");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be read (expected: certificates as PEM)", e);
        }
    }
}
