package io.fyercache.sharded.message.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.message.UnwrittenChange.GivenUp;
import org.jspecify.annotations.Nullable;

/**
 * The form of what the database is still to be told of a key, as the value of an entry in the copies of a partition (Q1): a version, and what the
 * change has.
 */
public final class UnwrittenForm {
    /** The first byte. A later release that has another one reads this one, too: copies outlive the members that made them. */
    static final int VERSION = 1;

    /** Bytes besides the value and the failure. */
    private static final int NUMBERS_BYTES = 32;

    static final Form<UnwrittenChange> CHANGE = Form.of(UnwrittenForm::write, UnwrittenForm::read);

    private UnwrittenForm() {}

    /**
     * Returns a change as a value.
     *
     * @throws IllegalArgumentException if its value takes more than {@link UnwrittenChange#MAX_VALUE_BYTES} bytes
     */
    public static EncodedValue encode(UnwrittenChange change) {
        EncodedValue value = change.value();
        if (value != null && value.bytes().length > UnwrittenChange.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("value: " + value.bytes().length + " bytes (expected: at most "
                    + UnwrittenChange.MAX_VALUE_BYTES
                    + " in a cache that writes behind); write it through, or keep less under one key");
        }
        int length = NUMBERS_BYTES + (value == null ? 0 : value.bytes().length);
        ByteSink out = new ByteSink(length, EncodedValue.MAX_BYTES, UnwrittenForm::tooLong);
        CHANGE.write(out, change);
        return new EncodedValue(out.toBytes());
    }

    private static IllegalArgumentException tooLong(int maxBytes) {
        return new IllegalArgumentException(
                "length of an unwritten change: more than " + maxBytes + " bytes (expected: at most that many)");
    }

    /**
     * Reads a change.
     *
     * @throws MessageFormatException if the value is nothing that {@link #encode} returned
     */
    public static UnwrittenChange decode(EncodedValue encoded) {
        byte[] bytes = encoded.bytes();
        ByteSource in = new ByteSource(bytes, 0, bytes.length, UnwrittenForm::damaged);
        try {
            UnwrittenChange change = CHANGE.read(in);
            in.finish();
            return change;
        } catch (IllegalArgumentException e) {
            throw new MessageFormatException("damaged unwritten change: " + e.getMessage(), e);
        }
    }

    private static MessageFormatException damaged(int position, int length, String found) {
        return new MessageFormatException(
                "damaged unwritten change: at byte " + position + " of " + length + ", " + found, null);
    }

    private static void write(ByteSink out, UnwrittenChange change) {
        out.writeByte(VERSION);
        EntryForms.writeValueIfAny(out, change.value());
        out.writeSigned(change.sinceMillis());
        GivenUp givenUp = change.givenUp();
        LogForms.writeFlag(out, givenUp != null);
        if (givenUp != null) {
            out.writeNatural(givenUp.attempts());
            out.writeText(givenUp.failure());
        }
    }

    private static UnwrittenChange read(ByteSource in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw in.damaged("version " + version + " (expected: " + VERSION + ")");
        }
        EncodedValue value = EntryForms.readValueIfAny(in, UnwrittenChange.MAX_VALUE_BYTES);
        return new UnwrittenChange(value, in.readSigned(), readGivenUp(in));
    }

    private static @Nullable GivenUp readGivenUp(ByteSource in) {
        return LogForms.readFlag(in)
                ? new GivenUp(in.readUpTo(Integer.MAX_VALUE), LogForms.readText(in, GivenUp.MAX_FAILURE))
                : null;
    }
}
