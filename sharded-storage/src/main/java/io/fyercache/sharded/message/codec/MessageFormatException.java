package io.fyercache.sharded.message.codec;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when bytes are not the form of a message: they are damaged, of an unknown version of the format, or exceed a limit. Nothing was
 * made of them. The message says where, what was found, and what was expected; it never contains keys or values.
 */
public final class MessageFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MessageFormatException(String message, @Nullable RuntimeException cause) {
        super(message, cause);
    }
}
