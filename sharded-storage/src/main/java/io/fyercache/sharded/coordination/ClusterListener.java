package io.fyercache.sharded.coordination;

/**
 * Is told what there is to know of a cluster, one call at a time. What is told may be old, but for a process nothing gets older than it was:
 * later calls tell of later states, or the same once more. States in between may be left out.
 */
public interface ClusterListener {

    /** Who is there. */
    void membersChanged(MembersPresent members);

    /** The table as it was after a change. Before the cluster is founded there is none, and this is not called. */
    void tableChanged(VersionedTable table);

    /** A {@link ClusterView#refresh} has ended. */
    void refreshed();
}
