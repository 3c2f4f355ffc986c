package io.fyercache.management.certificate;

import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.transport.netty.OwnCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A certificate and its key as they are in {@link TlsFiles} at a moment. Is checked as a whole: the certificate is valid now, and the key is that of the
 * certificate. Immutable.
 */
public final class PemStore {
    /** Of the store, which is in memory alone, and has to have one. */
    public static final String PASSWORD = "in memory";

    /** Bytes of a file, 64 KiB: a chain of some certificates. */
    private static final int MAX_BYTES = 64 << 10;

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (ENCRYPTED )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

    private final PrivateKey key;
    private final Certificate[] chain;

    private PemStore(PrivateKey key, Certificate[] chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Reads what is in the files.
     *
     * @throws IllegalArgumentException if that cannot be used; names the file, and says why
     */
    public static PemStore read(TlsFiles files) {
        OwnCertificate.firstIn(files.certificates()).requireValid(SystemClock.INSTANCE.millis());
        PrivateKey key = key(files);
        Certificate[] chain = chain(files.certificates());
        if (!isOf(key, chain[0].getPublicKey())) {
            throw new IllegalArgumentException(
                    files.key() + " is the key of another certificate (expected: of the first one in "
                            + files.certificates() + ")");
        }
        return new PemStore(key, chain);
    }

    private static Certificate[] chain(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be read (expected: certificates as PEM)", e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read (expected: a file that this process may read)", e);
        }
    }

    private static PrivateKey key(TlsFiles files) {
        Matcher pem = KEY.matcher(text(files.key()));
        if (!pem.find()) {
            throw new IllegalArgumentException(files.key()
                    + " has no key (expected: PKCS #8 as PEM, which begins with -----BEGIN PRIVATE KEY-----)");
        }
        byte[] content = Base64.getMimeDecoder().decode(pem.group(2));
        try {
            PKCS8EncodedKeySpec spec =
                    pem.group(1) == null ? new PKCS8EncodedKeySpec(content) : decrypted(content, files);
            for (String algorithm : new String[] {"EC", "RSA", "EdDSA"}) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (InvalidKeySpecException e) {
                    // Of another kind.
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    files.key() + " cannot be read (expected: a key that the password opens)", e);
        }
        throw new IllegalArgumentException(files.key() + " has a key of an unknown kind (expected: EC, RSA or EdDSA)");
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] content, TlsFiles files)
            throws GeneralSecurityException, IOException {
        Path passwordFile = files.keyPassword()
                .orElseThrow(() -> new IllegalArgumentException(
                        files.key() + " is encrypted (expected: a file with its password, too)"));
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
        // By PBES2 the parameters name the algorithm, and the JDK says it in their text only.
        String algorithm = encrypted.getAlgParameters().toString();
        char[] password = text(passwordFile).stripTrailing().toCharArray();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)),
                encrypted.getAlgParameters());
        return encrypted.getKeySpec(cipher);
    }

    /** Tells whether what the one signs the other verifies. */
    private static boolean isOf(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "EdDSA";
        };
        byte[] something = {1, 2, 3};
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(something);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certified);
            verifying.update(something);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false; // Of different kinds, for one.
        }
    }

    /** Returns the certificate, with those that vouch for it. */
    public CertificateChain chain() {
        return CertificateChain.of(chain);
    }

    /**
     * Returns the certificates of authorities.
     *
     * @throws IllegalArgumentException if the file cannot be read, or has none
     */
    public static List<X509Certificate> authorities(Path file) {
        return CertificateChain.of(chain(file)).certificates();
    }

    /** Returns it as a store. */
    public KeyStore toKeyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, PASSWORD.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has stores of this kind", e);
        }
    }

    /** Tells whether another one has the same certificates and the same key. */
    public boolean isSameAs(PemStore other) {
        return key.equals(other.key) && Arrays.equals(chain, other.chain);
    }
}
