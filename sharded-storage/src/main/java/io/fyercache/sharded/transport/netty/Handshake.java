package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.transport.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * What the two sides of a connection check and prove, without sockets. Who connects says hello, and so does who accepts; then who connects
 * proves that it knows the secret, and last who accepts, which also lets the other in. So nobody gets a code to try secrets on by connecting.
 *
 * <p>A proof is a code over both hellos as they were sent and over the side that proves. The hellos contain both nonces, so a proof that was
 * overheard is worth nothing in another handshake; the cluster, both identities with their roles, and both ranges of versions, so none of
 * them can be changed on the way; and the side, so a proof cannot be sent back to who made it. With TLS and without security proofs are empty. While a
 * cluster changes its secret, a process proves by one and believes two.
 *
 * <p>Thread-safe.
 */
final class Handshake {
    /** The same secret may be used for something else some day. */
    private static final byte[] PURPOSE = "fyercache transport handshake".getBytes(StandardCharsets.US_ASCII);

    private static final long NOBODY = 0;
    private static final byte[] NO_PROOF = {};

    private final NettySettings settings;
    private final Peer self;
    private final SecureRandom random = new SecureRandom();

    /** Which side proves. */
    enum Side {
        CONNECTING(1),
        ACCEPTING(2);

        private final byte number;

        Side(int number) {
            this.number = (byte) number;
        }
    }

    /** Both hellos. */
    record Hellos(Hello connecting, Hello accepting) {}

    Handshake(NettySettings settings, Peer self) {
        this.settings = settings;
        this.self = self;
        // What a first handshake would load and set up otherwise takes longer than a connection may.
        random.nextLong();
        if (settings.security() instanceof TransportSecurity.SharedSecret shared) {
            shared.secret().authenticate(PURPOSE);
        }
    }

    /** Says hello to a member, in the numbered attempt to connect to it. */
    Hello ask(Incarnation meant, long attempt) {
        return hello(meant.number(), attempt);
    }

    /**
     * Answers who connects.
     *
     * @throws RefusedException if this side does not talk to it
     */
    Hello answer(Hello asked) {
        check(asked);
        if (!(self instanceof Peer.OfMember member)
                || member.incarnation().number() != asked.content().meant()) {
            throw new RefusedException(Refusal.ANOTHER_LIFE);
        }
        return hello(NOBODY, 0);
    }

    /**
     * Checks the answer of a member that was meant.
     *
     * @throws RefusedException if it is another one, or this side does not talk to it
     */
    void checkAnswer(Hello asked, Hello answer) {
        check(answer);
        if (!(answer.content().peer() instanceof Peer.OfMember member)
                || member.incarnation().number() != asked.content().meant()) {
            throw new RefusedException(Refusal.ANOTHER_LIFE);
        }
    }

    private Hello hello(long meant, long attempt) {
        return Hello.draw(
                new Hello.Content(
                        Hello.VERSIONS, Hello.Kind.of(settings.security()), settings.cluster(), self, meant, attempt),
                random);
    }

    private void check(Hello theirs) {
        Hello.Content content = theirs.content();
        if (!content.versions().overlaps(Hello.VERSIONS)) {
            throw new RefusedException(Refusal.UNKNOWN_VERSION);
        }
        if (content.security() != Hello.Kind.of(settings.security())) {
            throw new RefusedException(Refusal.OTHER_SECURITY);
        }
        if (!content.cluster().equals(settings.cluster())) {
            throw new RefusedException(Refusal.WRONG_CLUSTER);
        }
        if (content.peer().equals(self)) {
            throw new RefusedException(Refusal.REFLECTED);
        }
    }

    /**
     * Proves that this side knows the secret.
     *
     * @param given number that is sent along with the proof, and protected by it
     */
    byte[] prove(Side side, Hellos hellos, long given) {
        return settings.security() instanceof TransportSecurity.SharedSecret shared
                ? proof(shared.secret(), side, hellos, given)
                : NO_PROOF;
    }

    private static byte[] proof(Secret secret, Side side, Hellos hellos, long given) {
        byte[] sideAndNumber = ByteBuffer.allocate(1 + Long.BYTES)
                .put(side.number)
                .putLong(given)
                .array();
        return secret.authenticate(
                PURPOSE,
                sideAndNumber,
                hellos.connecting().form(),
                hellos.accepting().form());
    }

    /**
     * Checks the other side's proof, in the same time wherever it is wrong, and by which secret it is right.
     *
     * @throws RefusedException if it is none
     */
    void verify(Side side, Hellos hellos, long given, byte[] proof) {
        if (!isRight(side, hellos, given, proof)) {
            throw new RefusedException(Refusal.WRONG_SECRET);
        }
    }

    private boolean isRight(Side side, Hellos hellos, long given, byte[] proof) {
        if (!(settings.security() instanceof TransportSecurity.SharedSecret shared)) {
            return MessageDigest.isEqual(NO_PROOF, proof);
        }
        boolean right = false;
        for (Secret each : shared.believed()) {
            // All are tried: how long it takes tells nobody which one it was.
            right |= MessageDigest.isEqual(proof(each, side, hellos, given), proof);
        }
        return right;
    }
}
