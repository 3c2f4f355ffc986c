package io.fyercache.sharded.coordination;

import java.io.Serial;

/**
 * Thrown when bytes are not the form of a cache's definition: they are damaged, of an unknown version of the format, or exceed a limit.
 * Nothing was made of them.
 */
public final class DefinitionFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DefinitionFormatException(String message) {
        super(message);
    }
}
