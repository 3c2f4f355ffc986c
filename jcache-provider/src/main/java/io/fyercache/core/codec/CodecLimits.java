package io.fyercache.core.codec;

/**
 * The bounds of one encoded value, checked before memory is allocated for what the bytes claim to hold.
 *
 * <p>They hold in both directions: a value beyond them is refused when it is encoded, so that nothing is accepted which
 * cannot be read again. Java serialization does not tell how deep it is while it writes, and counts more references when it
 * reads than when it writes; there, a value nested too deep, or with nearly too many references, is refused when it is read.
 *
 * @param maxDepth how deep objects may nest, 1 to {@value #LARGEST_MAX_DEPTH}. A recursive reader needs stack, and hashing
 *     nested collections needs time, in proportion to it or worse.
 * @param maxReferences how many objects and nulls one value may hold, leaves included, at least 1
 * @param maxBytes the length of the encoded value in bytes, 1 to {@value #LARGEST_MAX_BYTES}
 * @param maxArrayLength the elements of one array or collection, at least 1; a {@code byte[]} is bounded by
 *     {@code maxBytes} alone
 */
public record CodecLimits(int maxDepth, int maxReferences, int maxBytes, int maxArrayLength) {
    /** Bytes. Leaves room for the growth of a buffer by doubling within the range of an {@code int}. */
    public static final int LARGEST_MAX_BYTES = 1 << 30;

    /**
     * Levels. One takes up to 1.1 KiB of stack in interpreted code, so these take little more than a quarter of the megabyte
     * that threads have. Running out of stack must be left to accidents: a class whose initialization it hits stays unusable.
     */
    public static final int LARGEST_MAX_DEPTH = 250;

    /** Levels. Cached values are shallow, and nested keys cost time to hash that is exponential in their depth. */
    public static final int DEFAULT_MAX_DEPTH = 20;

    /** Objects. A cached value of more is a data set, which belongs into the cache entry by entry. */
    public static final int DEFAULT_MAX_REFERENCES = 100_000;

    /** Bytes, 16 MiB: as large as the largest frame between members. */
    public static final int DEFAULT_MAX_BYTES = 16 << 20;

    /** Elements. */
    public static final int DEFAULT_MAX_ARRAY_LENGTH = 1_000_000;

    /** The limits that apply when nothing else is configured. */
    public static final CodecLimits DEFAULT =
            new CodecLimits(DEFAULT_MAX_DEPTH, DEFAULT_MAX_REFERENCES, DEFAULT_MAX_BYTES, DEFAULT_MAX_ARRAY_LENGTH);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is out of its range
     */
    public CodecLimits {
        requireRange("maxDepth", maxDepth, LARGEST_MAX_DEPTH);
        requireRange("maxReferences", maxReferences, Integer.MAX_VALUE);
        requireRange("maxBytes", maxBytes, LARGEST_MAX_BYTES);
        requireRange("maxArrayLength", maxArrayLength, Integer.MAX_VALUE);
    }

    private static void requireRange(String name, int value, int largest) {
        if (value < 1 || value > largest) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + largest + ")");
        }
    }
}
