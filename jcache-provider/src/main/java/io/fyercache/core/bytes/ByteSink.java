package io.fyercache.core.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A growing run of bytes that stops at a limit: what goes far beyond it is refused while it is written, and the rest by {@link #toBytes}.
 * Used by one thread.
 *
 * @see ByteSource
 */
public final class ByteSink {
    private static final int LARGEST_LATIN1 = 0xFF;
    private static final int LARGEST_VARINT_BYTES = 10;

    /** The greatest number that takes one byte as one of varying length. */
    private static final int LARGEST_IN_A_BYTE = 0x7F;

    private static final VarHandle CHARS = view(char[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final int maxBytes;
    private final IntFunction<RuntimeException> tooLong;
    private byte[] buffer;
    private int length;

    /**
     * Makes an empty one.
     *
     * @param initialCapacity in bytes, 0 or more; what is written at best, as more than that must be copied
     * @param maxBytes at most {@code 1 << 30}, which leaves room for growth
     * @param tooLong makes the exception for what is longer than {@code maxBytes}, which it is told
     */
    public ByteSink(int initialCapacity, int maxBytes, IntFunction<RuntimeException> tooLong) {
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
        this.buffer = new byte[Math.min(initialCapacity, maxBytes)];
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns how many bytes were written. */
    public int length() {
        return length;
    }

    /** Returns what was written so far, read-only and without copying it. */
    public ByteBuffer written() {
        return ByteBuffer.wrap(buffer, 0, length).asReadOnlyBuffer();
    }

    /** Returns the bytes, unless they are more than the limit. The sink must not be used afterwards, as they may be its own. */
    public byte[] toBytes() {
        if (length > maxBytes) {
            throw tooLong.apply(maxBytes);
        }
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    /** Writes the lowest 8 bits. */
    public void writeByte(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
    }

    /** Writes a number in 2 bytes. */
    public void writeFixed16(char value) {
        reserve(Character.BYTES);
        CHARS.set(buffer, length, value);
        length += Character.BYTES;
    }

    /** Writes a number in 4 bytes. */
    public void writeFixed32(int value) {
        reserve(Integer.BYTES);
        INTS.set(buffer, length, value);
        length += Integer.BYTES;
    }

    /** Writes a number in 8 bytes. */
    public void writeFixed64(long value) {
        reserve(Long.BYTES);
        LONGS.set(buffer, length, value);
        length += Long.BYTES;
    }

    /** Writes a number of which small absolute values are the common ones. */
    public void writeSigned(long value) {
        writeUnsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    /** Writes 64 bits: 7 a byte, the lowest first; the top bit says that another byte follows. */
    public void writeUnsigned(long value) {
        reserve(LARGEST_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    /**
     * Writes a number that is at least 0.
     *
     * @throws IllegalArgumentException if it is less
     */
    public void writeNatural(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("number: " + value + " (expected: at least 0)");
        }
        writeUnsigned(value);
    }

    /**
     * Writes a number of the range 0..{@code largest}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public void writeUpTo(int value, int largest) {
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException("number: " + value + " (expected: 0.." + largest + ")");
        }
        writeUnsigned(value);
    }

    /** Writes the bytes without their number. */
    public void writeBytes(byte[] bytes) {
        writeBytes(bytes, 0, bytes.length);
    }

    /** Writes some of the bytes without their number. */
    public void writeBytes(byte[] bytes, int offset, int count) {
        reserve(count);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
    }

    /** Reserves the next bytes for the caller to fill through the little-endian buffer, before anything else is written. */
    public ByteBuffer writeSpace(long bytes) {
        reserve(bytes);
        ByteBuffer space = ByteBuffer.wrap(buffer, length, (int) bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
        length += (int) bytes;
        return space;
    }

    /** Writes the number of bytes and the text in UTF-8. */
    public void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(utf8.length);
        writeBytes(utf8);
    }

    /**
     * Writes a byte, the number of characters, and each of them in a byte, if all are of Latin-1; else nothing. Tells whether it did.
     * For short texts: one pass is quicker there than to ask first.
     *
     * @param first the byte in front of them, by which the reader knows the form
     * @param text of at most {@value #LARGEST_IN_A_BYTE} characters
     * @throws IllegalArgumentException if the text is longer
     */
    public boolean writeLatin1(int first, String text) {
        int characters = text.length();
        if (characters > LARGEST_IN_A_BYTE) {
            throw new IllegalArgumentException(
                    "text: of " + characters + " characters (expected: 0.." + LARGEST_IN_A_BYTE + ")");
        }
        reserve(2 + (long) characters);
        int start = length;
        buffer[length++] = (byte) first;
        buffer[length++] = (byte) characters;
        for (int i = 0; i < characters; i++) {
            char c = text.charAt(i);
            if (c > LARGEST_LATIN1) {
                length = start;
                return false;
            }
            buffer[length++] = (byte) c;
        }
        return true;
    }

    /** Makes room for so many more bytes, or refuses them before anyone makes them. */
    public void reserve(long more) {
        if (more > buffer.length - length) {
            grow(more);
        }
    }

    private void grow(long more) {
        long needed = length + more;
        // A varint reserves more than it may use, which must not refuse a value of exactly the limit.
        if (needed > (long) maxBytes + LARGEST_VARINT_BYTES * 2) {
            throw tooLong.apply(maxBytes);
        }
        buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, maxBytes)));
    }
}
