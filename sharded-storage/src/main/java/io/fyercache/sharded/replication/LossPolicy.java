package io.fyercache.sharded.replication;

/** What becomes of a cache's entries in a partition when all copies of that are lost (L2, L3, L4). Otherwise the caches of a cluster are alike. */
public enum LossPolicy {
    /** The partition begins anew, empty, when nobody can have a licence any more to serve what was lost. */
    RESET,

    /**
     * It begins anew as soon as the znodes of all who had a copy are gone. Who is cut off with a copy may answer from it for up to the grace, so
     * for that long reads may be stale and writes vanish: for caches of what is elsewhere, too.
     */
    RESET_NOW,

    /** As {@link #RESET}, but operations fail until somebody acknowledges the loss: nobody takes "never stored" for "lost". */
    FAIL
}
