package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;

/** How an attempt to become the controller ended. */
public sealed interface ClaimOutcome {

    /** This member controls the table, in this epoch. */
    record Claimed(ControllerEpoch epoch) implements ClaimOutcome {}

    /** Somebody else was earlier, or this member was expelled. */
    enum Refused implements ClaimOutcome {
        /** The only one. */
        REFUSED
    }

    /** The connection broke: either may be the case. A {@link ClusterCoordinator#refresh} tells. */
    enum Unknown implements ClaimOutcome {
        /** The only one. */
        UNKNOWN
    }
}
