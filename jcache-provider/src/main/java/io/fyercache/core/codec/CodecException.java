package io.fyercache.core.codec;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a value cannot become bytes, or bytes cannot become a value: the class is refused or unknown, a limit is
 * exceeded, or the bytes are damaged or of another version of the class.
 *
 * <p>The message names the class, what was expected and what to do. It never contains the value itself: to print a value is
 * to call its code.
 */
public final class CodecException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message says all there is to say. */
    public CodecException(String message) {
        super(message);
    }

    /** Creates an exception that was caused by another one. */
    public CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The {@link io.fyercache.core.bytes.Damage} of values. */
    static CodecException damagedValue(int position, int length, String found) {
        return new CodecException("damaged value: byte " + position + " of " + length + " is " + found
                + "; the bytes were not written by this version of this codec");
    }

    static CodecException tooLong(int maxBytes) {
        return new CodecException("the encoded value is longer than maxBytes: " + maxBytes
                + " (expected: at most that many bytes); raise the limit or cache smaller values");
    }
}
