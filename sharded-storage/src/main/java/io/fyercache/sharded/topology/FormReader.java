package io.fyercache.sharded.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A run of bytes that is not trusted, read from front to back and never past its end: every length is compared with what
 * remains before anything of that length is allocated. Used by one thread.
 *
 * @see FormWriter
 */
final class FormReader {
    private static final int HEADER_BYTES = 2;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final FormKind kind;
    private final int end;
    private int position;

    /**
     * Checks length, checksum, version and kind.
     *
     * @throws TopologyFormatException if one of them is not as expected
     */
    FormReader(byte[] bytes, FormKind kind) {
        this.bytes = bytes;
        this.kind = kind;
        this.end = bytes.length - Integer.BYTES;
        if (end < HEADER_BYTES || bytes.length > kind.maxBytes()) {
            throw new TopologyFormatException("length of a " + kind + ": " + bytes.length + " bytes (expected: "
                    + (HEADER_BYTES + Integer.BYTES) + ".." + kind.maxBytes() + ")");
        }
        // The version comes before all else: a later format may well have another checksum.
        int version = readByte();
        if (version != FormKind.FORMAT_VERSION) {
            throw new TopologyFormatException("format version of a " + kind + ": " + version + " (expected: "
                    + FormKind.FORMAT_VERSION + "); a member of another release wrote it, or it is damaged");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        if ((int) checksum.getValue() != (int) INTS.get(bytes, end)) {
            throw damaged("its checksum does not match");
        }
        int tag = readByte();
        if (tag != kind.tag()) {
            throw damaged("its kind is " + tag + " (expected: " + kind.tag() + ")");
        }
    }

    int readByte() {
        requireRemaining(1);
        return bytes[position++] & 0xFF;
    }

    /** A number that is at least 0. */
    long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            int next = readByte();
            value |= (next & 0x7FL) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw damaged("a number of more than 63 bits");
    }

    /** A number of a range that begins with 0. */
    int readUpTo(int largest) {
        long value = readUnsigned();
        if (value > largest) {
            throw damaged("the number " + value + " (expected: 0.." + largest + ")");
        }
        return (int) value;
    }

    /** A number of things of which at most that many are allowed, and each of which takes at least so many bytes. */
    int readCount(int largest, int bytesEach) {
        return readUpTo(Math.min(largest, (end - position) / bytesEach));
    }

    long readFixed64() {
        requireRemaining(Long.BYTES);
        long value = (long) LONGS.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    String readText() {
        int length = readUpTo(end - position);
        byte[] utf8 = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
            throw damaged("a text that is not UTF-8");
        }
        return text;
    }

    /**
     * Checks that all was read.
     *
     * @throws TopologyFormatException if something is left
     */
    void finish() {
        if (position != end) {
            throw damaged((end - position) + " bytes too many");
        }
    }

    TopologyFormatException damaged(String found) {
        return new TopologyFormatException(
                "damaged " + kind + ": at byte " + position + " of " + bytes.length + ", " + found);
    }

    private void requireRemaining(int count) {
        if (count > end - position) {
            throw damaged("the end (expected: " + count + " more bytes)");
        }
    }
}
