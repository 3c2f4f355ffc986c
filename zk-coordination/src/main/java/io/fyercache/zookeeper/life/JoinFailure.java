package io.fyercache.zookeeper.life;

/**
 * Why a process could not join a cluster, or look at it.
 *
 * @param message for people: what was found, what was expected, and what can be done
 */
public record JoinFailure(Reason reason, String message) {

    /** What kind of failure it is. */
    public enum Reason {
        /** No server of the ensemble has answered in time. It may help to try again. */
        UNREACHABLE,
        /** Servers can be reached, and TLS with them fails. */
        TLS_FAILED,
        /** The place in ZooKeeper is not one where a cluster is or could be. */
        WRONG_CHROOT,
        /** Nobody has founded a cluster there yet; a client does not. It may help to try again. */
        NO_CLUSTER,
        /** ZooKeeper denies what the process must do. */
        NOT_PERMITTED,
        /** Everybody may write to what credentials are to protect. */
        INSECURE,
        /** There is another cluster than the one that was expected. */
        OTHER_CLUSTER,
        /** Somebody is there who has no version of the protocol in common with the member, or cannot be read by it. */
        INCOMPATIBLE,
        /** There is a member with this id. */
        ID_TAKEN,
        /** The session was lost before the member had joined, or may have been. It may help to try again, with another id. */
        SESSION_LOST
    }
}
