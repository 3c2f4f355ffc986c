package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import javax.cache.configuration.CacheEntryListenerConfiguration;

/**
 * Whether a cache is open, and what it is configured to be: the two things about it that change. Changes happen one after the other;
 * reading takes one volatile read. Thread-safe.
 *
 * <pre>
 *   open -------- end() --------&gt; closed
 *   configuration: listeners, statistics and management change while open
 * </pre>
 */
final class CacheLifecycle<K, V> {
    private final EngineCache<K, V> cache;
    private final EngineCacheManager manager;
    private final CacheParts parts;

    /** Replaced with the monitor of this. */
    private volatile FyerConfiguration<K, V> configuration;

    /** Set with the monitor of this. */
    private volatile boolean closed;

    /**
     * Opens the parts of {@code cache}.
     *
     * @throws RuntimeException if that fails; what was opened is closed again
     */
    CacheLifecycle(EngineCache<K, V> cache, EngineCacheManager manager, FyerConfiguration<K, V> configuration) {
        this.cache = cache;
        this.manager = manager;
        this.configuration = configuration;
        this.parts = CacheParts.open(cache, manager, configuration, () -> this.configuration);
        try {
            parts.applySwitches(configuration);
        } catch (RuntimeException | Error e) {
            parts.hide();
            parts.close();
            throw e;
        }
    }

    CacheParts parts() {
        return parts;
    }

    FyerConfiguration<K, V> configuration() {
        return configuration;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Checks that the cache may be used.
     *
     * @throws IllegalStateException if it is closed
     */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("cache '" + cache.getName() + "' of manager " + manager.getURI()
                    + " is closed (expected: open); ask a cache manager for it again");
        }
    }

    synchronized void register(CacheEntryListenerConfiguration<K, V> listener) {
        requireOpen();
        FyerConfiguration<K, V> extended = configuration.withListener(listener);
        parts.listeners().register(listener);
        try {
            parts.engine().listenersChanged();
        } catch (RuntimeException | Error e) {
            parts.listeners().deregister(listener);
            throw e;
        }
        configuration = extended;
    }

    void deregister(CacheEntryListenerConfiguration<K, V> listener) {
        synchronized (this) {
            requireOpen();
            configuration = configuration.withoutListener(listener);
        }
        // Not with the monitor: it waits for the listener, which may be about to register another one.
        parts.listeners().deregister(listener);
        parts.engine().listenersChanged();
    }

    /** Shows and counts what {@code changed} says from now on. */
    private void change(FyerConfiguration<K, V> changed) {
        parts.applySwitches(changed);
        configuration = changed;
    }

    synchronized void setStatisticsEnabled(boolean enabled) {
        requireOpen();
        change(configuration.withStatisticsEnabled(enabled));
    }

    synchronized void setManagementEnabled(boolean enabled) {
        requireOpen();
        change(configuration.withManagementEnabled(enabled));
    }

    /** What becomes of the entries of a cache that ends. */
    enum Entries {
        /** The engine decides: a cache elsewhere may keep them. */
        LEFT,
        /** They are cleared, wherever they are, and the cache is none any more for anybody. */
        CLEARED
    }

    /** Closes the cache, once; its name is free as soon as JMX no longer shows it. */
    void end(Entries entries) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            if (entries == Entries.CLEARED) {
                parts.engine().destroy();
            }
            parts.hide();
        } finally {
            manager.forget(cache);
            parts.close();
        }
    }
}
