package io.fyercache.core.invalidated;

/**
 * Thrown when a key was changed here, and the bus has not confirmed in time that the other processes will hear of it. The change stays, in the database,
 * too, if it was written there; the word of it is sent as soon as the bus takes it.
 */
public final class UnconfirmedInvalidationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnconfirmedInvalidationException(String cacheName, long limitMillis) {
        super("cache '" + cacheName + "': changed here, but the bus has not confirmed within " + limitMillis
                + " ms, or until the thread was interrupted, that others will hear of it (expected: a broker that answers); they are told as soon as it does, and stop"
                + " answering from memory if it does not answer them either; see invalidation.confirmLimit");
    }
}
