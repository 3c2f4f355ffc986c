package io.fyercache.core.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A run of bytes that is not trusted. It is read from front to back and never past its end: every length is compared with what remains
 * before anything of that length is allocated. Whatever is not as expected ends in the exception that the reader's {@link Damage} makes.
 * Used by one thread.
 *
 * <p>Numbers are little-endian. Those of varying length have 7 bits a byte, the lowest first; the top bit says that another byte follows.
 * A number has one such form: one that ends with a byte of zeros for no reason is refused.
 *
 * @see ByteSink
 */
public final class ByteSource {
    private static final VarHandle CHARS = view(char[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private static final int BITS_A_BYTE = 7;
    private static final int CONTINUES = 0x80;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final Damage damage;
    private int position;

    /** Reads all of the bytes, which nobody may change meanwhile. */
    public ByteSource(byte[] bytes, Damage damage) {
        this(bytes, 0, bytes.length, damage);
    }

    /**
     * Reads some of the bytes, which nobody may change meanwhile.
     *
     * @throws IndexOutOfBoundsException if they are not within the array
     */
    public ByteSource(byte[] bytes, int offset, int length, Damage damage) {
        this.bytes = bytes;
        this.start = Objects.checkFromIndexSize(offset, length, bytes.length);
        this.end = offset + length;
        this.damage = damage;
        this.position = offset;
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns how many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** Reads the next byte, 0..255. */
    public int readByte() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    /** Reads a number of 2 bytes. */
    public char readFixed16() {
        require(Character.BYTES);
        char value = (char) CHARS.get(bytes, position);
        position += Character.BYTES;
        return value;
    }

    /** Reads a number of 4 bytes. */
    public int readFixed32() {
        require(Integer.BYTES);
        int value = (int) INTS.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    /** Reads a number of 8 bytes. */
    public long readFixed64() {
        require(Long.BYTES);
        long value = (long) LONGS.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    /** Reads any number that {@link ByteSink#writeSigned} wrote. */
    public long readSigned() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a number of a range that {@link ByteSink#writeSigned} wrote. */
    public long readSigned(long smallest, long largest) {
        long value = readSigned();
        if (value < smallest || value > largest) {
            throw damaged("the number " + value + " (expected: " + smallest + ".." + largest + ")");
        }
        return value;
    }

    /** Reads an {@code int} that {@link ByteSink#writeSigned} wrote. */
    public int readInt() {
        return (int) readSigned(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Reads 64 bits that {@link ByteSink#writeUnsigned} wrote. */
    public long readUnsigned() {
        int next = readByte();
        if (next < CONTINUES) {
            return next;
        }
        long value = next & ~CONTINUES;
        for (int shift = BITS_A_BYTE; shift < Long.SIZE; shift += BITS_A_BYTE) {
            next = readByte();
            long bits = next & ~CONTINUES;
            value |= bits << shift;
            if (next < CONTINUES) {
                if (next == 0 || bits << shift >>> shift != bits) {
                    throw damaged("a number that ends with the byte " + next
                            + " (expected: 64 bits in as few bytes as possible)");
                }
                return value;
            }
        }
        throw damaged("a number of more than 10 bytes (expected: at most 10)");
    }

    /** Reads a number that is at least 0. */
    public long readNatural() {
        long value = readUnsigned();
        if (value < 0) {
            throw damaged("a number of 64 bits (expected: at most 63)");
        }
        return value;
    }

    /** Reads a number of the range 0..{@code largest}. */
    public int readUpTo(int largest) {
        return inRange(readUnsigned(), largest);
    }

    /** Reads how many things follow: at most so many are allowed, and each takes at least so many bytes. */
    public int readCount(int largest, int bytesEach) {
        long count = readUnsigned();
        return inRange(count, Math.min(largest, remaining() / bytesEach));
    }

    private int inRange(long value, int largest) {
        if (value < 0 || value > largest) {
            throw damaged("the number " + Long.toUnsignedString(value) + " (expected: 0.." + largest + ")");
        }
        return (int) value;
    }

    /** Reads the number of things that follow, each of which takes at least so many bytes. */
    public int readLength(int bytesEach) {
        return readCount(Integer.MAX_VALUE, bytesEach);
    }

    /** Reads which of {@code count} things is meant, 0 being the first. */
    public int readIndex(int count) {
        long index = readUnsigned();
        if (index < 0 || index >= count) {
            throw damaged(
                    "a reference to number " + Long.toUnsignedString(index) + " (expected: less than " + count + ")");
        }
        return (int) index;
    }

    /** Reads so many bytes. */
    public byte[] readBytes(int length) {
        require(length);
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    /** Returns the next bytes without copying them, read-only and little-endian, and skips them. */
    public ByteBuffer readSlice(int length) {
        require(length);
        ByteBuffer slice = ByteBuffer.wrap(bytes, position, length)
                .slice()
                .asReadOnlyBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        position += length;
        return slice;
    }

    /** Tells whether the next bytes are the given ones, and skips nothing. */
    public boolean startsWith(byte[] expected, int length) {
        require(length);
        return Arrays.equals(bytes, position, position + length, expected, 0, expected.length);
    }

    /** Skips so many bytes. */
    public void skip(int length) {
        require(length);
        position += length;
    }

    /** Reads a length and so many characters of one byte each. */
    public String readLatin1() {
        return readString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a length and so many bytes of UTF-8; what is none becomes the character that stands for the unreadable. */
    public String readUtf8() {
        return readString(StandardCharsets.UTF_8);
    }

    /** Reads a length and so many bytes, all of which must be UTF-8. */
    public String readText() {
        int length = readLength(1);
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        if (!startsWith(text.getBytes(StandardCharsets.UTF_8), length)) {
            throw damaged("a text that is not UTF-8");
        }
        position += length;
        return text;
    }

    private String readString(Charset charset) {
        int length = readLength(1);
        String value = new String(bytes, position, length, charset);
        position += length;
        return value;
    }

    /** Reads a length and so many characters of two bytes each. */
    public String readUtf16() {
        char[] characters = new char[readLength(Character.BYTES)];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = readFixed16();
        }
        return new String(characters);
    }

    /** Refuses what is left, if anything is. */
    public void finish() {
        if (position != end) {
            throw damaged(remaining() + " bytes too many");
        }
    }

    /** Returns an exception that says what was found at the current position. */
    public RuntimeException damaged(String found) {
        return damage.at(position - start, end - start, found);
    }

    private void require(int length) {
        if (length > end - position) {
            throw damaged("the end (expected: " + length + " more bytes)");
        }
    }
}
