package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for a peer: while a connection is being made, or while the socket takes no more. One thread offers, the event loop
 * drains: it is woken once for all that was offered meanwhile, and flushes once. Only what the socket will take soon is copied out of the heap.
 */
final class Outbox {
    private final Queue<byte[]> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private volatile @Nullable Channel channel;

    /** Takes in a frame, unless too much waits. Tells whether it did. */
    boolean offer(byte[] frame) {
        if (waitingBytes.get() + frame.length > Transport.MAX_WAITING_BYTES) {
            return false;
        }
        waitingBytes.addAndGet(frame.length);
        frames.add(frame);
        Channel open = channel;
        if (open != null) {
            wake(open);
        }
        return true;
    }

    private void wake(Channel open) {
        if (!open.eventLoop().isShuttingDown() && awaited.compareAndSet(false, true)) {
            // Even on the event loop: later, when all is offered that this step has to say.
            open.eventLoop().execute(this::drain);
        }
    }

    /** Lets a channel carry the frames from now on. On its event loop. */
    void attach(Channel open) {
        channel = open;
        drain();
    }

    /** Writes as much as the channel takes. On its event loop. */
    void drain() {
        awaited.set(false);
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
            ChannelFuture unused =
                    FrameReader.write(open, frame).addListener(done -> waitingBytes.addAndGet(-frame.length));
            wrote = true;
        }
        if (wrote) {
            open.flush();
        }
    }
}
