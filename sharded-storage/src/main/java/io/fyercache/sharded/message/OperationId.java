package io.fyercache.sharded.message;

/**
 * Which operation of which client. However often it is sent, it has its effect once.
 *
 * @param client the incarnation of the client
 * @param sequence counts the client's operations on one partition, from 1
 */
public record OperationId(long client, long sequence) {
    /**
     * How many consecutive sequences a client has in use on one partition, the lowest being that of the oldest operation it has no answer
     * to. It bounds what is remembered of the client there: all results since that operation's.
     */
    public static final int WINDOW = 1_024;
}
