package io.fyercache.zookeeper;

import java.time.Duration;
import java.util.Optional;

/**
 * What is at a cluster's place in ZooKeeper.
 *
 * @param detail what is wrong, with what was expected; what is there otherwise
 * @param clockAhead by how much ZooKeeper's clock is ahead of this machine's, negative if it is behind; half of the time that the question took is taken for
 *     its way. Empty if it could not be found out
 */
public record PlaceLook(State state, String detail, Optional<Duration> clockAhead) {

    /** How a place is. */
    public enum State {
        /** A cluster is there, or the chroot of one. */
        FOUND,
        /** Nothing is there yet; the first member makes it. */
        EMPTY,
        /** The chroot's parent is missing, which nobody makes. */
        NO_PARENT,
        /** No server has answered. */
        UNREACHABLE,
        /** The process's user may not look there. */
        NOT_PERMITTED,
        /** There are credentials, and yet everybody may change what is there. */
        OPEN_TO_EVERYBODY
    }
}
