package io.fyercache.core.invalidation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key as bytes, the same in every process. Nobody changes them. */
public final class EncodedKey {
    private final byte[] bytes;

    /** Takes over what the stable codec of keys made. */
    public EncodedKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EncodedKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns how long it is: what it says may be secret. */
    @Override
    public String toString() {
        return "EncodedKey[" + bytes.length + " bytes]";
    }
}
