package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;

/**
 * One life of a member in ZooKeeper, from when its znode was created to when that is gone. Nothing here waits: what becomes of a request is
 * told to the {@link CoordinationListener}, and never within the call. While ZooKeeper cannot be reached requests stay unanswered, or end as
 * unknown.
 *
 * <p>Used by one thread.
 */
public interface ClusterCoordinator {

    /** Returns which member this is. */
    Incarnation self();

    /**
     * Writes to this member's own znode, which proves contact: a read could be answered by a server that lags behind.
     *
     * @param sentNanos given back by {@link CoordinationListener#licenceRenewed} when ZooKeeper has answered
     */
    void renewLicence(long sentNanos);

    /**
     * Tries to become the controller: succeeds if the epoch is still {@code known} and this member's znode still exists, and only one who
     * tries for an epoch does. {@link CoordinationListener#claimEnded} tells. One at a time.
     */
    void claim(ControllerEpoch known);

    /**
     * Goes to the end of the queue of those who want to be the controller. It stays the controller until somebody else claims to be.
     */
    void requeue();

    /** Changes the table, all or nothing; {@link CoordinationListener#writeEnded} tells which. One at a time. */
    void write(TableWrite write);

    /**
     * Asks for the table, the members, the queue and the controller as they are now. What is new is told to the listener, and then {@link
     * CoordinationListener#refreshed}: by then all is known that was the case when this was called.
     */
    void refresh();

    /** Ends this life: the znode goes. */
    void leave();
}
