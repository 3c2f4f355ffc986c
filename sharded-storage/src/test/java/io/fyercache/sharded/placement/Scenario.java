package io.fyercache.sharded.placement;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.topology.Succession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Members, and tables in which a plan has been carried out. */
final class Scenario {
    private Scenario() {}

    static Member member(long incarnation, String host, String zone, int capacity) {
        return new Member(
                new Incarnation(incarnation),
                new MemberDescription(
                        new UUID(0, incarnation),
                        "node-" + incarnation,
                        new Location(host, zone),
                        new DataAddress(host, 7400),
                        capacity,
                        new ProtocolVersions(1, 1)));
    }

    /** A member on a host of its own, in no zone. */
    static Member member(long incarnation) {
        return member(incarnation, "host-" + incarnation, Location.NO_ZONE, MemberDescription.DEFAULT_CAPACITY);
    }

    static Member inZone(long incarnation, String zone) {
        return member(incarnation, "host-" + incarnation, zone, MemberDescription.DEFAULT_CAPACITY);
    }

    static List<Member> members(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Scenario::member).toList();
    }

    /** The default number of partitions, all on the first member. */
    static PartitionTable founded() {
        return PartitionTable.initial(PartitionLayout.spread(PartitionLayout.STANDARD.spread()), new Incarnation(1));
    }

    /** The table when all copies have arrived where the plan wants them. */
    static PartitionTable carriedOut(Placement placement) {
        List<PartitionRecord> records = new ArrayList<>();
        for (List<Incarnation> target : placement.targets()) {
            records.add(new PartitionRecord(
                    9, new PartitionEpoch(9, 1, Succession.HANDED_OVER), target.get(0), target, List.of(), target));
        }
        return PartitionTable.of(PartitionLayout.spread(records.size()), records);
    }

    /** The table when the plan is made and nothing has moved yet. */
    static PartitionTable planned(PartitionTable table, Placement placement) {
        List<PartitionRecord> records = new ArrayList<>();
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            PartitionRecord record = table.record(partition);
            List<Incarnation> target = placement.target(partition);
            records.add(record.target().equals(target) ? record : record.retarget(target));
        }
        return PartitionTable.of(PartitionLayout.spread(records.size()), records);
    }

    /** How many copies the targets of a plan have that the targets before had not. */
    static int moved(PartitionTable before, Placement after) {
        int moved = 0;
        for (int partition = 0; partition < before.partitionCount(); partition++) {
            List<Incarnation> old = before.record(partition).target();
            moved += (int) after.target(partition).stream()
                    .filter(member -> !old.contains(member))
                    .count();
        }
        return moved;
    }

    static long copiesOf(Member member, Placement placement) {
        return placement.targets().stream()
                .filter(target -> target.contains(member.incarnation()))
                .count();
    }

    static long primariesOf(Member member, Placement placement) {
        return placement.targets().stream()
                .filter(target -> target.get(0).equals(member.incarnation()))
                .count();
    }
}
