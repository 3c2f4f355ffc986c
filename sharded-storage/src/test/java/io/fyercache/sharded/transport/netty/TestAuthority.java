package io.fyercache.sharded.transport.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Makes certificates with the JDK's keytool, all in one store. */
public final class TestAuthority {
    private static final char[] PASSWORD = "for-tests-only".toCharArray();

    private final Path store;

    /** Keeps everything in a folder. */
    public TestAuthority(Path folder) {
        store = folder.resolve("certificates.p12");
    }

    /** Makes an authority of that alias. */
    public void found(String alias) {
        keytool(alias, List.of("-ext", "bc:c", "-validity", "10"));
    }

    /** Lets an authority sign a certificate for a host, such as {@code dns:localhost}. */
    public void sign(String authority, String alias, String host, String... more) {
        List<String> options = new ArrayList<>(List.of("-signer", authority, "-ext", "san=" + host));
        options.addAll(List.of(more));
        keytool(alias, options);
    }

    private void keytool(String alias, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                password(),
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
        command.addAll(options);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool " + options + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("keytool", e);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD);
        }
        return all;
    }

    /** Writes a store with a certificate and its key, and returns where it is. */
    public Path writeKeyStore(String alias) {
        try {
            KeyStore all = load();
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
            return write(own, alias + "-key.p12");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a store with the certificate of an authority, and returns where it is. */
    public Path writeTrustStore(String believed) {
        try {
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            authorities.setCertificateEntry(believed, load().getCertificate(believed));
            return write(authorities, believed + "-trust.p12");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the password of all stores, and returns where it is. */
    public Path writePassword() {
        try {
            return Files.writeString(store.resolveSibling("password"), password() + "\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The password of all stores. */
    public static String password() {
        return new String(PASSWORD);
    }

    private Path write(KeyStore written, String name) throws GeneralSecurityException, IOException {
        Path file = store.resolveSibling(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            written.store(out, PASSWORD);
        }
        return file;
    }

    /** Returns what a process needs that has one of the certificates, and believes one of the authorities. */
    MutualTls security(String alias, String believed) {
        try {
            KeyStore all = load();
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            Key key = all.getKey(alias, PASSWORD);
            own.setKeyEntry(alias, key, PASSWORD, all.getCertificateChain(alias));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            authorities.setCertificateEntry(believed, all.getCertificate(believed));
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(authorities);
            return MutualTls.of(keys, trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same from PEM files, which are written beside the store. */
    MutualTls securityOfPemFiles(String alias, String believed) {
        try {
            Path key = store.resolveSibling(alias + "-key.pem");
            Files.writeString(
                    key, block("PRIVATE KEY", load().getKey(alias, PASSWORD).getEncoded()));
            return MutualTls.ofPemFiles(writeChain(alias), key, null, writeAuthority(believed));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a PEM file with a certificate and those that vouch for it, and returns where it is. */
    public Path writeChain(String alias) {
        try {
            return pem(alias + "-chain", load().getCertificateChain(alias));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a PEM file with the certificate of an authority, and returns where it is. */
    public Path writeAuthority(String believed) {
        try {
            return pem(believed + "-ca", load().getCertificate(believed));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a PEM file with a key, encrypted with the password of all stores, and returns where it is. */
    public Path writeEncryptedKey(String alias) {
        try {
            String algorithm = "PBEWithHmacSHA256AndAES_256";
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD)));
            byte[] encrypted = cipher.doFinal(load().getKey(alias, PASSWORD).getEncoded());
            // The JDK knows no number for the algorithm, but for the standard that it is of.
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
            byte[] key = new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded();
            return Files.writeString(
                    store.resolveSibling(alias + "-encrypted.pem"), block("ENCRYPTED PRIVATE KEY", key));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path pem(String name, Certificate... certificates) throws GeneralSecurityException, IOException {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : certificates) {
            text.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(store.resolveSibling(name + ".pem"), text);
    }

    private static String block(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }
}
