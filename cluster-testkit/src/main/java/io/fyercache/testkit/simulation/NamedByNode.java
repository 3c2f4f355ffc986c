package io.fyercache.testkit.simulation;

import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What would be if members were named by their nodes and not by their lives (M5, M10): all lives of a node have the incarnation of the
 * first. For the proof that tests notice.
 */
final class NamedByNode {
    private final Map<String, Incarnation> firstOfNode = new HashMap<>();
    private final Map<Incarnation, Incarnation> firstOfLife = new HashMap<>();
    private final Map<Incarnation, Incarnation> latestOfNode = new HashMap<>();

    /** Returns the incarnation that a life goes by, which is born on a node. */
    private Incarnation born(String nodeName, Incarnation life) {
        Incarnation first = firstOfNode.computeIfAbsent(nodeName, unseen -> life);
        firstOfLife.put(life, first);
        latestOfNode.merge(first, life, (one, other) -> one.compareTo(other) > 0 ? one : other);
        return first;
    }

    Incarnation of(Incarnation life) {
        return firstOfLife.getOrDefault(life, life);
    }

    List<Incarnation> of(List<Incarnation> lives) {
        return lives.stream().map(this::of).distinct().toList();
    }

    MembersPresent of(MembersPresent present) {
        Map<Incarnation, Member> byNode = new LinkedHashMap<>();
        for (Member member : present.members()) {
            Incarnation first = born(member.description().nodeName(), member.incarnation());
            byNode.put(first, new Member(first, member.description()));
        }
        return new MembersPresent(present.asOf(), List.copyOf(byNode.values()));
    }

    /** Returns the coordinator of a life as it looks to the member. */
    ClusterCoordinator of(ClusterCoordinator coordinator, String nodeName) {
        Incarnation self = born(nodeName, coordinator.self());
        return new ClusterCoordinator() {
            @Override
            public Incarnation self() {
                return self;
            }

            @Override
            public UUID cluster() {
                return coordinator.cluster();
            }

            @Override
            public void renewLicence(long sentNanos) {
                coordinator.renewLicence(sentNanos);
            }

            @Override
            public void claim(ControllerEpoch known) {
                coordinator.claim(known);
            }

            @Override
            public void requeue() {
                coordinator.requeue();
            }

            @Override
            public void write(TableWrite write) {
                coordinator.write(write instanceof TableWrite.Change change ? withLives(change) : write);
            }

            @Override
            public void refresh() {
                coordinator.refresh();
            }

            @Override
            public CacheCatalogue openCatalogue(CatalogueListener listener) {
                return coordinator.openCatalogue(listener);
            }

            @Override
            public void leave() {
                coordinator.leave();
            }
        };
    }

    private TableWrite withLives(TableWrite.Change change) {
        return new TableWrite.Change(
                change.epoch(),
                change.baseVersion(),
                change.delta(),
                change.expelled().stream()
                        .map(first -> latestOfNode.getOrDefault(first, first))
                        .toList());
    }
}
