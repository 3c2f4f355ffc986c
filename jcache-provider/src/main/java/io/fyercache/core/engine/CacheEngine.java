package io.fyercache.core.engine;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.statistics.CacheCounters;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on the entries of one cache. Keys are the caller's objects; values are in stored form in both directions.
 *
 * <p>Operations on one key are linearizable. What user code throws (loader, writer, entry process, synchronous listener) comes out of
 * the operation unchanged; unless a listener threw it, the entry and the statistics are then as they were.
 *
 * <p>Thread-safe. Nothing may be called after {@link #close()}.
 */
public interface CacheEngine extends AutoCloseable {

    /** Returns the value of {@code key}, loaded if there is none and the cache reads through, or null. A use, and a hit or a miss. */
    @Nullable
    Object get(Object key);

    /** Tells whether {@code key} has a value; no use, no load, not counted. */
    boolean containsKey(Object key);

    /** Returns the values of those of {@code keys} that have one, as {@link #get} would; missing ones are loaded together. */
    Map<Object, Object> getAll(Collection<?> keys);

    /** Runs {@code operation} on {@code key} and returns its result. */
    @Nullable
    Object execute(Object key, EntryOperation operation);

    /**
     * Puts all of {@code entries} (user key to stored value), each atomically, in no order. A cache that writes through writes them
     * together first; those that could not be written are not put, and the writer's exception comes out.
     */
    void putAll(Map<?, Object> entries);

    /** Removes the entries of {@code keys}, each atomically, deleting them together from the database first as {@link #putAll} does. */
    void removeAll(Collection<?> keys);

    /** Removes every entry that is met, as {@link #removeAll(Collection)} would. */
    void removeAll();

    /** Drops every entry that is met: no listener, no writer, not counted. */
    void clear();

    /**
     * Loads the values of {@code keys} together and keeps them.
     *
     * @param existing what becomes of values that are there
     */
    void loadAll(Collection<?> keys, EntryOperation.Load.Existing existing);

    /**
     * Returns the entries as they are met; each is a use and a hit when it is returned. None is met twice; those that come or go
     * meanwhile may be met or not. {@code remove} removes the entry last returned, as {@code remove(key)} would.
     */
    Iterator<Map.Entry<Object, Object>> iterator();

    /**
     * Says that the definition's {@link ChangeListeners} want to hear something else than before. When this returns, they hear of all that
     * is changed from then on.
     *
     * @throws RuntimeException if it cannot be said where entries are changed; then they may hear of it or not
     */
    void listenersChanged();

    /**
     * Goes by other settings from now on. What is kept stays as it is: an entry has its deadline until it is written or used again, and what is too much for a
     * smaller maximum goes in the background.
     *
     * @throws RuntimeException if that cannot be, or is not known to have been done; says so
     */
    void adjust(AdjustedDesign design);

    /**
     * Returns what of the settings has been changed for all processes of a cluster since the cache was defined there, by name. Whoever asks takes it for later
     * than what he knows. {@link CacheDesign#amended} tells that there is more.
     */
    default SortedMap<String, PortableDefinition.Setting> amendments() {
        return Collections.emptySortedMap();
    }

    /** Returns the counters of this cache. */
    CacheCounters counters();

    /** Returns how many entries are kept, counting expired ones that are not swept yet. */
    long size();

    /** Returns the sum of the weights of the entries in a cache bounded by weight, else their number. */
    long weight();

    /** Returns the changes that wait to be written; null if this cache does not write behind. */
    default @Nullable QueuedChanges queuedChanges() {
        return null;
    }

    /** Returns how this cache is kept in step with those of other processes; null if it has no need to be. */
    default @Nullable InvalidationFigures invalidations() {
        return null;
    }

    /** Returns how this cache is read near; null if it is not. */
    default @Nullable NearFigures near() {
        return null;
    }

    /** Drops every entry as {@link #clear} does, and what else there is of the cache in other processes: it is none any more. */
    default void destroy() {
        clear();
    }

    /**
     * Gives up everything this cache keeps. Operations under way end as they may. Changes that wait to be written are written first, within the
     * limit of the cache's settings.
     *
     * @throws UnwrittenChangesException if some were not; the engine is closed all the same
     */
    @Override
    void close();
}
