package io.fyercache.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.ClaimOutcome.Claimed;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.topology.TableDelta;
import io.fyercache.testkit.contract.CoordinationFixture.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterView} of a client does. */
public abstract class ClusterViewContract {
    private static final int PARTITIONS = 32;
    private static final ControllerEpoch FIRST = new ControllerEpoch(1);

    private final List<Participant> participants = new ArrayList<>();
    private final List<Spectator> clients = new ArrayList<>();
    private CoordinationFixture fixture;
    private Participant controller;
    private Spectator client;

    /** Starts an ensemble for one test. */
    protected abstract CoordinationFixture start();

    @BeforeEach
    void startProcesses() {
        fixture = start();
        controller = join();
        controller.call(coordinator -> coordinator.claim(new ControllerEpoch(0)));
        fixture.await("claim", () -> controller.claims().equals(List.of(new Claimed(FIRST))));
        write(new TableWrite.Found(
                FIRST, PartitionTable.initial(PartitionLayout.spread(PARTITIONS), controller.self())));
        client = open();
    }

    @AfterEach
    void nobodyWasToldWhatHeShouldNot() {
        fixture.close();
        participants.forEach(participant -> assertThat(participant.complaints()).isEmpty());
        clients.forEach(spectator -> assertThat(spectator.complaints()).isEmpty());
    }

    private Participant join() {
        int number = participants.size();
        MemberDescription description = new MemberDescription(
                UUID.nameUUIDFromBytes(new byte[] {(byte) number}),
                "node-" + number,
                new Location("host-" + number, Location.NO_ZONE),
                new DataAddress("10.0.0.1", 7400 + number),
                MemberDescription.DEFAULT_CAPACITY,
                new ProtocolVersions(1, 1));
        Participant participant = new Participant(fixture);
        participant.begin(fixture.join(description, participant));
        participants.add(participant);
        return participant;
    }

    private Spectator open() {
        Spectator spectator = new Spectator(fixture);
        spectator.begin(fixture.open(spectator));
        clients.add(spectator);
        return spectator;
    }

    private void write(TableWrite write) {
        int before = controller.writes().size();
        controller.call(coordinator -> coordinator.write(write));
        fixture.await("write", () -> controller.writes().size() > before);
        assertThat(controller.writes().get(before)).isEqualTo(WriteOutcome.DONE);
    }

    /** Makes the next version of the table. */
    private void change() {
        write(new TableWrite.Change(
                FIRST, controller.tableVersion(), new TableDelta(PARTITIONS, List.of()), List.of()));
    }

    private void awaitMembers(Spectator spectator, Participant... expected) {
        List<Incarnation> incarnations =
                Stream.of(expected).map(Participant::self).sorted().toList();
        fixture.await(
                "members " + incarnations,
                () -> spectator.members().incarnations().equals(incarnations));
    }

    private void awaitTable(Spectator spectator, long version) {
        fixture.await("table " + version, () -> spectator.tableVersion() == version);
    }

    @Test
    void cluster_isTheSameForAll() {
        fixture.call(() -> assertThat(client.view().cluster())
                .isEqualTo(controller.coordinator().cluster()));
    }

    @Test
    void client_seesTheMembersWithTheirAddresses_andIsNoneItself() {
        Participant other = join();

        awaitMembers(client, controller, other);
        assertThat(client.members().members())
                .extracting(Member::description)
                .extracting(MemberDescription::dataAddress)
                .containsExactly(new DataAddress("10.0.0.1", 7400), new DataAddress("10.0.0.1", 7401));

        other.call(ClusterCoordinator::leave);
        awaitMembers(client, controller);
        assertThat(client.members().isGone(other.self())).isTrue();
    }

    @Test
    void client_seesTheNewestTable() {
        change();
        change();
        Spectator late = open();

        awaitTable(client, 3);
        awaitTable(late, 3);
        assertThat(late.tables().get(0).table()).isEqualTo(controller.table());
    }

    @Test
    void refresh_tellsAllThatWasTheCaseWhenItWasCalled() {
        for (int round = 0; round < 5; round++) {
            change();
            Participant joined = join();

            Spectator.Knowledge knowledge = client.refresh();

            assertThat(knowledge.members().incarnations()).contains(joined.self());
            assertThat(knowledge.tableVersion()).isEqualTo(controller.tableVersion());
        }
    }

    @Test
    void cutOffForAWhile_missesNothing() {
        awaitTable(client, 1);
        fixture.cutOff(client.view(), Loss.EVERYTHING);
        client.call(ClusterView::refresh);
        change();
        Participant joined = join();
        assertThat(client.refreshes()).isEmpty();

        fixture.restore(client.view());

        awaitTable(client, 2);
        awaitMembers(client, controller, joined);
        fixture.await("refresh", () -> !client.refreshes().isEmpty());
        assertThat(client.refreshes()).hasSize(1);
    }

    @Test
    void expiredSession_isFollowedByAnother_thatSeesNothingOlder() {
        for (int round = 0; round < 5; round++) {
            client.refresh();
            fixture.expire(client.view());
            change();
            Participant joined = join();

            Spectator.Knowledge knowledge = client.refresh();

            assertThat(knowledge.tableVersion()).isEqualTo(controller.tableVersion());
            assertThat(knowledge.members().incarnations()).contains(joined.self());
        }
    }

    @Test
    void sessionThatExpiresWhileCutOff_isFollowedByAnother_whenTheEnsembleIsReachedAgain() {
        awaitTable(client, 1);
        fixture.cutOff(client.view(), Loss.EVERYTHING);
        client.call(ClusterView::refresh);
        fixture.expire(client.view());
        change();

        fixture.restore(client.view());

        fixture.await("refresh", () -> !client.refreshes().isEmpty());
        assertThat(client.refreshes().get(0).tableVersion()).isEqualTo(2);
        change();
        awaitTable(client, 3);
    }

    @Test
    void leave_tellsNothingMore() {
        awaitTable(client, 1);
        client.refreshAndLeave();

        change();
        Spectator other = open();
        awaitTable(other, 2);

        assertThat(client.refreshes()).isEmpty();
        assertThat(client.tableVersion()).isEqualTo(1);
    }
}
