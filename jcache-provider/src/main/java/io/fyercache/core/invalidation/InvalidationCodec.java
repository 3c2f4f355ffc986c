package io.fyercache.core.invalidation;

import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.core.bytes.FormSeal;
import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Farewell;
import io.fyercache.core.invalidation.InvalidationMessage.Heartbeat;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages to bytes and back. The bytes are not trusted: every count and length is compared with its limit and with what is there before anything is
 * allocated.
 *
 * <pre>
 *   version (1), 'I', kind, origin (16), sequence (varint), then
 *     keys: name, count, and of each key its length and bytes     all: name     heartbeat: stamp (8)     farewell: nothing
 *   CRC32C (4)
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class InvalidationCodec {
    /** Bytes of a message: what every bus carries. */
    public static final int MAX_BYTES = InvalidationBus.MAX_MESSAGE_BYTES;

    /** Keys of a message, 1,000: what a process drops without others noticing that it was busy. */
    public static final int MAX_KEYS = 1_000;

    /** Bytes of all keys of a message, with their lengths: what is left of it beside the longest name and the rest. */
    static final int MAX_KEY_BYTES = MAX_BYTES - (8 << 10);

    /** Bytes of a cache's name, 4 KiB in UTF-8. */
    static final int MAX_NAME_BYTES = 4 << 10;

    /** Bytes that the length of a key or a name takes at most. */
    static final int LENGTH_BYTES = 3;

    private static final int VERSION = 1;
    private static final int TAG = 'I';
    private static final FormSeal SEAL =
            new FormSeal("invalidation message", VERSION, TAG, MAX_BYTES, MalformedMessageException::new);

    private static final int KEYS = 0;
    private static final int ALL = 1;
    private static final int HEARTBEAT = 2;
    private static final int FAREWELL = 3;

    private InvalidationCodec() {}

    /**
     * Returns a message as bytes.
     *
     * @throws IllegalArgumentException if it is longer than a message may be
     */
    public static byte[] encode(InvalidationMessage message) {
        ByteSink out = SEAL.begin();
        if (message instanceof Keys keys) {
            begin(out, KEYS, message);
            writeName(out, keys.cacheName());
            out.writeUpTo(keys.keys().size(), MAX_KEYS);
            for (EncodedKey key : keys.keys()) {
                out.writeUnsigned(key.bytes().length);
                out.writeBytes(key.bytes());
            }
        } else if (message instanceof All all) {
            begin(out, ALL, message);
            writeName(out, all.cacheName());
        } else if (message instanceof Heartbeat heartbeat) {
            begin(out, HEARTBEAT, message);
            out.writeFixed64(heartbeat.stampNanos());
        } else {
            begin(out, FAREWELL, message);
        }
        return SEAL.close(out);
    }

    private static void begin(ByteSink out, int kind, InvalidationMessage message) {
        out.writeByte(kind);
        out.writeFixed64(message.origin().high());
        out.writeFixed64(message.origin().low());
        out.writeNatural(message.sequence());
    }

    private static void writeName(ByteSink out, String name) {
        requireName(name);
        out.writeText(name);
    }

    /**
     * Checks that messages can be about a cache of this name.
     *
     * @throws IllegalArgumentException if it is too long
     */
    public static void requireName(String cacheName) {
        int bytes = cacheName.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("name of a cache: of " + bytes + " bytes (expected: at most "
                    + MAX_NAME_BYTES + " with the topology invalidated); choose a shorter one");
        }
    }

    /**
     * Returns the message that these bytes are.
     *
     * @throws MalformedMessageException if they are none; it says what is wrong
     */
    public static InvalidationMessage decode(byte[] bytes) {
        ByteSource in = SEAL.open(bytes);
        int kind = in.readByte();
        OriginId origin = new OriginId(in.readFixed64(), in.readFixed64());
        long sequence = in.readNatural();
        if (sequence == Long.MAX_VALUE) {
            throw in.damaged("the last of all numbers (expected: one that another follows)");
        }
        InvalidationMessage message = switch (kind) {
            case KEYS -> new Keys(origin, sequence, readName(in), readKeys(in));
            case ALL -> new All(origin, sequence, readName(in));
            case HEARTBEAT -> new Heartbeat(origin, sequence, in.readFixed64());
            case FAREWELL -> new Farewell(origin, sequence);
            default -> throw in.damaged("the kind " + kind + " (expected: 0.." + FAREWELL + ")");
        };
        in.finish();
        return message;
    }

    private static String readName(ByteSource in) {
        int before = in.remaining();
        String name = in.readText();
        if (before - in.remaining() > MAX_NAME_BYTES + LENGTH_BYTES) {
            throw in.damaged("a name of more than " + MAX_NAME_BYTES + " bytes (expected: at most that many)");
        }
        return name;
    }

    private static List<EncodedKey> readKeys(ByteSource in) {
        int count = in.readCount(MAX_KEYS, 1);
        List<EncodedKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(new EncodedKey(in.readBytes(in.readLength(1))));
        }
        return keys;
    }
}
