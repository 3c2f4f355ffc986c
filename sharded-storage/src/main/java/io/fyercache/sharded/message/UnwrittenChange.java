package io.fyercache.sharded.message;

import org.jspecify.annotations.Nullable;

/**
 * What the database is still to be told of a key (Q1): the newest change of it that is not known to be written. Immutable.
 *
 * @param value the value that it gets; null if the key is to be deleted
 * @param sinceMillis since when the database has been behind, at the most, in the partition's time: a later change keeps what the one before it
 *     says
 * @param givenUp that it was tried as often as it may be; null as long as it is to be written
 */
public record UnwrittenChange(
        @Nullable EncodedValue value,
        long sinceMillis,
        @Nullable GivenUp givenUp) {
    /**
     * Bytes of a value that can be written later, 4 MiB: an entry of the log may have it twice, for the cache and for the database, and the value
     * before as its result, of {@value EncodedValue#MAX_BYTES} bytes at most.
     */
    public static final int MAX_VALUE_BYTES = 4 << 20;

    /**
     * That a change was given up, and is a dead letter.
     *
     * @param attempts how often it was tried, at least 1
     * @param failure what came of the last attempt, at most {@value #MAX_FAILURE} characters of it
     */
    public record GivenUp(int attempts, String failure) {
        /** Characters of a failure that are kept: it lies in every copy. */
        public static final int MAX_FAILURE = 1_000;

        /**
         * Checks the range, and cuts text that is too long.
         *
         * @throws IllegalArgumentException if there was no attempt
         */
        public GivenUp {
            if (attempts < 1) {
                throw new IllegalArgumentException("attempts: " + attempts + " (expected: at least 1)");
            }
            failure = OperationResult.Failed.cut(failure, MAX_FAILURE);
        }
    }

    /** Makes a change that is to be written. */
    public UnwrittenChange(@Nullable EncodedValue value, long sinceMillis) {
        this(value, sinceMillis, null);
    }

    /** Returns the same change, given up. */
    public UnwrittenChange givenUp(int attempts, String failure) {
        return new UnwrittenChange(value, sinceMillis, new GivenUp(attempts, failure));
    }

    /** Returns the same change, to be written. */
    public UnwrittenChange replayed() {
        return new UnwrittenChange(value, sinceMillis, null);
    }
}
