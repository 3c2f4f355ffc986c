package io.fyercache.jdbc;

import javax.cache.integration.CacheWriterException;

/**
 * A write was refused because the row is not of the version that the change was made from: somebody else has changed it
 * since. The row and the cache are as they were; load the entry again, and repeat the change.
 *
 * <p>Thrown where all rows of a call that failed did so for this reason; else they are among the suppressed exceptions of
 * a {@link CacheWriterException}.
 *
 * @see io.fyercache.jdbc.mapping.EntityMapping.Builder#versionColumn
 */
public final class VersionConflictException extends CacheWriterException {

    private static final long serialVersionUID = 1L;

    /** With the words of the writer that was refused. */
    public VersionConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
