package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.codec.MessageCodec;
import io.fyercache.sharded.message.codec.MessageFormatException;
import io.fyercache.sharded.message.codec.MessageLimits;
import io.fyercache.sharded.transport.Peer;
import io.netty.channel.Channel;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose two sides have proved who they are; as a stage, the one in which frames are messages. Who the peer is was settled by
 * the handshake, and nothing that it sends later changes that.
 */
final class Connection implements Stage {
    private final Channel channel;
    private final Peer peer;
    private final long attempt;
    private final LongConsumer admission;
    private final ConnectionEvents events;

    /** Where messages to the peer wait; set once. */
    private @Nullable Outbox outbox;

    /**
     * Makes one.
     *
     * @param attempt if the peer has connected, the number of its attempt; else of its latest attempt, which it has given up for this one
     * @param admission lets in a peer that has connected: is given the number of this side's latest attempt to anybody; those to this peer are
     *     given up
     */
    Connection(Channel channel, Peer peer, long attempt, LongConsumer admission, ConnectionEvents events) {
        this.channel = channel;
        this.peer = peer;
        this.attempt = attempt;
        this.admission = admission;
        this.events = events;
    }

    Peer peer() {
        return peer;
    }

    /** Returns the number of the peer's attempts that are over: an attempt up to that one is older than this connection. */
    long attempt() {
        return attempt;
    }

    /** Tells whether the peer may be a member at that host, by its certificate. Without TLS everybody may. */
    boolean isAt(String host) {
        return TlsPeer.isAt(channel, host);
    }

    /** Closes the connection, and counts why. */
    void refuse(Refusal reason, RefusalLog refusals) {
        refusals.note(reason, channel.remoteAddress());
        close();
    }

    /** Lets the peer in, if it has connected, and sends what waits for it from now on. */
    void open(Outbox waiting, long latestAttempt) {
        admission.accept(latestAttempt);
        outbox = waiting;
        waiting.attach(channel);
    }

    void close() {
        FrameReader.close(channel);
    }

    @Override
    public int maxFrameBytes() {
        return MessageLimits.MESSAGE_BYTES;
    }

    @Override
    public void begin() {
        throw new IllegalStateException("connection with " + peer + ": begins again (expected: once)");
    }

    @Override
    public void frame(byte[] bytes, int length) {
        Message message;
        try {
            message = MessageCodec.decode(bytes, 0, length);
        } catch (MessageFormatException e) {
            throw new RefusedException(Refusal.DAMAGED_MESSAGE);
        }
        events.received(this, message);
    }

    @Override
    public void writable() {
        if (outbox != null) {
            outbox.drain();
        }
    }

    @Override
    public void ended() {
        events.ended(this);
    }
}
