package io.fyercache.sharded.message;

import io.fyercache.core.operation.ChangeInterest;

/**
 * What a process wants to hear of a cache (V3). Immutable.
 *
 * @param cache the number of the cache
 * @param client the process, as in {@link OperationId}
 * @param version grows with each wish of the process about the cache, from 1: of two wishes the later counts, in whatever order they arrive
 */
public record Listening(int cache, long client, long version, ChangeInterest interest) {
    /**
     * Processes that listen to a cache in a partition, each of them counted once for each cache: more than a cluster has, and their wishes,
     * which the start of a copy brings whole, take 120 KiB at most.
     */
    public static final int MAX_LISTENING = 4_096;
}
