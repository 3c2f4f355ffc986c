package io.fyercache.sharded.node;

import io.fyercache.sharded.node.Coordination.EntryFailure;

/** How the life of a member in this process ended. */
sealed interface LifeEnd {

    /** It did not begin. */
    record NotBegun(EntryFailure why) implements LifeEnd {}

    /** It was asked to end. */
    enum Left implements LifeEnd {
        /** The only one. */
        LEFT
    }

    /** Its znode is gone: the session has expired, or others have taken it for dead (T7). */
    enum Expelled implements LifeEnd {
        /** The only one. */
        EXPELLED
    }

    /** Something was found to be the case that cannot be. What it holds cannot be trusted any more. */
    record Failed(Throwable cause) implements LifeEnd {}
}
