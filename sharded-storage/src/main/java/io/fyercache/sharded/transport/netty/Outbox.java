package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for a peer: while a connection is being made, until the thread has read what has arrived, or while the socket takes
 * no more. So what a turn of the thread has to say to a peer goes with one flush. Only what the socket will take soon is copied out of the
 * heap. Used by the process's thread.
 */
final class Outbox {
    private final Traffic traffic;
    private final Deque<byte[]> frames = new ArrayDeque<>();
    private long waitingBytes;
    private boolean awaited;
    private @Nullable Channel channel;

    Outbox(Traffic traffic) {
        this.traffic = traffic;
    }

    /** Takes in a frame, unless too much waits. Tells whether it did. */
    boolean offer(byte[] frame) {
        if (waitingBytes + frame.length > Transport.MAX_WAITING_BYTES) {
            return false;
        }
        waitingBytes += frame.length;
        frames.add(frame);
        if (channel != null && !awaited) {
            awaited = true;
            // What is executed runs after all that has been read in this turn.
            channel.eventLoop().execute(this::drain);
        }
        return true;
    }

    /** Lets a channel carry the frames from now on. */
    void attach(Channel open) {
        channel = open;
        drain();
    }

    /** Writes as much as the channel takes. */
    void drain() {
        awaited = false;
        Channel open = channel;
        if (open == null) {
            return;
        }
        boolean wrote = false;
        while (open.isWritable()) {
            byte[] frame = frames.poll();
            if (frame == null) {
                break;
            }
            ChannelFuture unused = FrameReader.write(open, frame).addListener(done -> waitingBytes -= frame.length);
            traffic.sent();
            wrote = true;
        }
        if (wrote) {
            traffic.flushed();
            open.flush();
        }
    }
}
