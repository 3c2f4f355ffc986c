package io.fyercache.core.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells users' observers of evictions in the background, so that whoever evicts waits for nobody. If there is too much to do, some are not told.
 * Thread-safe.
 */
public final class EvictionReports {
    private static final Logger LOG = System.getLogger(EvictionReports.class.getName());

    private final Executor background;

    /**
     * Tells nobody yet.
     *
     * @param background runs the observers; refuses what is too much
     */
    public EvictionReports(Executor background) {
        this.background = background;
    }

    /**
     * Has somebody told, soon, that an entry was evicted.
     *
     * @param observer null for nobody
     */
    public void tell(@Nullable EvictionObserver observer, Object key, Object value) {
        if (observer == null) {
            return;
        }
        try {
            background.execute(() -> {
                try {
                    observer.evicted(key, value);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "an eviction listener failed; the entry is gone all the same", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "too much to do in the background, or closing: an eviction listener is not told", e);
        }
    }
}
