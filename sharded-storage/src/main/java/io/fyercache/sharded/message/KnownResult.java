package io.fyercache.sharded.message;

/** What is remembered of an operation that had its effect, so that a retry gets the same answer. */
public record KnownResult(Origin origin, OperationResult result, long partitionMillis) {}
