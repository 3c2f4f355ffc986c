package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.KeyHash;
import java.util.Arrays;

/**
 * A key as bytes, which are what makes it equal to another: two keys of a cluster are the same if and only if their encoded forms are.
 * Immutable: nobody may change the bytes once they are here.
 */
public final class EncodedKey {
    /** Bytes that a key has at most, 64 KiB: keys are hashed and compared at every step. */
    public static final int MAX_BYTES = 64 << 10;

    private final byte[] bytes;
    private final long hash;

    /**
     * Wraps the bytes, which belong to this from now on.
     *
     * @throws IllegalArgumentException if they are more than {@link #MAX_BYTES}
     */
    public EncodedKey(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "length of a key: " + bytes.length + " bytes (expected: 0.." + MAX_BYTES + ")");
        }
        this.bytes = bytes;
        this.hash = KeyHash.of(bytes);
    }

    /** Returns the bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the {@link KeyHash}, which says what partition and bucket the key is in. */
    public long hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** Says how long the key is, not what it is: that may be secret. */
    @Override
    public String toString() {
        return "key of " + bytes.length + " bytes, hash " + Long.toHexString(hash);
    }
}
