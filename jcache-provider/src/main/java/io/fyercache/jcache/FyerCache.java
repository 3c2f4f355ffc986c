package io.fyercache.jcache;

import io.fyercache.configuration.LiveSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;

/**
 * A cache with what JSR-107 does not offer. Every cache of FyerCache is one: {@code cache.unwrap(FyerCache.class)}.
 *
 * <p>Thread-safe. As with {@link Cache}, every method throws {@link IllegalStateException} after {@link #close()}, {@link
 * NullPointerException} for null and {@link ClassCastException} for keys and values that are not of the configured types; the cache is
 * then unchanged.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface FyerCache<K, V> extends Cache<K, V> {

    /**
     * Puts a value that expires {@code timeToLive} from now, whatever the expiry policy says; an access or update later may change that
     * if the policy says so then. In all else as {@link #put(Object, Object)}.
     *
     * @param timeToLive 1 ms or more; what is beyond the end of time never expires
     * @throws IllegalArgumentException if {@code timeToLive} is shorter
     */
    void put(K key, V value, Duration timeToLive);

    /**
     * Drops the entries of {@code keys}, because what they were made from has changed: in a cluster wherever they are, and with the topology {@code
     * invalidated} in all processes. Neither the writer nor a listener is told, and nothing is counted.
     *
     * @return how many entries there were; with the topology {@code invalidated}, in this process
     */
    int invalidate(Set<? extends K> keys);

    /** Returns how many entries are kept, counting expired ones that have not been swept yet. */
    long size();

    /** Returns the sum of the weights of the entries in a cache bounded by weight, else {@link #size()}. */
    long weight();

    /**
     * Changes settings while the cache is used: in a cluster for all processes, those included that come later; else in this process, until it ends. Entries
     * keep the deadlines that they have until they are written or used, and what is too much for a smaller bound goes in the background.
     *
     * <p>When this returns, the change is in force in this process, and in a cluster it is in ZooKeeper: the members follow within moments.
     *
     * @throws io.fyercache.configuration.InvalidConfigurationException if the cache cannot be changed so while it is used; it lists all faults, and nothing is
     *     changed
     * @throws IllegalArgumentException if something is set that is not done in a cluster; nothing is changed
     */
    void adjust(LiveSettings settings);

    /** Returns what there is to know, and to do, about changes that are not written yet; empty if this cache does not write behind. */
    Optional<WriteBehind<K, V>> writeBehind();

    /**
     * Closes the cache, once. If it writes behind, what waits is written first, for as long as {@code writeBehind.drainLimit} says; in a cluster the members
     * write it in their time, and only a cache that is destroyed is waited for.
     *
     * @throws io.fyercache.core.engine.UnwrittenChangesException if changes are left, dead letters included; they are lost, and the cache is
     *     closed
     */
    @Override
    void close();
}
