package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.transport.netty.RefusalText.Step;
import io.netty.channel.Channel;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The handshake of a side that has connected: hello, answer, proof, welcome. On the loop. */
final class ConnectingStage implements Stage {
    private final Channel channel;
    private final Attempt attempt;
    private final Handshake handshake;
    private final Hello asked;
    private final RefusalText texts;
    private Step step = Step.CONNECTED;
    private Handshake.@Nullable Hellos hellos;

    /** Begins with the channel of an attempt. */
    ConnectingStage(Channel channel, Attempt attempt, Handshake handshake, RefusalText texts) {
        this.channel = channel;
        this.attempt = attempt;
        this.handshake = handshake;
        this.texts = texts;
        this.asked = handshake.ask(attempt.member(), attempt.number());
    }

    @Override
    public int maxFrameBytes() {
        return HandshakeLimits.FRAME_BYTES;
    }

    @Override
    public void begin() {
        attempt.checkCertificate(channel);
        step = Step.HELLO;
        FrameReader.send(channel, asked.form());
    }

    @Override
    public void frame(byte[] bytes, int length) {
        Handshake.Hellos both = hellos;
        if (both == null) {
            Hello answer = Hello.read(bytes, length);
            handshake.checkAnswer(asked, answer);
            both = new Handshake.Hellos(asked, answer);
            hellos = both;
            byte[] code = handshake.prove(Handshake.Side.CONNECTING, both, 0);
            step = Step.PROOF;
            FrameReader.send(channel, new Proof(0, code).form());
            return;
        }
        Proof welcome = Proof.read(bytes, length);
        handshake.verify(Handshake.Side.ACCEPTING, both, welcome.given(), welcome.code());
        Connection connection = new Connection(
                channel, both.accepting().content().peer(), welcome.given(), latest -> {}, attempt.events());
        FrameReader.of(channel).become(connection);
        attempt.succeeded(connection);
    }

    @Override
    public void refused(Refusal reason, @Nullable Throwable cause) {
        attempt.refused(texts.byThisSide(reason, cause));
    }

    @Override
    public void failed(Throwable cause) {
        if (step != Step.CONNECTED && cause.getCause() instanceof SSLException alert) {
            attempt.refused(texts.byAlert(alert));
        }
    }

    @Override
    public void ended() {
        attempt.refused(texts.byMember(step));
        attempt.failed();
    }
}
