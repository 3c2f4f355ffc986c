package io.fyercache.sharded.message;

/** What a client and the primary of a partition say to each other. */
public sealed interface ClientMessage extends Message {

    /** Returns the partition that it is about. */
    int partition();

    /** To the primary: carry this out. */
    record Call(int partition, Request request) implements ClientMessage {}

    /**
     * To the client: what has become of it.
     *
     * @param operation of the request; clients count their operations anew on each partition
     * @param attempt of the request: the client takes no answer to an earlier one
     */
    record Reply(int partition, OperationId operation, int attempt, Answer answer) implements ClientMessage {}
}
