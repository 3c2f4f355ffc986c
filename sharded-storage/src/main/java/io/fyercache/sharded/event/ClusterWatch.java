package io.fyercache.sharded.event;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.event.ClusterEvent.LicenceBack;
import io.fyercache.sharded.event.ClusterEvent.LicenceLost;
import io.fyercache.sharded.event.ClusterEvent.MemberCame;
import io.fyercache.sharded.event.ClusterEvent.MemberGone;
import io.fyercache.sharded.event.ClusterEvent.PartitionsLost;
import io.fyercache.sharded.event.ClusterEvent.PartitionsTakenOver;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.Succession;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees from one picture of a cluster to the next what has happened in between. Of the first picture nothing is told, since nobody knows what was
 * before. Used by one thread.
 */
public final class ClusterWatch {
    private final Consumer<ClusterEvent> events;
    private @Nullable TreeMap<Incarnation, Member> present;
    private @Nullable VersionedTable known;
    private Licence licence = Licence.NOT_YET;

    private enum Licence {
        NOT_YET,
        VALID,
        LOST
    }

    /** Has seen nothing yet. */
    public ClusterWatch(Consumer<ClusterEvent> events) {
        this.events = events;
    }

    /** Takes in who is there. */
    public void membersChanged(List<Member> members) {
        TreeMap<Incarnation, Member> next = new TreeMap<>();
        members.forEach(member -> next.put(member.incarnation(), member));
        TreeMap<Incarnation, Member> before = present;
        present = next;
        if (before == null) {
            return;
        }
        before.forEach((incarnation, member) -> {
            if (!next.containsKey(incarnation)) {
                events.accept(new MemberGone(member));
            }
        });
        next.forEach((incarnation, member) -> {
            if (!before.containsKey(incarnation)) {
                events.accept(new MemberCame(member));
            }
        });
    }

    /** Takes in a table; one that is not newer than those before says nothing. */
    public void tableChanged(VersionedTable next) {
        VersionedTable before = known;
        if (before != null && next.version() <= before.version()) {
            return;
        }
        known = next;
        if (before != null) {
            compare(before.table(), next.table());
        }
    }

    private void compare(PartitionTable before, PartitionTable after) {
        TreeMap<Integer, Long> lost = new TreeMap<>();
        List<Integer> takenOver = new ArrayList<>();
        for (int partition = 0; partition < after.partitionCount(); partition++) {
            PartitionEpoch old = before.record(partition).epoch();
            PartitionEpoch now = after.record(partition).epoch();
            if (now.generation() > old.generation()) {
                lost.put(partition, now.generation());
            } else if (now.number() > old.number() && now.succession() == Succession.TAKEN_OVER) {
                takenOver.add(partition);
            }
        }
        if (!takenOver.isEmpty()) {
            events.accept(new PartitionsTakenOver(takenOver));
        }
        if (!lost.isEmpty()) {
            events.accept(new PartitionsLost(lost));
        }
    }

    /** Takes in that a life of this process's member begins, which has no licence yet. */
    public void lifeBegan() {
        licence = Licence.NOT_YET;
    }

    /** Takes in whether this process's member may serve, by its licence. */
    public void onLicence(boolean valid) {
        if (valid && licence == Licence.LOST) {
            events.accept(new LicenceBack());
        } else if (!valid && licence == Licence.VALID) {
            events.accept(new LicenceLost());
        }
        if (valid) {
            licence = Licence.VALID;
        } else if (licence == Licence.VALID) {
            licence = Licence.LOST;
        }
    }
}
