package io.fyercache.jdbc;

import javax.cache.integration.CacheWriterException;

/**
 * A write was refused because it came by the authority of a primary that was deposed: another member has taken over the entry's partition, and has
 * written there. The row is as the other one left it, and there is nothing to repeat.
 *
 * <p>Whoever called a cache of the cluster does not get this, as what comes of a deposed primary's calls does not count, and the other member has his
 * call. If he does, the fence table has epochs of a cluster of the same identity that was there before.
 *
 * <p>Thrown where all rows of a call that failed did so for this reason; else they are among the suppressed exceptions of
 * a {@link CacheWriterException}.
 *
 * @see JdbcCacheWriter.Builder#fencedBy
 */
public final class FencedOffException extends CacheWriterException {

    private static final long serialVersionUID = 1L;

    /** With the words of the writer that was refused. */
    public FencedOffException(String message, Throwable cause) {
        super(message, cause);
    }
}
