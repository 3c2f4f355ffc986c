package io.fyercache.sharded.transport.netty;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The second frame of a side: a number (8 bytes) and the code of {@link Handshake#prove}. */
final class Proof {
    private final long given;
    private final byte[] code;

    /**
     * Makes one.
     *
     * @param given by who accepts: the number of its latest attempt to connect; by who connects: 0
     */
    Proof(long given, byte[] code) {
        this.given = given;
        this.code = code;
    }

    /**
     * Reads one.
     *
     * @throws RefusedException if the frame is too short for it
     */
    static Proof read(byte[] frame, int length) {
        if (length < Long.BYTES) {
            throw new RefusedException(Refusal.GARBLED);
        }
        return new Proof(ByteBuffer.wrap(frame).getLong(), Arrays.copyOfRange(frame, Long.BYTES, length));
    }

    long given() {
        return given;
    }

    byte[] code() {
        return code;
    }

    byte[] form() {
        return ByteBuffer.allocate(Long.BYTES + code.length)
                .putLong(given)
                .put(code)
                .array();
    }
}
