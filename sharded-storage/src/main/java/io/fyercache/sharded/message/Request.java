package io.fyercache.sharded.message;

import io.fyercache.core.operation.EntryOperation;

/**
 * What a client asks of the primary of a partition.
 *
 * @param id stays the same when the request is sent again
 * @param attempt counts how often it has been sent, from 1
 * @param acknowledgedBelow see {@link Origin}
 * @param firstGeneration the partition's generation when the request was first sent
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

    /** Returns the same request, as it is sent once more. */
    public Request again() {
        return new Request(id, attempt + 1, acknowledgedBelow, firstGeneration, minInSync, key, task);
    }

    /** What is to be done. */
    public sealed interface Task {

        /** To tell the value. */
        enum Read implements Task {
            /** The only one. */
            READ
        }

        /** To carry out an operation whose values are encoded ones. */
        record Write(EntryOperation operation) implements Task {}
    }
}
