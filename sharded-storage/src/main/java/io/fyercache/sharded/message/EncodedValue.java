package io.fyercache.sharded.message;

import java.util.Arrays;

/** A value as bytes. Immutable: nobody may change the bytes once they are here. */
public final class EncodedValue {
    private final byte[] bytes;

    /** Wraps the bytes, which belong to this from now on. */
    public EncodedValue(byte[] bytes) {
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
