package io.fyercache.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A run of bytes that is read from front to back and never past its end: every length is compared with what remains before
 * anything of that length is allocated. Used by one thread.
 *
 * @see ByteSink
 */
final class ByteSource {
    private static final VarHandle CHARS = view(char[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final byte[] bytes;
    private int position;

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    int remaining() {
        return bytes.length - position;
    }

    /** The next byte, 0 to 255. */
    int readByte() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    char readFixed16() {
        require(Character.BYTES);
        char value = (char) CHARS.get(bytes, position);
        position += Character.BYTES;
        return value;
    }

    int readFixed32() {
        require(Integer.BYTES);
        int value = (int) INTS.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    long readFixed64() {
        require(Long.BYTES);
        long value = (long) LONGS.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    long readSigned() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A signed number of the given range. */
    long readSigned(long smallest, long largest) {
        long value = readSigned();
        if (value < smallest || value > largest) {
            throw damaged("the number " + value + " (expected: " + smallest + ".." + largest + ")");
        }
        return value;
    }

    int readInt() {
        return (int) readSigned(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (next & 0x7FL) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw damaged("a number of more than 10 bytes (expected: at most 10)");
    }

    /** A length of that many units of {@code bytesPerUnit} bytes each, all of which remain to be read. */
    int readLength(int bytesPerUnit) {
        long length = readUnsigned();
        if (length < 0 || length > remaining() / bytesPerUnit) {
            throw damaged("a length of " + length + " (expected: at most " + remaining() / bytesPerUnit + ")");
        }
        return (int) length;
    }

    /** A number that says which of {@code count} things is meant. */
    int readIndex(int count) {
        long index = readUnsigned();
        if (index < 0 || index >= count) {
            throw damaged("a reference to number " + index + " (expected: less than " + count + ")");
        }
        return (int) index;
    }

    byte[] readBytes(int length) {
        require(length);
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    /** The next bytes without copying them; they are skipped. The buffer is read-only and little-endian. */
    ByteBuffer readSlice(int length) {
        require(length);
        ByteBuffer slice = ByteBuffer.wrap(bytes, position, length)
                .slice()
                .asReadOnlyBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        position += length;
        return slice;
    }

    /** Whether the next bytes are the given ones; they are not skipped. */
    boolean startsWith(byte[] expected, int length) {
        require(length);
        return Arrays.equals(bytes, position, position + length, expected, 0, expected.length);
    }

    void skip(int length) {
        require(length);
        position += length;
    }

    String readLatin1() {
        return readString(StandardCharsets.ISO_8859_1);
    }

    String readUtf8() {
        return readString(StandardCharsets.UTF_8);
    }

    private String readString(Charset charset) {
        int length = readLength(1);
        String value = new String(bytes, position, length, charset);
        position += length;
        return value;
    }

    String readUtf16() {
        char[] characters = new char[readLength(Character.BYTES)];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = readFixed16();
        }
        return new String(characters);
    }

    private void require(int length) {
        if (length > bytes.length - position) {
            throw damaged("the end (expected: " + length + " more bytes)");
        }
    }

    /** An exception that says what was found at the current position. */
    CodecException damaged(String found) {
        return new CodecException("damaged value: byte " + position + " of " + bytes.length + " is " + found
                + "; the bytes were not written by this version of this codec");
    }
}
