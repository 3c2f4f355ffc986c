package io.fyercache.core.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 8 bytes of a SHA-256, by which processes see whether they mean the same. That two texts have one in common is a chance of one in 2<sup>64</sup>. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Returns that of a text in UTF-8. */
    public static long of(String text) {
        return ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /** Returns a whole digest, of nothing yet. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing (expected: in every JDK)", e);
        }
    }
}
