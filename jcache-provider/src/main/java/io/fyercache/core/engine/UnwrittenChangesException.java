package io.fyercache.core.engine;

/**
 * Thrown when a cache that writes behind was closed before its database had all changes. The cache is closed, and those changes are lost. One
 * that was being written at that moment may have reached the database.
 */
public final class UnwrittenChangesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int unwritten;
    private final int deadLetters;

    /**
     * Makes the exception of a cache that was closed.
     *
     * @param limitMillis how long it was given to write them
     * @param lastFailure what the writer threw last, as text
     */
    public UnwrittenChangesException(
            String cacheName, int unwritten, int deadLetters, long limitMillis, String lastFailure) {
        super("cache '" + cacheName + "': closed with " + unwritten + " changes not written and " + deadLetters
                + " dead letters, which are lost (expected: none, after " + limitMillis + " ms; last failure: "
                + lastFailure
                + "); give it more time by writeBehind.drainLimit, and replay or discard dead letters before");
        this.unwritten = unwritten;
        this.deadLetters = deadLetters;
    }

    /** Returns how many keys had a change that was still to be written. */
    public int unwritten() {
        return unwritten;
    }

    /** Returns how many keys had a change that had been given up. */
    public int deadLetters() {
        return deadLetters;
    }
}
