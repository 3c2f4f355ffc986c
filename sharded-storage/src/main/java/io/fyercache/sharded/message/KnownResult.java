package io.fyercache.sharded.message;

import io.fyercache.sharded.message.Answer.Done;

/** What is remembered of an operation that had its effect, so that a retry gets the same answer. */
public record KnownResult(Origin origin, Done answer, long partitionMillis) {}
