package io.fyercache.sharded.message;

import io.fyercache.core.operation.EntryOperation;

/**
 * What a client asks of the primary of a partition.
 *
 * @param id stays the same when the request is sent again
 * @param attempt counts how often it has been sent, from 1
 * @param acknowledgedBelow see {@link Origin}; at most the request's own sequence, and less than {@value OperationId#WINDOW} below it
 * @param firstGeneration the partition's generation when the first attempt was sent that may have had an effect
 * @param minInSync how many copies must be in sync for a write, 1 or more
 */
public record Request(
        OperationId id,
        int attempt,
        long acknowledgedBelow,
        long firstGeneration,
        int minInSync,
        EntryKey key,
        Task task) {
    /**
     * Milliseconds, five minutes, after which a request is not sent again. Its result is remembered twice as long, so that the last attempt
     * may be late, and the clocks of client and partition need not agree.
     */
    public static final long LIFE_MILLIS = 300_000;

    /**
     * Checks the window.
     *
     * @throws IllegalArgumentException if {@code acknowledgedBelow} is beyond the sequence or a window or more below it
     */
    public Request {
        if (acknowledgedBelow > id.sequence() || id.sequence() - acknowledgedBelow >= OperationId.WINDOW) {
            throw new IllegalArgumentException("acknowledgedBelow of operation " + id.sequence() + ": "
                    + acknowledgedBelow + " (expected: at most that, and less than " + OperationId.WINDOW + " below)");
        }
    }

    /** Returns the same request, as it is sent once more. */
    public Request again() {
        return again(firstGeneration);
    }

    /**
     * Returns the same request, as it is sent once more after all attempts so far were refused: as none of them had an effect or will have
     * one, the next is the first that may.
     *
     * @param generation the partition's generation now
     */
    public Request again(long generation) {
        return new Request(id, attempt + 1, acknowledgedBelow, generation, minInSync, key, task);
    }

    /** What is to be done. */
    public sealed interface Task {

        /** To tell the value. */
        enum Read implements Task {
            /** The only one. */
            READ
        }

        /**
         * To acknowledge for the cache of the key that all copies of its partition were lost (L4). The answer tells whether there was
         * anything to acknowledge.
         *
         * @param generation the one that the loss was told with; of later losses the caller has not heard
         */
        record AcknowledgeLoss(long generation) implements Task {}

        /** To carry out an operation whose values are encoded ones. */
        record Write(EntryOperation operation) implements Task {}
    }
}
