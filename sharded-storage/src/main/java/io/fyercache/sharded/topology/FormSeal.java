package io.fyercache.sharded.topology;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.core.bytes.Damage;
import java.util.zip.CRC32C;

/** What stands around the body of every form: version and kind in front of it, the checksum of all that behind it. */
final class FormSeal {
    /** Bytes: a member, or a small delta. */
    private static final int INITIAL_CAPACITY = 256;

    private static final int HEADER_BYTES = 2;

    private FormSeal() {}

    /** Begins a form, for the body to be written. */
    static ByteSink begin(FormKind kind) {
        ByteSink out = new ByteSink(
                INITIAL_CAPACITY,
                kind.maxBytes(),
                maxBytes -> new IllegalArgumentException(
                        "length of a " + kind + ": more than " + maxBytes + " bytes (expected: at most that many)"));
        out.writeByte(FormKind.FORMAT_VERSION);
        out.writeByte(kind.tag());
        return out;
    }

    /** Returns all that was written and its checksum. */
    static byte[] close(ByteSink out) {
        CRC32C checksum = new CRC32C();
        checksum.update(out.written());
        out.writeFixed32((int) checksum.getValue());
        return out.toBytes();
    }

    /**
     * Checks length, checksum, version and kind, and returns the body to be read.
     *
     * @throws TopologyFormatException if one of them is not as expected
     */
    static ByteSource open(byte[] bytes, FormKind kind) {
        int end = bytes.length - Integer.BYTES;
        if (end < HEADER_BYTES || bytes.length > kind.maxBytes()) {
            throw new TopologyFormatException("length of a " + kind + ": " + bytes.length + " bytes (expected: "
                    + (HEADER_BYTES + Integer.BYTES) + ".." + kind.maxBytes() + ")");
        }
        Damage damage = (position, length, found) -> new TopologyFormatException(
                "damaged " + kind + ": at byte " + position + " of " + length + ", " + found);
        ByteSource in = new ByteSource(bytes, 0, end, damage);
        // The version comes before all else: a later format may well have another checksum.
        int version = in.readByte();
        if (version != FormKind.FORMAT_VERSION) {
            throw new TopologyFormatException("format version of a " + kind + ": " + version + " (expected: "
                    + FormKind.FORMAT_VERSION + "); a member of another release wrote it, or it is damaged");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        if ((int) checksum.getValue() != new ByteSource(bytes, end, Integer.BYTES, damage).readFixed32()) {
            throw in.damaged("its checksum does not match");
        }
        int tag = in.readByte();
        if (tag != kind.tag()) {
            throw in.damaged("its kind is " + tag + " (expected: " + kind.tag() + ")");
        }
        return in;
    }
}
