package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told what goes on in ZooKeeper, one call at a time. What is told may be old, but for a member nothing gets older than it was: later
 * calls tell of later states, or the same once more. States in between may be left out.
 */
public interface CoordinationListener {

    /** Who is there. */
    void membersChanged(MembersPresent members);

    /** Who wants to be the controller, in the order in which they should be. */
    void candidatesChanged(List<Incarnation> queue);

    /**
     * Who controls the table.
     *
     * @param controller null if nobody ever has
     */
    void controllerChanged(ControllerEpoch epoch, @Nullable Incarnation controller);

    /** The table as it was after a change. Before the cluster is founded there is none, and this is not called. */
    void tableChanged(VersionedTable table);

    /**
     * ZooKeeper has answered the proof of contact that was sent at this time. All that was told to this member before the answer has been
     * told to this listener before.
     */
    void licenceRenewed(long sentNanos);

    /** How a {@link ClusterCoordinator#claim} ended. */
    void claimEnded(ClaimOutcome outcome);

    /** How a {@link ClusterCoordinator#write} ended. */
    void writeEnded(WriteOutcome outcome);

    /** A {@link ClusterCoordinator#refresh} has ended. */
    void refreshed();

    /** This life is over: the session has expired, or the znode was removed because the member was taken for dead. Nothing else is called. */
    void expelled();
}
