package io.fyercache.sharded.coordination;

/** How a {@link TableWrite} ended. */
public enum WriteOutcome {
    /** All of it is done; the table has the next version. */
    DONE,
    /** Nothing is done: the table is not the one that was to be changed. */
    OUT_OF_DATE,
    /** Nothing is done: the writer is not the controller any more, or has been expelled. */
    DEPOSED,
    /** The connection broke: it is done or not. A {@link ClusterCoordinator#refresh} tells. */
    UNKNOWN
}
