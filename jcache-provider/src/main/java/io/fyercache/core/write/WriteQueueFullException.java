package io.fyercache.core.write;

/** Thrown when a change found no room among those that wait to be written, for as long as it may wait. The cache is unchanged. */
public final class WriteQueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception of a change that waited until its time was over, or was interrupted. */
    public WriteQueueFullException(String message) {
        super(message);
    }
}
