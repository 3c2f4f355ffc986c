package io.fyercache.sharded.coordination;

import java.util.UUID;

/**
 * What a process sees of a cluster in ZooKeeper, be it a member or not. Nothing here waits: what becomes of a request is told to the {@link
 * ClusterListener}, and never within the call. While ZooKeeper cannot be reached requests stay unanswered, or end as unknown.
 *
 * <p>Used by one thread.
 */
public interface ClusterView {

    /** Returns the identity of the cluster, by which the processes of one tell those of another. */
    UUID cluster();

    /**
     * Asks for all that the listener is told of, as it is now. What is new is told, and then {@link ClusterListener#refreshed}: by then all is
     * known that was the case when this was called.
     */
    void refresh();

    /**
     * Begins to look at the caches, too. Called once; without it nobody reads them.
     *
     * @param listener is told on the same thread
     */
    CacheCatalogue openCatalogue(CatalogueListener listener);

    /** Ends it, and no listener is told anything more. */
    void leave();
}
