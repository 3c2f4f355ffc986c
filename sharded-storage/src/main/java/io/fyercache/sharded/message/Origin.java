package io.fyercache.sharded.message;

/**
 * Where an entry of the log came from, and what its client has told with it.
 *
 * @param acknowledgedBelow the client has the answers to all its operations with lower numbers, and will not ask for them again
 */
public record Origin(OperationId operation, long acknowledgedBelow) {}
