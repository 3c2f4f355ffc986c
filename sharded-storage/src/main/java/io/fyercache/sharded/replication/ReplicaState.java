package io.fyercache.sharded.replication;

/**
 * What a member is for a partition.
 *
 * <pre>
 *   NONE -- joining --&gt; FILLING -- in sync --&gt; BACKUP -- primary --&gt; TAKING_OVER -- T5 --&gt; SERVING
 *   SERVING -- J3 --&gt; RELINQUISHED -- later epoch --&gt; BACKUP | TAKING_OVER            any -- not in the record --&gt; NONE
 * </pre>
 */
public enum ReplicaState {
    /** It has no copy. */
    NONE,
    /** Its copy is being filled. */
    FILLING,
    /** It is in sync. */
    BACKUP,
    /** It is the primary, and makes sure that it may serve. */
    TAKING_OVER,
    /** It is the primary and answers. */
    SERVING,
    /** It is the primary, takes nothing new any more, and gives up its epoch as soon as all have what it has. */
    RELINQUISHED
}
