package io.fyercache.sharded.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The handshake of a side that has accepted a connection: hello, answer, proof; then the peer waits to be let in. On the loop. */
final class AcceptingStage implements Stage {
    private final Channel channel;
    private final Handshake handshake;
    private final RefusalLog refusals;
    private final ConnectionEvents events;
    private final Runnable noLongerHalfOpen;
    private final ScheduledFuture<?> deadline;

    private boolean halfOpen = true;
    private Handshake.@Nullable Hellos hellos;
    private @Nullable Connection arrived;

    /**
     * Begins to wait for a hello.
     *
     * @param noLongerHalfOpen is called once, when the handshake or the connection has ended
     */
    AcceptingStage(
            Channel channel,
            Handshake handshake,
            RefusalLog refusals,
            ConnectionEvents events,
            Runnable noLongerHalfOpen) {
        this.channel = channel;
        this.handshake = handshake;
        this.refusals = refusals;
        this.events = events;
        this.noLongerHalfOpen = noLongerHalfOpen;
        this.deadline =
                channel.eventLoop().schedule(this::tooSlow, HandshakeLimits.HANDSHAKE_NANOS, TimeUnit.NANOSECONDS);
        // However it ends, even before it has begun.
        ChannelFuture unused = channel.closeFuture().addListener(done -> end());
    }

    private void tooSlow() {
        refusals.note(Refusal.TOO_SLOW, channel.remoteAddress());
        FrameReader.close(channel);
    }

    @Override
    public int maxFrameBytes() {
        return HandshakeLimits.FRAME_BYTES;
    }

    @Override
    public void begin() {
        // Who connects speaks first.
    }

    @Override
    public void frame(byte[] bytes, int length) {
        if (arrived != null) {
            // Nobody has let it in yet.
            throw new RefusedException(Refusal.GARBLED);
        }
        Handshake.Hellos both = hellos;
        if (both == null) {
            Hello asked = Hello.read(bytes, length);
            Hello answer = handshake.answer(asked);
            hellos = new Handshake.Hellos(asked, answer);
            FrameReader.send(channel, answer.form());
            return;
        }
        Proof proof = Proof.read(bytes, length);
        handshake.verify(Handshake.Side.CONNECTING, both, proof.given(), proof.code());
        end();
        Hello.Content content = both.connecting().content();
        Connection connection =
                new Connection(channel, content.peer(), content.attempt(), latest -> welcome(both, latest), events);
        arrived = connection;
        events.arrived(connection);
    }

    private void welcome(Handshake.Hellos both, long latestAttempt) {
        Connection connection = Objects.requireNonNull(arrived);
        FrameReader.of(channel).become(connection);
        byte[] code = handshake.prove(Handshake.Side.ACCEPTING, both, latestAttempt);
        FrameReader.send(channel, new Proof(latestAttempt, code).form());
    }

    private void end() {
        if (halfOpen) {
            halfOpen = false;
            deadline.cancel(false);
            noLongerHalfOpen.run();
        }
    }

    @Override
    public void ended() {
        if (arrived != null) {
            events.ended(arrived);
        }
    }
}
