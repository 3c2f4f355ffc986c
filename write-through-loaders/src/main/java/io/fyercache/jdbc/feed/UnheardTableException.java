package io.fyercache.jdbc.feed;

/** The database does not tell of changes of a table. The message says which table, what is missing and what to do, and no value. */
public final class UnheardTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for the log. */
    public UnheardTableException(String message) {
        super(message);
    }
}
