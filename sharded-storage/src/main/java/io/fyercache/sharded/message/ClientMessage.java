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
     * @param attempt the one that this answers, or {@link #ANY_ATTEMPT}. A client that has sent a later one must not take the answer for
     *     it: what found nothing to do left no trace, and the later attempt may have found something.
     */
    record Reply(int partition, OperationId operation, int attempt, Answer answer) implements ClientMessage {
        /** The attempt of an answer that is true for every attempt, because the log has it. */
        public static final int ANY_ATTEMPT = 0;
    }
}
