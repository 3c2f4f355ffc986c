package io.fyercache.core.bytes;

import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * What stands around the body of a form that is kept where others may write, or is read by other releases: a byte for the version of the
 * format and one for the kind in front of it, the CRC32C of all that, in little-endian order, behind it.
 *
 * @param what the kind, as errors call it
 * @param formatVersion the first byte, 0..255
 * @param tag the second byte, 0..255; it never changes its meaning
 * @param maxBytes of the whole form; what is longer is refused unread
 * @param refusal makes the exception for bytes that are no such form, of a text that says why
 */
public record FormSeal(
        String what, int formatVersion, int tag, int maxBytes, Function<String, RuntimeException> refusal) {
    /** Bytes: a member, or a small delta. */
    private static final int INITIAL_CAPACITY = 256;

    private static final int HEADER_BYTES = 2;

    /**
     * Begins a form, for the body to be written.
     *
     * @return what throws {@link IllegalArgumentException} when the form gets longer than it may be
     */
    public ByteSink begin() {
        ByteSink out = new ByteSink(
                INITIAL_CAPACITY,
                maxBytes,
                max -> new IllegalArgumentException(
                        "length of a " + what + ": more than " + max + " bytes (expected: at most that many)"));
        out.writeByte(formatVersion);
        out.writeByte(tag);
        return out;
    }

    /**
     * Returns all that was written and its checksum.
     *
     * @throws IllegalArgumentException if it is longer than it may be
     */
    public byte[] close(ByteSink out) {
        CRC32C checksum = new CRC32C();
        checksum.update(out.written());
        out.writeFixed32((int) checksum.getValue());
        return out.toBytes();
    }

    /** Checks length, checksum, version and kind, throwing a {@link #refusal} if one is not as expected; returns the body to be read. */
    public ByteSource open(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < HEADER_BYTES || bytes.length > maxBytes) {
            throw refusal.apply("length of a " + what + ": " + bytes.length + " bytes (expected: "
                    + (HEADER_BYTES + Integer.BYTES) + ".." + maxBytes + ")");
        }
        Damage damage = (position, length, found) ->
                refusal.apply("damaged " + what + ": at byte " + position + " of " + length + ", " + found);
        ByteSource in = new ByteSource(bytes, 0, end, damage);
        // The version comes before all else: a later format may well have another checksum.
        int version = in.readByte();
        if (version != formatVersion) {
            throw refusal.apply("format version of a " + what + ": " + version + " (expected: " + formatVersion
                    + "); a process of another release wrote it, or it is damaged");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        if ((int) checksum.getValue() != new ByteSource(bytes, end, Integer.BYTES, damage).readFixed32()) {
            throw in.damaged("its checksum does not match");
        }
        int found = in.readByte();
        if (found != tag) {
            throw in.damaged("its kind is " + found + " (expected: " + tag + ")");
        }
        return in;
    }
}
