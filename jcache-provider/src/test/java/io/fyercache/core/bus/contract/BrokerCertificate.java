package io.fyercache.core.bus.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/** A certificate for brokers of tests on 127.0.0.1, made with the JDK's keytool: a store for the broker, and one for those who are to believe it. Both are PKCS #12. */
public final class BrokerCertificate {
    /** The password of both stores. */
    public static final String PASSWORD = "for-tests-only";

    private static final String ALIAS = "broker";

    private final Path keyStore;
    private final Path trustStore;

    private BrokerCertificate(Path folder) {
        this.keyStore = folder.resolve("broker-key.p12");
        this.trustStore = folder.resolve("broker-trust.p12");
    }

    /** Makes one, and both stores in a folder. */
    public static BrokerCertificate make(Path folder) throws IOException, InterruptedException {
        BrokerCertificate certificate = new BrokerCertificate(folder);
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        certificate.keyStore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=" + ALIAS,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "10"))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        certificate.writeTrustStore();
        return certificate;
    }

    private void writeTrustStore() throws IOException {
        try (InputStream in = Files.newInputStream(keyStore);
                OutputStream out = Files.newOutputStream(trustStore)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, PASSWORD.toCharArray());
            KeyStore believed = KeyStore.getInstance("PKCS12");
            believed.load(null, null);
            believed.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
            believed.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Returns where the broker's certificate is, with its key. */
    public Path keyStore() {
        return keyStore;
    }

    /** Returns where the certificate is for those who believe it. */
    public Path trustStore() {
        return trustStore;
    }
}
