package io.fyercache.sharded.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.event.ClusterEvent.LicenceBack;
import io.fyercache.sharded.event.ClusterEvent.LicenceLost;
import io.fyercache.sharded.event.ClusterEvent.MemberCame;
import io.fyercache.sharded.event.ClusterEvent.MemberGone;
import io.fyercache.sharded.event.ClusterEvent.PartitionsLost;
import io.fyercache.sharded.event.ClusterEvent.PartitionsTakenOver;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {
    private static final Incarnation A = new Incarnation(1);
    private static final Incarnation B = new Incarnation(2);
    private static final Incarnation C = new Incarnation(3);
    private static final PartitionRecord FIRST = PartitionRecord.founding(List.of(A, B));

    private final List<ClusterEvent> events = new ArrayList<>();
    private final ClusterWatch watch = new ClusterWatch(events::add);
    private long version;

    private static Member member(Incarnation incarnation) {
        return new Member(
                incarnation,
                new MemberDescription(
                        new UUID(0, incarnation.number()),
                        "node",
                        new Location("host", ""),
                        new DataAddress("host", 7000),
                        MemberDescription.DEFAULT_CAPACITY,
                        new ProtocolVersions(1, 1)));
    }

    private void table(PartitionRecord... records) {
        watch.tableChanged(new VersionedTable(
                ++version, PartitionTable.of(PartitionLayout.spread(records.length), List.of(records))));
    }

    @Test
    void whoIsThereFirst_isNoEvent_whoComesAndGoesIs() {
        watch.membersChanged(List.of(member(A), member(B)));
        assertThat(events).isEmpty();

        watch.membersChanged(List.of(member(B), member(C)));

        assertThat(events).containsExactly(new MemberGone(member(A)), new MemberCame(member(C)));
    }

    @Test
    void primariesThatWereTakenForDead_areOneEvent_handOversNone() {
        table(FIRST, FIRST, FIRST, FIRST);
        assertThat(events).isEmpty();

        table(
                FIRST.takeOver(B, List.of(A)),
                FIRST.handOver(B),
                FIRST.startJoin(C),
                FIRST.takeOver(B, List.of(A)).startJoin(C));

        assertThat(events).containsExactly(new PartitionsTakenOver(List.of(0, 3)));
        assertThat(events.get(0).count()).isEqualTo(2);
    }

    @Test
    void lostPartitions_areOneEvent_withTheirGenerations_andNoTakeover() {
        table(FIRST, FIRST);

        table(FIRST.reset(C), FIRST.resetEarly(C).makeFirm());

        assertThat(events).containsExactly(new PartitionsLost(new TreeMap<>(Map.of(0, 2L, 1, 2L))));
    }

    @Test
    void tableThatIsNotNewer_saysNothing() {
        VersionedTable old = new VersionedTable(1, PartitionTable.of(PartitionLayout.spread(1), List.of(FIRST)));
        VersionedTable next =
                new VersionedTable(2, PartitionTable.of(PartitionLayout.spread(1), List.of(FIRST.reset(C))));
        watch.tableChanged(old);
        watch.tableChanged(next);

        watch.tableChanged(old);
        watch.tableChanged(next);

        assertThat(events).hasSize(1);
    }

    @Test
    void licence_isToldWhenItIsLost_andWhenItIsBack_andNotBeforeItWasThere() {
        watch.lifeBegan();
        watch.onLicence(false);
        watch.onLicence(true);
        assertThat(events).isEmpty();

        watch.onLicence(false);
        watch.onLicence(false);
        watch.onLicence(true);

        assertThat(events).containsExactly(new LicenceLost(), new LicenceBack());
    }

    @Test
    void licenceOfAnotherLife_isNotThatOfTheOneBefore() {
        watch.lifeBegan();
        watch.onLicence(true);

        watch.lifeBegan();
        watch.onLicence(false);

        assertThat(events).isEmpty();
    }
}
