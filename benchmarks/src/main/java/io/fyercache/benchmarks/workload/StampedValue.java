package io.fyercache.benchmarks.workload;

import java.nio.ByteBuffer;

/** Values of a given size that begin with a number, by which a reader knows which write it sees. */
public final class StampedValue {
    private StampedValue() {}

    /**
     * A new value.
     *
     * @param bytes its size, at least 8
     */
    public static byte[] of(long stamp, int bytes) {
        byte[] value = new byte[bytes];
        ByteBuffer.wrap(value).putLong(stamp);
        return value;
    }

    /** The number that a value begins with. */
    public static long stampOf(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }
}
