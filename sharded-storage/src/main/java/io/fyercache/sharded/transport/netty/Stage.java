package io.fyercache.sharded.transport.netty;

import org.jspecify.annotations.Nullable;

/** What a connection's frames are taken for at a time: parts of a handshake, or messages. Called on the process's thread. */
interface Stage {

    /** Returns the largest frame, in bytes. */
    int maxFrameBytes();

    /** The connection is there, and TLS is done if it is used. */
    void begin();

    /**
     * A frame has arrived.
     *
     * @param bytes of which the first {@code length} are the frame; they are overwritten when this returns
     * @throws RefusedException if the peer is to be refused; then the connection is closed
     */
    void frame(byte[] bytes, int length);

    /**
     * This side refuses the peer, and closes the connection.
     *
     * @param cause what TLS has failed with, if it has
     */
    default void refused(Refusal reason, @Nullable Throwable cause) {}

    /** Something has failed, and the connection is being closed. */
    default void failed(Throwable cause) {}

    /** The socket takes more, after it has taken nothing for a while. */
    default void writable() {}

    /** The connection is gone. */
    void ended();
}
