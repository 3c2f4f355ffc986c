package io.fyercache.sharded.message;

/**
 * Which operation of which client. However often it is sent, it has its effect once.
 *
 * @param client the incarnation of the client
 * @param sequence counts the client's operations on one partition, from 1
 */
public record OperationId(long client, long sequence) {}
