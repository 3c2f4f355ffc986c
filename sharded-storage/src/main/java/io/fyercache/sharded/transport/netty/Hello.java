package io.fyercache.sharded.transport.netty;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.transport.Peer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;

/**
 * The first frame of each side of a connection, in its binary form: what proofs are about. The form is the same in all versions of the
 * transport, so that versions can be compared: magic (4 bytes), oldest and newest version, kind of security, cluster (16), role, number of
 * the peer (8), incarnation that is meant (8, zero in an answer), number of the attempt (8), nonce (32). Immutable.
 */
final class Hello {
    /** What this side speaks. */
    static final ProtocolVersions VERSIONS = ProtocolVersions.SPOKEN;

    /** "FyCT", so that whoever connects by mistake is told from a peer. */
    private static final int MAGIC = 0x54437946;

    /** Bytes: no two are ever drawn alike. */
    private static final int NONCE_BYTES = 32;

    private static final int BYTES = 4 + 3 + 16 + 1 + 3 * Long.BYTES + NONCE_BYTES;
    private static final int MEMBER = 1;
    private static final int CLIENT = 2;

    private final byte[] form;
    private final Content content;

    /** What it says but for the nonce. */
    record Content(ProtocolVersions versions, Kind security, UUID cluster, Peer peer, long meant, long attempt) {}

    /** Kinds of security, by their numbers in the form. */
    enum Kind {
        NONE(0),
        SECRET(1),
        TLS(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        static Kind of(TransportSecurity security) {
            if (security instanceof TransportSecurity.SharedSecret) {
                return SECRET;
            }
            return security instanceof MutualTls ? TLS : NONE;
        }

        private static Kind numbered(int number) {
            return switch (number) {
                case 0 -> NONE;
                case 1 -> SECRET;
                case 2 -> TLS;
                default -> throw new RefusedException(Refusal.GARBLED);
            };
        }
    }

    private Hello(byte[] form, Content content) {
        this.form = form;
        this.content = content;
    }

    /** Makes one with a nonce of its own. */
    static Hello draw(Content content, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteSink out = new ByteSink(BYTES, BYTES, max -> new IllegalStateException("hello: longer than " + max));
        out.writeFixed32(MAGIC);
        out.writeByte(content.versions().oldest());
        out.writeByte(content.versions().newest());
        out.writeByte(content.security().number);
        out.writeFixed64(content.cluster().getMostSignificantBits());
        out.writeFixed64(content.cluster().getLeastSignificantBits());
        if (content.peer() instanceof Peer.OfMember member) {
            out.writeByte(MEMBER);
            out.writeFixed64(member.incarnation().number());
        } else if (content.peer() instanceof Peer.OfClient client) {
            out.writeByte(CLIENT);
            out.writeFixed64(client.client());
        }
        out.writeFixed64(content.meant());
        out.writeFixed64(content.attempt());
        out.writeBytes(nonce);
        return new Hello(out.toBytes(), content);
    }

    /**
     * Reads one.
     *
     * @throws RefusedException if it is none
     */
    static Hello read(byte[] frame, int length) {
        try {
            ByteSource in =
                    new ByteSource(frame, 0, length, (position, bytes, found) -> new RefusedException(Refusal.GARBLED));
            if (length != BYTES || in.readFixed32() != MAGIC) {
                throw new RefusedException(Refusal.GARBLED);
            }
            ProtocolVersions versions = new ProtocolVersions(in.readByte(), in.readByte());
            Kind security = Kind.numbered(in.readByte());
            UUID cluster = new UUID(in.readFixed64(), in.readFixed64());
            int role = in.readByte();
            long number = in.readFixed64();
            Content content =
                    new Content(versions, security, cluster, peer(role, number), in.readFixed64(), in.readFixed64());
            return new Hello(Arrays.copyOf(frame, length), content);
        } catch (IllegalArgumentException e) {
            // The values check themselves; here what they refuse came from outside, and need not be said.
            throw new RefusedException(Refusal.GARBLED);
        }
    }

    private static Peer peer(int role, long number) {
        return switch (role) {
            case MEMBER -> new Peer.OfMember(new Incarnation(number));
            case CLIENT -> new Peer.OfClient(number);
            default -> throw new RefusedException(Refusal.GARBLED);
        };
    }

    Content content() {
        return content;
    }

    /** Returns the bytes, which nobody may change. */
    byte[] form() {
        return form;
    }
}
