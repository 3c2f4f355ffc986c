package io.fyercache.sharded.topology;

import java.io.Serial;

/**
 * Thrown when bytes are not the form of a member, a segment or a delta: they are damaged, of an unknown version of the
 * format, or exceed a limit. Nothing was made of them.
 */
public final class TopologyFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    TopologyFormatException(String message) {
        super(message);
    }

    TopologyFormatException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
