package io.fyercache.sharded.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what arrives into frames, 4 bytes of length (big-endian) and as many bytes, and hands them to the {@link Stage} of the connection. A
 * length is compared with its limit before anything else; room is made as bytes arrive, never for more than twice of what has arrived. What
 * is refused closes the connection, and nothing that follows is looked at. On the process's thread.
 */
final class FrameReader extends ChannelInboundHandlerAdapter {
    private static final int HEADER_BYTES = Integer.BYTES;

    /** Bytes, 64 KiB, of the array that is kept for the next frames: most of them fit. */
    private static final int KEPT_BYTES = 64 << 10;

    private static final int INITIAL_BYTES = 512;

    private final RefusalLog refusals;
    private Stage stage;
    private byte[] body = new byte[INITIAL_BYTES];
    private int headerLeft = HEADER_BYTES;
    private int length;
    private int filled;
    private boolean refused;

    FrameReader(RefusalLog refusals, Stage first) {
        this.refusals = refusals;
        this.stage = first;
    }

    /** Returns the one of a channel. */
    static FrameReader of(Channel channel) {
        return channel.pipeline().get(FrameReader.class);
    }

    /** Goes on with another stage. */
    void become(Stage next) {
        stage = next;
    }

    /** Ends a connection; nobody waits for it. */
    static void close(Channel channel) {
        ChannelFuture unused = channel.close();
    }

    /** Writes a frame, and sends it at once. */
    static void send(Channel channel, byte[] frame) {
        ByteBuf out = channel.alloc().ioBuffer(sizeOf(frame));
        append(out, frame);
        ChannelFuture unused = channel.writeAndFlush(out);
    }

    /** Returns how many bytes a frame takes on the way. */
    static int sizeOf(byte[] frame) {
        return HEADER_BYTES + frame.length;
    }

    /** Adds a frame to what is to be written. */
    static void append(ByteBuf out, byte[] frame) {
        out.writeInt(frame.length).writeBytes(frame);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            begin(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                begin(context);
            } else if (context.channel().isActive()) {
                refuse(context, Refusal.TLS_FAILED, tls.cause());
            }
        }
    }

    private void begin(ChannelHandlerContext context) {
        try {
            stage.begin();
        } catch (RefusedException e) {
            refuse(context, e.reason(), null);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !refused) {
                take(in);
            }
        } catch (RefusedException e) {
            refuse(context, e.reason(), null);
        } finally {
            in.release();
        }
    }

    private void take(ByteBuf in) {
        if (headerLeft > 0) {
            length = length << Byte.SIZE | in.readUnsignedByte();
            if (--headerLeft == 0 && (length < 1 || length > stage.maxFrameBytes())) {
                throw new RefusedException(Refusal.OVERSIZED);
            }
            return;
        }
        int count = Math.min(in.readableBytes(), length - filled);
        makeRoom(filled + count);
        in.readBytes(body, filled, count);
        filled += count;
        if (filled == length) {
            stage.frame(body, length);
            awaitNext();
        }
    }

    private void makeRoom(int needed) {
        if (needed > body.length) {
            body = Arrays.copyOf(body, Math.min(length, Math.max(needed, 2 * body.length)));
        }
    }

    private void awaitNext() {
        headerLeft = HEADER_BYTES;
        length = 0;
        filled = 0;
        if (body.length > KEPT_BYTES) {
            body = new byte[INITIAL_BYTES];
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal reason, @Nullable Throwable cause) {
        if (!refused) {
            refused = true;
            refusals.note(reason, context.channel().remoteAddress());
            stage.refused(reason, cause);
            close(context.channel());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        stage.writable();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stage.ended();
    }

    /** Whatever fails in a connection ends it, and no more than that; TLS tells of its failures by an event, too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        stage.failed(cause);
        close(context.channel());
    }
}
