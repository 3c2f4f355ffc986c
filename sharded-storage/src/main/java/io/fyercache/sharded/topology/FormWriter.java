package io.fyercache.sharded.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A growing run of bytes: a header, a body, and the checksum of both. Used by one thread.
 *
 * @see FormReader
 */
final class FormWriter {
    /** Bytes: a member, or a small delta. */
    private static final int INITIAL_CAPACITY = 256;

    private static final int LARGEST_VARINT_BYTES = 10;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer = new byte[INITIAL_CAPACITY];
    private int length;

    FormWriter(FormKind kind) {
        writeByte(FormKind.FORMAT_VERSION);
        writeByte(kind.tag());
    }

    void writeByte(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    /** Writes a number that is at least 0: 7 bits a byte, the lowest first; the top bit says that another byte follows. */
    void writeUnsigned(long value) {
        ensure(LARGEST_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    void writeFixed64(long value) {
        ensure(Long.BYTES);
        LONGS.set(buffer, length, value);
        length += Long.BYTES;
    }

    /** Writes the number of bytes and the text in UTF-8. */
    void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, buffer, length, utf8.length);
        length += utf8.length;
    }

    /** Returns all that was written and its checksum. The writer must not be used afterwards. */
    byte[] finish() {
        ensure(Integer.BYTES);
        CRC32C checksum = new CRC32C();
        checksum.update(buffer, 0, length);
        INTS.set(buffer, length, (int) checksum.getValue());
        return Arrays.copyOf(buffer, length + Integer.BYTES);
    }

    private void ensure(int more) {
        if (more > buffer.length - length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, 2 * buffer.length));
        }
    }
}
