package io.fyercache.management.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that a process belongs to, or that it belongs to none.
 *
 * @param manager the URI of the process's cache manager, without settings
 * @param part what the process takes in it: that of a member, or of a client; {@link #LOCAL} if its caches are its own
 * @param cluster its identity; null if there is none, or it is not known yet
 * @param self the process's member; null if it is none at present
 * @param licensed whether that member may serve what it holds; null if there is none
 * @param members how many there are
 * @param partitions how many there are
 * @param tableVersion how often who holds what has changed; 0 if it is not known yet
 * @param fewestCopies how many copies the partition has that has fewest
 * @param underReplicated partitions that have fewer copies in sync than they should have
 * @param joining copies that are being made
 * @param caches how many are defined
 * @param events how many of each kind this process has learned of since it came
 */
public record ClusterReport(
        String manager,
        String part,
        @Nullable String cluster,
        @Nullable MemberReport self,
        @Nullable Boolean licensed,
        int members,
        int partitions,
        long tableVersion,
        int fewestCopies,
        int underReplicated,
        int joining,
        int caches,
        Map<String, Long> events) {

    /** The part of a process whose caches are its own. */
    public static final String LOCAL = "local";
}
