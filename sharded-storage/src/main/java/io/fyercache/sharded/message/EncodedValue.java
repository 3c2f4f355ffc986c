package io.fyercache.sharded.message;

import java.util.Arrays;

/**
 * A value as bytes. There is none that would not fit into a message together with another one, so nothing of the kind gets as far as a log,
 * from which it could not be sent. Immutable: nobody may change the bytes once they are here.
 */
public final class EncodedValue {
    /** Bytes that a value has at most, 7 MiB: an entry of the log has up to two, the new one and the old one as result. */
    public static final int MAX_BYTES = 7 << 20;

    private final byte[] bytes;

    /**
     * Wraps the bytes, which belong to this from now on.
     *
     * @throws IllegalArgumentException if they are more than {@link #MAX_BYTES}
     */
    public EncodedValue(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "length of a value: " + bytes.length + " bytes (expected: 0.." + MAX_BYTES + ")");
        }
        this.bytes = bytes;
    }

    /** Returns the bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedValue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Says how long the value is, not what it is: that may be secret. */
    @Override
    public String toString() {
        return "value of " + bytes.length + " bytes";
    }
}
