package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told what else a member must know of what goes on in ZooKeeper. */
public interface CoordinationListener extends ClusterListener {

    /** Who wants to be the controller, in the order in which they should be. */
    void candidatesChanged(List<Incarnation> queue);

    /**
     * Who controls the table.
     *
     * @param controller null if nobody ever has
     */
    void controllerChanged(ControllerEpoch epoch, @Nullable Incarnation controller);

    /**
     * ZooKeeper has answered the proof of contact that was sent at this time. All that was told to this member before the answer has been
     * told to this listener before.
     */
    void licenceRenewed(long sentNanos);

    /** How a {@link ClusterCoordinator#claim} ended. */
    void claimEnded(ClaimOutcome outcome);

    /** How a {@link ClusterCoordinator#write} ended. */
    void writeEnded(WriteOutcome outcome);

    /** This life is over: the session has expired, or the znode was removed because the member was taken for dead. Nothing else is called. */
    void expelled();
}
