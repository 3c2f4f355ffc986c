package io.fyercache.sharded.transport.netty;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all processes of a cluster know and nobody else does. It is never printed, and never sent: peers prove to each other that they know
 * it. Thread-safe.
 */
public final class Secret implements AutoCloseable {
    /** Bytes: whoever has seen a handshake can try secrets at home, and 128 bits are too many to try. */
    public static final int MIN_BYTES = 16;

    /** Bytes: more than any generator of secrets yields, so that a wrong file is noticed. */
    public static final int MAX_BYTES = 1_024;

    private static final String ALGORITHM = "HmacSHA256";

    /** Of zeros when it was wiped. */
    @GuardedBy("this")
    private final byte[] bytes;

    @GuardedBy("this")
    private boolean wiped;

    /**
     * Keeps a copy of the bytes; the caller should overwrite its own.
     *
     * @throws IllegalArgumentException if there are not {@value #MIN_BYTES} to {@value #MAX_BYTES} bytes
     */
    public Secret(byte[] bytes) {
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("secret: " + bytes.length + " bytes (expected: " + MIN_BYTES + ".."
                    + MAX_BYTES + "; bytes that were drawn at random, as by openssl rand)");
        }
        this.bytes = bytes.clone();
    }

    /**
     * Returns a code that only who knows the secret can compute.
     *
     * @throws IllegalStateException if the secret was wiped
     */
    synchronized byte[] authenticate(byte[]... parts) {
        if (wiped) {
            throw new IllegalStateException("secret: wiped (expected: closed after the transports that use it)");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + ": not available (expected: in every JDK)", e);
        }
    }

    /** Wipes it. No connection can be made with it afterwards. */
    @Override
    public synchronized void close() {
        wiped = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** Says nothing of the secret, not even its length. */
    @Override
    public String toString() {
        return "Secret[not shown]";
    }
}
