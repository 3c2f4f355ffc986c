package io.fyercache.sharded.transport.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.netty.Handshake.Hellos;
import io.fyercache.sharded.transport.netty.Handshake.Side;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final UUID CLUSTER = new UUID(1, 2);
    private static final Peer OLDER = new Peer.OfMember(new Incarnation(7));
    private static final Incarnation YOUNGER = new Incarnation(9);

    private final Handshake connecting = new Handshake(settings(CLUSTER, "the secret of this cluster"), OLDER);
    private final Handshake accepting =
            new Handshake(settings(CLUSTER, "the secret of this cluster"), new Peer.OfMember(YOUNGER));

    private static NettySettings settings(UUID cluster, String secret) {
        return NettySettings.of(cluster, new TransportSecurity.SharedSecret(new Secret(secret.getBytes(US_ASCII))));
    }

    /** What the other side takes in. */
    private static Hello sent(Hello hello) {
        return Hello.read(hello.form(), hello.form().length);
    }

    private Hellos hellos() {
        Hello asked = connecting.ask(YOUNGER, 5);
        return new Hellos(asked, accepting.answer(sent(asked)));
    }

    private static void assertRefused(Refusal reason, ThrowingCallable step) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(step)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void twoWhoKnowTheSecret_believeEachOther() {
        Hello asked = connecting.ask(YOUNGER, 5);
        Hello answer = accepting.answer(sent(asked));
        connecting.checkAnswer(asked, sent(answer));
        Hellos there = new Hellos(asked, sent(answer));
        Hellos here = new Hellos(sent(asked), answer);

        assertThatCode(() -> {
                    accepting.verify(Side.CONNECTING, here, 0, connecting.prove(Side.CONNECTING, there, 0));
                    connecting.verify(Side.ACCEPTING, there, 3, accepting.prove(Side.ACCEPTING, here, 3));
                })
                .doesNotThrowAnyException();
        assertThat(sent(asked).content().peer()).isEqualTo(OLDER);
        assertThat(sent(asked).content().attempt()).isEqualTo(5);
    }

    @Test
    void wrongSecret_isRefused() {
        Handshake guessing = new Handshake(settings(CLUSTER, "another secret altogether"), OLDER);
        Hellos hellos = hellos();

        assertRefused(
                Refusal.WRONG_SECRET,
                () -> accepting.verify(Side.CONNECTING, hellos, 0, guessing.prove(Side.CONNECTING, hellos, 0)));
        assertRefused(Refusal.WRONG_SECRET, () -> accepting.verify(Side.CONNECTING, hellos, 0, new byte[0]));
        assertRefused(Refusal.WRONG_SECRET, () -> accepting.verify(Side.CONNECTING, hellos, 0, new byte[32]));
    }

    private static Handshake changing(String shown, String accepted, Peer self) {
        return new Handshake(
                NettySettings.of(
                        CLUSTER,
                        new TransportSecurity.SharedSecret(
                                new Secret(shown.getBytes(US_ASCII)),
                                Optional.of(new Secret(accepted.getBytes(US_ASCII))))),
                self);
    }

    /** The steps of {@code docs/operations.md}: at each, others have done the same, or one step less. */
    @Test
    void secretThatIsChangedInThreeSteps_isBelievedByWhoIsAStepBehind_andByNobodyElse() {
        String former = "the secret of this cluster";
        String next = "the secret of tomorrow's cluster";
        List<Function<Peer, Handshake>> steps = List.of(
                peer -> new Handshake(settings(CLUSTER, former), peer),
                peer -> changing(former, next, peer),
                peer -> changing(next, former, peer),
                peer -> new Handshake(settings(CLUSTER, next), peer));
        for (int one = 0; one < steps.size(); one++) {
            for (int two = 0; two < steps.size(); two++) {
                Handshake asking = steps.get(one).apply(OLDER);
                Handshake asked = steps.get(two).apply(new Peer.OfMember(YOUNGER));
                Hello hello = asking.ask(YOUNGER, 5);
                Hellos hellos = new Hellos(hello, asked.answer(sent(hello)));
                ThrowingCallable both = () -> {
                    asked.verify(Side.CONNECTING, hellos, 0, asking.prove(Side.CONNECTING, hellos, 0));
                    asking.verify(Side.ACCEPTING, hellos, 3, asked.prove(Side.ACCEPTING, hellos, 3));
                };

                if (Math.abs(one - two) <= 1) {
                    assertThatCode(both).as("%s and %s", one, two).doesNotThrowAnyException();
                } else {
                    assertRefused(Refusal.WRONG_SECRET, both);
                }
            }
        }
    }

    @Test
    void proofThatWasOverheard_isWorthNothingInAnotherHandshake() {
        Hellos first = hellos();
        byte[] overheard = connecting.prove(Side.CONNECTING, first, 0);
        Hello again = sent(first.connecting());
        Hellos second = new Hellos(again, accepting.answer(again));

        assertRefused(Refusal.WRONG_SECRET, () -> accepting.verify(Side.CONNECTING, second, 0, overheard));
    }

    @Test
    void proofThatIsSentBack_isWorthNothing() {
        Hellos hellos = hellos();
        byte[] mine = connecting.prove(Side.CONNECTING, hellos, 0);

        assertRefused(Refusal.WRONG_SECRET, () -> connecting.verify(Side.ACCEPTING, hellos, 0, mine));
    }

    @Test
    void helloThatIsSentBack_isRefused() {
        Hello asked = connecting.ask(YOUNGER, 5);
        Handshake self = new Handshake(settings(CLUSTER, "the secret of this cluster"), OLDER);

        assertRefused(Refusal.REFLECTED, () -> self.answer(sent(asked)));
        assertRefused(Refusal.REFLECTED, () -> connecting.checkAnswer(asked, sent(asked)));
    }

    @Test
    void numberThatIsChangedOnTheWay_isNoticed() {
        Hellos hellos = hellos();
        byte[] proof = accepting.prove(Side.ACCEPTING, hellos, 3);

        assertRefused(Refusal.WRONG_SECRET, () -> connecting.verify(Side.ACCEPTING, hellos, 4, proof));
    }

    @Test
    void anyByteOfAHello_thatIsChangedOnTheWay_isNoticed() {
        Hellos sent = hellos();
        byte[] form = sent.connecting().form();
        for (int i = 0; i < form.length; i++) {
            byte[] changed = form.clone();
            changed[i] ^= 1;
            assertThatExceptionOfType(RefusedException.class).as("byte %s", i).isThrownBy(() -> {
                Hello asked = Hello.read(changed, changed.length);
                Hello answer = accepting.answer(asked);
                Hellos here = new Hellos(asked, answer);
                Hellos there = new Hellos(sent.connecting(), sent(answer));
                accepting.verify(Side.CONNECTING, here, 0, connecting.prove(Side.CONNECTING, there, 0));
            });
        }
    }

    @Test
    void versions_thatAreMadeLookOlderOnTheWay_areNoticed() {
        Hello asked = connecting.ask(YOUNGER, 5);
        Hello.Content said = asked.content();
        Hello newer = Hello.draw(
                new Hello.Content(
                        new ProtocolVersions(1, 2),
                        said.security(),
                        said.cluster(),
                        said.peer(),
                        said.meant(),
                        said.attempt()),
                new SecureRandom());
        byte[] downgraded = newer.form().clone();
        downgraded[5] = 1;
        Hello received = Hello.read(downgraded, downgraded.length);
        assertThat(received.content().versions()).isEqualTo(new ProtocolVersions(1, 1));
        Hello answer = accepting.answer(received);

        byte[] proof = connecting.prove(Side.CONNECTING, new Hellos(newer, answer), 0);

        assertRefused(
                Refusal.WRONG_SECRET, () -> accepting.verify(Side.CONNECTING, new Hellos(received, answer), 0, proof));
    }

    @Test
    void peerOfOtherVersions_isRefused() {
        Hello.Content said = connecting.ask(YOUNGER, 5).content();
        Hello future = Hello.draw(
                new Hello.Content(
                        new ProtocolVersions(2, 3),
                        said.security(),
                        said.cluster(),
                        said.peer(),
                        said.meant(),
                        said.attempt()),
                new SecureRandom());

        assertRefused(Refusal.UNKNOWN_VERSION, () -> accepting.answer(sent(future)));
    }

    @Test
    void peerOfAnotherCluster_orAnotherKindOfSecurity_isRefused() {
        Handshake stranger = new Handshake(settings(new UUID(1, 3), "the secret of this cluster"), OLDER);
        Handshake open = new Handshake(
                NettySettings.of(CLUSTER, new TransportSecurity.None(TransportSecurity.Exposure.LOOPBACK_ONLY)), OLDER);

        assertRefused(Refusal.WRONG_CLUSTER, () -> accepting.answer(sent(stranger.ask(YOUNGER, 1))));
        assertRefused(Refusal.OTHER_SECURITY, () -> accepting.answer(sent(open.ask(YOUNGER, 1))));
    }

    @Test
    void anotherLife_isNotTakenForTheOneThatIsMeant() {
        Hello asked = connecting.ask(new Incarnation(8), 1);
        Hello answer = accepting.answer(sent(connecting.ask(YOUNGER, 1)));

        assertRefused(Refusal.ANOTHER_LIFE, () -> accepting.answer(sent(asked)));
        assertRefused(Refusal.ANOTHER_LIFE, () -> connecting.checkAnswer(asked, sent(answer)));
    }

    @Test
    void randomBytes_areRefused_andNothingElseHappens() {
        Random random = new Random(1);
        byte[] real = connecting.ask(YOUNGER, 5).form();
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(200)] : real.clone();
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                // The magic stays, so that more is read.
                bytes[4 + random.nextInt(real.length - 4)] = (byte) random.nextInt();
            }
            try {
                Hello read = Hello.read(bytes, bytes.length);
                assertThat(read.form()).isEqualTo(bytes);
            } catch (RefusedException e) {
                assertThat(e.reason()).isEqualTo(Refusal.GARBLED);
            }
        }
    }
}
