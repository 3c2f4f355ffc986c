package io.fyercache.sharded.transport.netty;

/** What comes of knocking at a member's door; see {@link NettyTransport#knock}. */
public sealed interface Knock {

    /** Answers that say all by themselves. */
    enum Plain implements Knock {
        /** There is a connection: each side believes the other. */
        LET_IN,
        /** Nothing can be reached there. */
        NOBODY_THERE
    }

    /**
     * Something is there, or would be where one could look, and there is no connection: one side does not believe the other, or the handshake took
     * too long.
     *
     * @param why for people: what was found, what was expected, and what can be done; without what the other side has said, and without secrets
     */
    record Refused(String why) implements Knock {}
}
