package io.fyercache.management.history;

import io.fyercache.management.report.Counted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a process was at a moment, and what it and the members of its cluster have counted since the sample before.
 *
 * @param at the moment, in ISO form
 * @param cluster how its cluster was; null if it belongs to none
 * @param counted by the process since the sample before; nothing in the first one. Hits, misses, puts and removals are counted only while statistics are enabled
 * @param served by the members of its cluster; null if it belongs to none
 */
public record Sample(
        String at,
        @Nullable Cluster cluster,
        Counted counted,
        @Nullable Served served) {

    /**
     * How a cluster was, as far as the process knew.
     *
     * @param underReplicated partitions that had fewer copies in sync than they should have
     * @param joining copies that were being made
     */
    public record Cluster(int members, int underReplicated, int joining) {}

    /**
     * What members have served since the sample before.
     *
     * @param counted by all who answered; nothing in the first sample
     * @param silent the names of those who did not. What they have served is in the next sample in which they answer
     */
    public record Served(Counted counted, List<String> silent) {
        /** Keeps an unmodifiable copy. */
        public Served {
            silent = List.copyOf(silent);
        }
    }
}
