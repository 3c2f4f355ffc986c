package io.fyercache.testkit.history;

import java.io.IOException;

/** Thrown when a file is no history file. The message names the line and what is wrong with it. */
public final class MalformedHistoryException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedHistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
