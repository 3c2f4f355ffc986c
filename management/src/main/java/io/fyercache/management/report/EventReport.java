package io.fyercache.management.report;

import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.node.ClusterEvents;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to the cluster.
 *
 * @param number from 1 on, without gaps, of the process that tells it
 * @param at when that process has learned of it, in ISO form
 * @param kind of event
 * @param count for how many it counts
 * @param member who has come or gone; null if it is about none
 * @param partitions which it is about; null if it is about none
 * @param text for people
 */
public record EventReport(
        long number,
        String at,
        String kind,
        int count,
        @Nullable String member,
        @Nullable List<Integer> partitions,
        String text) {

    /** Returns how a kind is called. */
    public static String kind(ClusterEvent.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static EventReport of(ClusterEvents.Told told) {
        ClusterEvent event = told.event();
        String member = null;
        List<Integer> partitions = null;
        String text;
        if (event instanceof ClusterEvent.MemberCame came) {
            member = came.member().toString();
            text = "member " + member + " has come";
        } else if (event instanceof ClusterEvent.MemberGone gone) {
            member = gone.member().toString();
            text = "member " + member + " has gone";
        } else if (event instanceof ClusterEvent.PartitionsTakenOver takenOver) {
            partitions = takenOver.partitions();
            text = "backups have taken over " + partitions.size() + " partitions; nothing is lost";
        } else if (event instanceof ClusterEvent.PartitionsLost lost) {
            partitions = List.copyOf(lost.generations().keySet());
            text = "all copies of " + partitions.size() + " partitions were lost, which begin anew, empty";
        } else if (event instanceof ClusterEvent.ListenerForgotten forgotten) {
            partitions = List.of(forgotten.partition());
            text = "listeners to cache number " + forgotten.cache() + " may have missed changes";
        } else if (event instanceof ClusterEvent.ChangesGivenUp givenUp) {
            partitions = List.of(givenUp.partition());
            text = "a process that listens has taken no changes, and is waited for no longer";
        } else if (event instanceof ClusterEvent.LicenceLost) {
            text = "ZooKeeper has not answered, and this member serves nothing until it has";
        } else if (event instanceof ClusterEvent.LicenceBack) {
            text = "this member may serve again";
        } else {
            text = "this process is no member any more, and joins again: "
                    + ((ClusterEvent.MembershipLost) event).why();
        }
        return new EventReport(
                told.number(), told.at().toString(), kind(event.kind()), event.count(), member, partitions, text);
    }
}
