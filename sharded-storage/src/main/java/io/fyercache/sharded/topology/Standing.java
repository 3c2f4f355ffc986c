package io.fyercache.sharded.topology;

/** Whether a generation of a partition is the only one that anybody may serve (L3). */
public enum Standing {
    /** Nobody can have a licence any more from before it began. */
    FIRM,

    /** It began early: a member that is cut off may still serve the generation before it. */
    PROVISIONAL
}
