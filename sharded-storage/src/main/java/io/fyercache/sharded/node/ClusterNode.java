package io.fyercache.sharded.node;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.engine.RouterAccess;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import javax.cache.CacheException;

/** A process of a cluster, as the caches in it use it. Thread-safe. */
public interface ClusterNode extends ClusterStatus, AutoCloseable {

    /** Returns what has happened to the cluster since the process came to it. */
    ClusterEvents events();

    /**
     * Returns a clock of the time that members agree on, by that of the one in the middle (E4), when it is known here. Clocks that this process has may be
     * wrong, or be set.
     *
     * @throws ClusterUnavailableException if too few members tell theirs
     * @throws IllegalStateException if this is closed
     */
    Clock clock();

    /** Returns what connects to topics of the cluster itself. A bus that is open when the process ends takes nothing over any more. */
    InvalidationBusProvider topics();

    /** Returns what the calls of caches go by. After the end it throws {@link IllegalStateException}. */
    RouterAccess router();

    /**
     * Defines a cache in the cluster, unless there is one of its name, and returns the one that there is then. It may have been defined
     * otherwise: whoever calls compares.
     *
     * @throws CacheException if it is refused; says why
     * @throws ClusterUnavailableException if ZooKeeper does not answer in time; then it is defined or not
     * @throws IllegalArgumentException if such a cache cannot be
     * @throws IllegalStateException if this is closed
     */
    NumberedCache define(PortableDefinition wanted);

    /**
     * Changes settings of a cache for all processes, those included that come later, and returns the cache as it is then. Members follow within moments.
     *
     * @throws CacheException if it is refused; says why
     * @throws ClusterUnavailableException if ZooKeeper does not answer in time; then it is done or not
     * @throws IllegalStateException if this is closed
     */
    NumberedCache adjust(int number, SortedMap<String, PortableDefinition.Setting> settings);

    /**
     * Has somebody told which caches there are, whenever that changes: within a step of the process's thread, so that he must neither wait nor throw. One at a
     * time.
     */
    void onCaches(Consumer<List<NumberedCache>> listener);

    /**
     * Takes a cache out of the cluster, for all processes. What is left of its entries nobody finds. When this returns, no member runs user code of
     * it any more, and what was made for it is closed; but a member that does not say so is waited for 10 s, and then named in the log.
     *
     * @throws ClusterUnavailableException if ZooKeeper does not answer in time; then it is gone or not
     * @throws IllegalStateException if this is closed
     */
    void destroy(int number);

    /**
     * Leaves the cluster, a member when others have what it holds; then nothing of it is left, neither threads nor ports. Takes as long as the
     * settings say, at most; a second time it does nothing. Calls that are under way end, and say whether they may have had an effect.
     */
    @Override
    void close();
}
