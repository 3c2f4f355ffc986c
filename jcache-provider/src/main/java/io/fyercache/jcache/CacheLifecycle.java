package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.LiveSettings;
import io.fyercache.core.engine.PortableDefinition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.cache.configuration.CacheEntryListenerConfiguration;

/**
 * Whether a cache is open, and what it is configured to be: the two things about it that change. Changes happen one after the other;
 * reading takes one volatile read. Thread-safe.
 *
 * <pre>
 *   open -------- end() --------&gt; closed
 *   configuration: listeners, management and live settings change while open
 * </pre>
 */
final class CacheLifecycle<K, V> {
    private static final Logger LOGGER = System.getLogger(CacheLifecycle.class.getName());

    private final EngineCache<K, V> cache;
    private final EngineCacheManager manager;
    private final CacheParts parts;

    /** Replaced with the monitor of this. */
    private volatile FyerConfiguration<K, V> configuration;

    /** Set with the monitor of this, when there are parts. */
    private boolean opened;

    /** What of the cluster's amendments is in the configuration; used with the monitor of this. */
    private SortedMap<String, PortableDefinition.Setting> amendments = Collections.emptySortedMap();

    /** Set with the monitor of this. */
    private volatile boolean closed;

    /**
     * Opens the parts of {@code cache}.
     *
     * @throws RuntimeException if that fails; what was opened is closed again
     */
    CacheLifecycle(
            EngineCache<K, V> cache,
            EngineCacheManager manager,
            FyerConfiguration<K, V> configuration,
            Opening opening) {
        this.cache = cache;
        this.manager = manager;
        this.configuration = configuration;
        this.parts = CacheParts.open(cache, manager, configuration, opening, () -> this.configuration, this::amended);
        try {
            synchronized (this) {
                opened = true;
                change(withAmendments(configuration));
            }
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

    /** Changes settings of the cache, wherever its entries are. */
    synchronized void adjust(LiveSettings wanted) {
        requireOpen();
        if (wanted.isEmpty()) {
            return;
        }
        FyerConfiguration<K, V> next = wanted.appliedTo(configuration);
        parts.engine().adjust(new ConfiguredAdjustment(cache.getName(), wanted, next));
        change(withAmendments(next));
    }

    /** Takes in that settings may have been changed for all processes of a cluster. */
    private synchronized void amended() {
        if (opened && !closed) {
            change(withAmendments(configuration));
        }
    }

    /** What was known before is not applied again: this process may have been told otherwise since, as of statistics. */
    private FyerConfiguration<K, V> withAmendments(FyerConfiguration<K, V> known) {
        SortedMap<String, PortableDefinition.Setting> latest = parts.engine().amendments();
        SortedMap<String, PortableDefinition.Setting> fresh = new TreeMap<>(latest);
        fresh.entrySet().removeAll(amendments.entrySet());
        amendments = latest;
        try {
            return LiveSettings.received(fresh).appliedTo(known);
        } catch (IllegalArgumentException e) {
            LOGGER.log(
                    Level.ERROR,
                    "cache '" + cache.getName()
                            + "' was changed for all processes in a way that this one does not understand, and shows it as it was",
                    e);
            return known;
        }
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
