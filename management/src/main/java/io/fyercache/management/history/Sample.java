package io.fyercache.management.history;

import org.jspecify.annotations.Nullable;

/**
 * How a process was at a moment, and what it has counted since the sample before.
 *
 * @param at the moment, in ISO form
 * @param cluster how its cluster was; null if it belongs to none
 * @param counted since the sample before; nothing in the first one
 */
public record Sample(String at, @Nullable Cluster cluster, Counted counted) {

    /**
     * How a cluster was, as far as the process knew.
     *
     * @param underReplicated partitions that had fewer copies in sync than they should have
     * @param joining copies that were being made
     */
    public record Cluster(int members, int underReplicated, int joining) {}
}
