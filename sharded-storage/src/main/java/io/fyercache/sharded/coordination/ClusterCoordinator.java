package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;

/**
 * One life of a member in ZooKeeper, from when its znode was created to when that is gone. What becomes of a request is told to the {@link
 * CoordinationListener}. A {@link #refresh} asks for the queue and the controller, too; {@link #leave} ends the life: the znode goes.
 */
public interface ClusterCoordinator extends ClusterView {

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
}
