package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.transport.Transport;
import io.netty.buffer.ByteBuf;
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
    /** Bytes, 64 KiB, that frames take together which are copied out of the heap in one piece; a larger frame is a piece by itself. */
    private static final int PIECE_BYTES = 64 << 10;

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
        while (open.isWritable() && !frames.isEmpty()) {
            write(open);
            wrote = true;
        }
        if (wrote) {
            traffic.flushed();
            open.flush();
        }
    }

    /** Writes as many frames as are to go in one piece: one by one, each would cost the channel as much as all of them. */
    private void write(Channel open) {
        int count = 0;
        int bytes = 0;
        for (byte[] frame : frames) {
            if (count > 0 && bytes + FrameReader.sizeOf(frame) > PIECE_BYTES) {
                break;
            }
            count++;
            bytes += FrameReader.sizeOf(frame);
        }
        ByteBuf piece = open.alloc().ioBuffer(bytes);
        int taken = 0;
        for (int i = 0; i < count; i++) {
            byte[] frame = frames.remove();
            FrameReader.append(piece, frame);
            taken += frame.length;
            traffic.sent();
        }
        int written = taken;
        ChannelFuture unused = open.write(piece).addListener(done -> waitingBytes -= written);
    }
}
