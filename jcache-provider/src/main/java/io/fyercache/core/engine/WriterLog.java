package io.fyercache.core.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Says in the log how a cache's writing behind fares: when it begins to fail, when it goes well again, and when changes are given up; not each failure
 * of a database that is gone. Used by one thread at a time.
 */
public final class WriterLog {
    private static final Logger LOGGER = System.getLogger(WriterLog.class.getName());

    private final String cacheName;
    private boolean isFailing;

    /** Makes the log of a cache that has not written anything yet. */
    public WriterLog(String cacheName) {
        this.cacheName = cacheName;
    }

    /** Takes in what came of a batch, of which so many changes have been given up. */
    public void tell(BatchOutcome outcome, int given) {
        boolean failedBefore = isFailing;
        isFailing = !outcome.isWhole();
        if (given > 0) {
            LOGGER.log(
                    Level.WARNING,
                    "cache '" + cacheName + "': " + given + " changes could not be written, as often as they may be"
                            + " tried, and are dead letters now; replay or discard them when the cause is gone",
                    outcome.first());
        } else if (isFailing && !failedBefore) {
            LOGGER.log(
                    Level.WARNING,
                    "cache '" + cacheName + "': " + outcome.failures().size()
                            + " changes could not be written, and are tried again",
                    outcome.first());
        } else if (failedBefore && !isFailing) {
            LOGGER.log(Level.INFO, "cache ''{0}'': changes are written again", cacheName);
        }
    }
}
