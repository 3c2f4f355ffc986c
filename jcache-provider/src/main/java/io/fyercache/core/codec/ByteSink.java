package io.fyercache.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of bytes that stops at a limit. Used by one thread.
 *
 * @see ByteSource
 */
final class ByteSink {
    /** Characters. Longer strings are copied by the JDK's vectorized encoder instead of one by one. */
    private static final int LONG_STRING = 64;

    private static final int LARGEST_LATIN1 = 0xFF;
    private static final int LARGEST_VARINT_BYTES = 10;
    private static final VarHandle CHARS = view(char[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final int maxBytes;
    private byte[] buffer;
    private int length;

    ByteSink(int initialCapacity, int maxBytes) {
        this.maxBytes = maxBytes;
        this.buffer = new byte[Math.min(initialCapacity, maxBytes)];
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return length;
    }

    /** The bytes so far. The sink must not be used afterwards, as they may be its own. */
    byte[] toBytes() {
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    void writeByte(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    void writeFixed16(char value) {
        ensure(Character.BYTES);
        CHARS.set(buffer, length, value);
        length += Character.BYTES;
    }

    void writeFixed32(int value) {
        ensure(Integer.BYTES);
        INTS.set(buffer, length, value);
        length += Integer.BYTES;
    }

    void writeFixed64(long value) {
        ensure(Long.BYTES);
        LONGS.set(buffer, length, value);
        length += Long.BYTES;
    }

    /** Writes a number of which small absolute values are the common ones. */
    void writeSigned(long value) {
        writeUnsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    /** Writes 7 bits a byte, the lowest first; the top bit says that another byte follows. */
    void writeUnsigned(long value) {
        ensure(LARGEST_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    void writeBytes(byte[] bytes) {
        writeBytes(bytes, 0, bytes.length);
    }

    void writeBytes(byte[] bytes, int offset, int count) {
        ensure(count);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
    }

    /** Reserves the next bytes for the caller to fill through the little-endian buffer, before anything else is written. */
    ByteBuffer writeSpace(long bytes) {
        ensure(bytes);
        ByteBuffer space = ByteBuffer.wrap(buffer, length, (int) bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
        length += (int) bytes;
        return space;
    }

    /** Writes the tag, length and characters of a string in the narrowest of its three forms. */
    void writeString(String value) {
        int characters = value.length();
        if (characters > LONG_STRING) {
            writeLongString(value);
            return;
        }
        ensure(1 + LARGEST_VARINT_BYTES + characters);
        int start = length;
        buffer[length++] = (byte) Tag.STRING_LATIN1;
        buffer[length++] = (byte) characters; // at most LONG_STRING, so a varint of one byte
        for (int i = 0; i < characters; i++) {
            char c = value.charAt(i);
            if (c > LARGEST_LATIN1) {
                length = start;
                writeWideString(value);
                return;
            }
            buffer[length++] = (byte) c;
        }
    }

    private void writeLongString(String value) {
        ensure(value.length());
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == value.length() && !hasUnpairedSurrogate(value)) { // all of it is ASCII
            writeChunk(Tag.STRING_LATIN1, utf8);
            return;
        }
        byte[] latin1 = value.getBytes(StandardCharsets.ISO_8859_1);
        if (new String(latin1, StandardCharsets.ISO_8859_1).equals(value)) {
            writeChunk(Tag.STRING_LATIN1, latin1);
        } else {
            writeWideString(value);
        }
    }

    private void writeWideString(String value) {
        if (!hasUnpairedSurrogate(value)) {
            writeChunk(Tag.STRING_UTF8, value.getBytes(StandardCharsets.UTF_8));
            return;
        }
        writeByte(Tag.STRING_UTF16);
        writeUnsigned(value.length());
        for (int i = 0; i < value.length(); i++) {
            writeFixed16(value.charAt(i));
        }
    }

    private void writeChunk(int tag, byte[] bytes) {
        writeByte(tag);
        writeUnsigned(bytes.length);
        writeBytes(bytes);
    }

    private static boolean hasUnpairedSurrogate(String value) {
        int i = 0;
        while (i < value.length()) {
            int codePoint = value.codePointAt(i);
            // A pair reads as one code point above the surrogates.
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return true;
            }
            i += Character.charCount(codePoint);
        }
        return false;
    }

    private void ensure(long more) {
        if (more > buffer.length - length) {
            grow(more);
        }
    }

    private void grow(long more) {
        long needed = length + more;
        // A varint reserves more than it may use, which must not refuse a value of exactly the limit.
        if (needed > (long) maxBytes + LARGEST_VARINT_BYTES * 2) {
            throw tooLong();
        }
        buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, maxBytes)));
    }

    /** Refuses what was written if it is longer than the limit. */
    void checkLength() {
        if (length > maxBytes) {
            throw tooLong();
        }
    }

    private CodecException tooLong() {
        return new CodecException("the encoded value is longer than maxBytes: " + maxBytes
                + " (expected: at most that many bytes); raise the limit or cache smaller values");
    }
}
