package io.fyercache.sharded.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where a key belongs: 64 bits from the bytes of its encoded form, the same in every JVM and in every release. To change
 * this function is to lose every entry of a running cluster.
 *
 * <p>The function is XXH64 with seed 0, written from its <a
 * href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">specification</a>. It is preferred to 128-bit
 * MurmurHash3, which is a bit slower on short keys and whose second half nobody would read, and to 32-bit ones, whose bits do
 * not suffice for partition, bucket and hash tables behind them. Like both, it does not resist who may choose keys: such a
 * client can fill one partition, and must be trusted not to.
 *
 * <p>The partition is taken from the top bits, the bucket from the lowest: they never share one, so that the keys of a
 * partition spread over its buckets.
 */
public final class KeyHash {
    /** Buckets of a partition: the units in which a copy is shipped to a joining member. A power of two. */
    public static final int BUCKETS = 64;

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    /** Bytes that one round of the four lanes takes in. */
    private static final int STRIPE = 4 * Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private KeyHash() {}

    /** Returns the hash of a key's encoded form. */
    public static long of(byte[] key) {
        return xxHash64(key, 0);
    }

    /**
     * Returns the partition of a key.
     *
     * @param hash of the key
     * @param partitionCount of the table, a power of two
     */
    public static int partition(long hash, int partitionCount) {
        // In two steps, as a shift by 64 would be one by 0.
        return (int) (hash >>> 1 >>> (Long.SIZE - 1 - Integer.numberOfTrailingZeros(partitionCount)));
    }

    /** Returns the bucket of a key within its partition, 0..63. */
    public static int bucket(long hash) {
        return (int) hash & (BUCKETS - 1);
    }

    static long xxHash64(byte[] input, long seed) {
        int position = 0;
        long hash;
        if (input.length >= STRIPE) {
            long lane1 = seed + PRIME_1 + PRIME_2;
            long lane2 = seed + PRIME_2;
            long lane3 = seed;
            long lane4 = seed - PRIME_1;
            for (; position <= input.length - STRIPE; position += STRIPE) {
                lane1 = round(lane1, longAt(input, position));
                lane2 = round(lane2, longAt(input, position + Long.BYTES));
                lane3 = round(lane3, longAt(input, position + 2 * Long.BYTES));
                lane4 = round(lane4, longAt(input, position + 3 * Long.BYTES));
            }
            hash = Long.rotateLeft(lane1, 1)
                    + Long.rotateLeft(lane2, 7)
                    + Long.rotateLeft(lane3, 12)
                    + Long.rotateLeft(lane4, 18);
            hash = merge(merge(merge(merge(hash, lane1), lane2), lane3), lane4);
        } else {
            hash = seed + PRIME_5;
        }
        return avalanche(takeRest(hash + input.length, input, position));
    }

    private static long takeRest(long start, byte[] input, int from) {
        long hash = start;
        int position = from;
        for (; position <= input.length - Long.BYTES; position += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, longAt(input, position)), 27) * PRIME_1 + PRIME_4;
        }
        if (position <= input.length - Integer.BYTES) {
            long word = Integer.toUnsignedLong((int) INTS.get(input, position));
            hash = Long.rotateLeft(hash ^ (word * PRIME_1), 23) * PRIME_2 + PRIME_3;
            position += Integer.BYTES;
        }
        for (; position < input.length; position++) {
            hash = Long.rotateLeft(hash ^ ((input[position] & 0xFF) * PRIME_5), 11) * PRIME_1;
        }
        return hash;
    }

    private static long round(long lane, long word) {
        return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long mixed) {
        long hash = (mixed ^ (mixed >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }

    private static long longAt(byte[] input, int position) {
        return (long) LONGS.get(input, position);
    }
}
