package io.fyercache.zookeeper;

/** Who wants to be let in to a cluster's place in ZooKeeper, and what that one does if there is none, or nobody answers. */
enum Visitor {
    /** A member makes the chroot, and gives up after a while. */
    MEMBER,
    /** A client leaves things as they are, and gives up after a while. */
    CLIENT,
    /** A client whose former session has expired does not give up: its users go on with what is known meanwhile. */
    CLIENT_AGAIN
}
