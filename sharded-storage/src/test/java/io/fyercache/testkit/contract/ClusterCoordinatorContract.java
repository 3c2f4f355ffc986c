package io.fyercache.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClaimOutcome.Claimed;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.topology.TableDelta;
import io.fyercache.testkit.contract.CoordinationFixture.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterCoordinator} does. */
public abstract class ClusterCoordinatorContract {
    private static final ControllerEpoch NEVER = new ControllerEpoch(0);

    /** Twice as many as there are segments. */
    private static final int PARTITIONS = 32;

    private final List<Participant> participants = new ArrayList<>();
    private CoordinationFixture fixture;

    /** Starts an ensemble for one test. */
    protected abstract CoordinationFixture start();

    @BeforeEach
    void startEnsemble() {
        fixture = start();
    }

    @AfterEach
    void nobodyWasToldWhatHeShouldNot() {
        fixture.close();
        for (Participant participant : participants) {
            assertThat(participant.complaints()).isEmpty();
        }
    }

    // ---- members

    @Test
    void join_givesEachLifeAGreaterIncarnation() {
        Incarnation first = join().self();
        Incarnation second = join().self();
        Incarnation third = join().self();

        assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void members_comeAndGo_andEveryoneIsTold() {
        MemberDescription description = description(7);
        Participant described = join(description);
        Participant other = join();
        awaitMembers(described, described, other);
        awaitMembers(other, described, other);
        assertThat(other.members().members().get(0).description()).isEqualTo(description);

        described.call(ClusterCoordinator::leave);

        awaitMembers(other, other);
        assertThat(other.members().isGone(described.self())).isTrue();
        assertThat(described.isExpelled()).isFalse();
    }

    @Test
    void members_whoeverIsThereIsNeverTakenForGone() {
        List<Participant> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(join());
            // Transactions that concern no member's birth must not make a view look newer than it is.
            all.forEach(participant -> participant.call(coordinator -> coordinator.renewLicence(1)));
        }
        all.forEach(participant -> awaitMembers(participant, all.toArray(Participant[]::new)));

        for (Participant participant : all) {
            for (Participant other : all) {
                assertThat(participant.views()).noneMatch(view -> view.isGone(other.self()));
            }
        }
    }

    @Test
    void expiredSession_endsTheLife_andTheOthersSeeItGone() {
        Participant expired = join();
        Participant other = join();
        awaitMembers(other, expired, other);

        fixture.expire(expired.coordinator());

        await("the end", expired::isExpelled);
        await("gone", () -> other.members().isGone(expired.self()));
        expired.call(coordinator -> coordinator.renewLicence(1));
        expired.call(ClusterCoordinator::refresh);
        refresh(other);
        assertThat(expired.licence(1)).isNull();
        assertThat(expired.refreshes()).isEmpty();
    }

    @Test
    void sessionThatExpiresWhileCutOff_endsTheLife_whenTheEnsembleIsReachedAgain() {
        Participant cut = join();
        Participant other = join();
        fixture.cutOff(cut.coordinator(), Loss.EVERYTHING);
        cut.call(coordinator -> coordinator.renewLicence(1));

        fixture.expire(cut.coordinator());
        await("gone", () -> other.members().isGone(cut.self()));
        fixture.restore(cut.coordinator());

        await("the end", cut::isExpelled);
        assertThat(cut.licence(1)).isNull();
    }

    @Test
    void cutOffForAWhile_missesNothing() {
        Participant cut = founder();
        Participant other = join();
        awaitTable(other, 1);
        fixture.cutOff(cut.coordinator(), Loss.EVERYTHING);

        ControllerEpoch epoch = claim(other, new ControllerEpoch(1));
        write(other, change(other, epoch, List.of()));
        Participant late = join();
        fixture.restore(cut.coordinator());

        awaitTable(cut, 2);
        awaitMembers(cut, cut, other, late);
        await("controller", () -> other.self().equals(cut.controller()));
    }

    // ---- the queue

    @Test
    void queue_isInTheOrderOfJoining_andWhoRequeuesIsLast() {
        Participant first = join();
        Participant second = join();
        Participant third = join();
        awaitQueue(first, second, third);

        first.call(ClusterCoordinator::requeue);
        awaitQueue(second, third, first);

        second.call(ClusterCoordinator::requeue);
        second.call(ClusterCoordinator::requeue);
        awaitQueue(third, first, second);

        third.call(ClusterCoordinator::leave);
        awaitQueue(first, second);
    }

    @Test
    void requeue_whoseAnswerIsLost_happensAllTheSame() {
        Participant first = join();
        Participant second = join();
        awaitQueue(first, second);

        fixture.cutOff(first.coordinator(), Loss.ANSWERS);
        first.call(ClusterCoordinator::requeue);
        await("requeued", () -> second.queue().equals(List.of(second.self(), first.self())));
        second.call(ClusterCoordinator::requeue);
        await("requeued", () -> second.queue().equals(List.of(first.self(), second.self())));
        first.call(ClusterCoordinator::requeue); // It does not know yet that the first time was done.
        fixture.restore(first.coordinator());
        awaitQueue(second, first);

        fixture.cutOff(second.coordinator(), Loss.EVERYTHING);
        second.call(ClusterCoordinator::requeue);
        fixture.restore(second.coordinator());
        awaitQueue(first, second);
    }

    // ---- the controller

    @Test
    void controller_isNobody_inEpoch0_beforeTheFirstClaim() {
        Participant participant = join();

        await("controller", () -> NEVER.equals(participant.epoch()));
        assertThat(participant.controller()).isNull();
    }

    @Test
    void claim_byTwoAtOnce_succeedsForOne() {
        Participant one = join();
        Participant other = join();

        for (int number = 0; number < 5; number++) {
            ControllerEpoch known = new ControllerEpoch(number);
            one.call(coordinator -> coordinator.claim(known));
            other.call(coordinator -> coordinator.claim(known));
            int count = number + 1;
            await("claims", () -> one.claims().size() == count && other.claims().size() == count);

            Claimed won = new Claimed(new ControllerEpoch(number + 1));
            assertThat(List.of(one.claims().get(number), other.claims().get(number)))
                    .containsExactlyInAnyOrder(won, ClaimOutcome.Refused.REFUSED);
            Participant winner = one.claims().get(number).equals(won) ? one : other;
            for (Participant participant : participants) {
                await("controller", () -> won.epoch().equals(participant.epoch()));
                assertThat(participant.controller()).isEqualTo(winner.self());
            }
        }
    }

    @Test
    void claim_ofAnExpelledMember_isRefused() {
        Participant controller = founder();
        Participant expelled = join();
        awaitMembers(controller, controller, expelled);
        write(controller, change(controller, new ControllerEpoch(1), List.of(expelled.self())));

        // It may know already; if not, it is told.
        expelled.call(coordinator -> coordinator.claim(new ControllerEpoch(1)));

        await("the end", expelled::isExpelled);
        assertThat(expelled.claims()).doesNotHaveAnyElementsOfTypes(Claimed.class);
        assertThat(write(controller, change(controller, new ControllerEpoch(1), List.of())))
                .isEqualTo(WriteOutcome.DONE);
    }

    @Test
    void claim_whoseAnswerIsLost_isUnknown_andARefreshTells() {
        Participant claimant = join();
        await("controller", () -> NEVER.equals(claimant.epoch()));
        fixture.cutOff(claimant.coordinator(), Loss.ANSWERS);

        claimant.call(coordinator -> coordinator.claim(NEVER));

        await("claim", () -> !claimant.claims().isEmpty());
        assertThat(claimant.claims()).containsExactly(ClaimOutcome.Unknown.UNKNOWN);
        fixture.restore(claimant.coordinator());
        refresh(claimant);
        assertThat(claimant.epoch()).isEqualTo(new ControllerEpoch(1));
        assertThat(claimant.controller()).isEqualTo(claimant.self());
    }

    @Test
    void claim_whileOneIsUnderWay_isAnError() {
        Participant claimant = join();

        // Within one call: no answer comes between the two.
        claimant.call(coordinator -> {
            coordinator.claim(NEVER);
            assertThatIllegalStateException()
                    .isThrownBy(() -> coordinator.claim(NEVER))
                    .withMessageContaining("claim");
        });
    }

    // ---- the table

    @Test
    void found_happensOnce() {
        Participant founder = join();
        Participant other = join();
        ControllerEpoch first = claim(founder, NEVER);
        PartitionTable table = PartitionTable.initial(PartitionLayout.spread(PARTITIONS), founder.self());

        assertThat(write(founder, new TableWrite.Found(first, table))).isEqualTo(WriteOutcome.DONE);
        assertThat(write(founder, new TableWrite.Found(first, table))).isEqualTo(WriteOutcome.OUT_OF_DATE);
        ControllerEpoch second = claim(other, first);
        PartitionTable another = PartitionTable.initial(PartitionLayout.spread(PARTITIONS), other.self());
        assertThat(write(other, new TableWrite.Found(second, another))).isEqualTo(WriteOutcome.OUT_OF_DATE);

        awaitTable(other, 1);
        assertThat(other.table()).isEqualTo(table);
    }

    @Test
    void write_thatIsDone_makesTheNextVersion_andReachesEveryone() {
        Participant controller = founder();
        Participant before = join();
        awaitTable(before, 1);

        for (int version = 2; version <= 5; version++) {
            assertThat(write(controller, change(controller, new ControllerEpoch(1), List.of())))
                    .isEqualTo(WriteOutcome.DONE);
            assertThat(controller.tableVersion()).as("told before the outcome").isEqualTo(version);
        }
        Participant after = join();

        for (Participant participant : List.of(before, after)) {
            awaitTable(participant, 5);
            assertThat(participant.table()).isEqualTo(controller.table());
        }
    }

    @Test
    void write_onAnotherVersion_isOutOfDate_andChangesNothing() {
        Participant controller = founder();
        ControllerEpoch epoch = new ControllerEpoch(1);
        TableWrite first = change(controller, epoch, List.of());
        TableWrite tooNew = new TableWrite.Change(epoch, 2, new TableDelta(PARTITIONS, List.of()), List.of());

        assertThat(write(controller, tooNew)).isEqualTo(WriteOutcome.OUT_OF_DATE);
        assertThat(write(controller, first)).isEqualTo(WriteOutcome.DONE);
        assertThat(write(controller, first)).isEqualTo(WriteOutcome.OUT_OF_DATE);

        refresh(controller);
        assertThat(controller.tableVersion()).isEqualTo(2);
    }

    @Test
    void write_onWhatAnotherMemberHasTold_needsNoReadingBefore() {
        Participant first = founder();
        Participant second = join();
        write(first, change(first, new ControllerEpoch(1), List.of()));
        ControllerEpoch epoch = claim(second, new ControllerEpoch(1));

        // Built on the first one's table, which the second may not have read yet.
        assertThat(write(second, change(first, epoch, List.of()))).isEqualTo(WriteOutcome.DONE);

        awaitTable(first, 3);
        assertThat(first.table()).isEqualTo(second.table());
    }

    @Test
    void write_ofADeposedController_changesNothing() {
        Participant deposed = founder();
        Participant controller = join();
        awaitTable(controller, 1);
        // Decided, and then the controller stopped for a while.
        TableWrite late = change(deposed, new ControllerEpoch(1), List.of());
        ControllerEpoch epoch = claim(controller, new ControllerEpoch(1));

        assertThat(write(deposed, late)).isEqualTo(WriteOutcome.DEPOSED);
        refresh(controller);
        assertThat(controller.tableVersion()).isEqualTo(1);

        PartitionTable expected = write(controller, change(controller, epoch, List.of())) == WriteOutcome.DONE
                ? controller.table()
                : null;
        assertThat(write(deposed, late)).isIn(WriteOutcome.DEPOSED, WriteOutcome.OUT_OF_DATE);
        refresh(controller);
        assertThat(controller.tableVersion()).isEqualTo(2);
        assertThat(controller.table()).isEqualTo(expected);
    }

    @Test
    void write_ofAnExpelledController_changesNothing() {
        Participant expelled = founder();
        TableWrite late = change(expelled, new ControllerEpoch(1), List.of());
        Participant controller = join();
        awaitTable(controller, 1);
        ControllerEpoch epoch = claim(controller, new ControllerEpoch(1));
        awaitMembers(controller, expelled, controller);
        write(controller, change(controller, epoch, List.of(expelled.self())));

        int ended = expelled.writes().size();
        expelled.call(coordinator -> coordinator.write(late));

        await("the end", expelled::isExpelled);
        assertThat(expelled.writes().subList(ended, expelled.writes().size()))
                .doesNotContain(WriteOutcome.DONE, WriteOutcome.UNKNOWN);
        refresh(controller);
        assertThat(controller.tableVersion()).isEqualTo(2);
    }

    @Test
    void write_ofAControllerThatHasExpelledItself_changesNothing() {
        Participant controller = founder();
        Participant other = join();
        ControllerEpoch epoch = new ControllerEpoch(1);
        awaitMembers(controller, controller, other);
        assertThat(write(controller, change(controller, epoch, List.of(controller.self()))))
                .isEqualTo(WriteOutcome.DONE);

        // Nobody else has claimed the table; it may not even have heard yet.
        controller.call(coordinator -> coordinator.write(change(controller, epoch, List.of())));

        await("the end", controller::isExpelled);
        refresh(other);
        assertThat(other.tableVersion()).isEqualTo(2);
    }

    @Test
    void write_whoseAnswerIsLost_isUnknown_andDone() {
        Participant controller = founder();
        Participant other = join();
        fixture.cutOff(controller.coordinator(), Loss.ANSWERS);

        assertThat(write(controller, change(controller, new ControllerEpoch(1), List.of())))
                .isEqualTo(WriteOutcome.UNKNOWN);

        awaitTable(other, 2);
        fixture.restore(controller.coordinator());
        refresh(controller);
        assertThat(controller.tableVersion()).isEqualTo(2);
    }

    @Test
    void write_thatDoesNotArrive_isUnknown_andNotDone() {
        Participant controller = founder();
        Participant other = join();
        fixture.cutOff(controller.coordinator(), Loss.EVERYTHING);
        TableWrite lost = change(controller, new ControllerEpoch(1), List.of());

        assertThat(write(controller, lost)).isEqualTo(WriteOutcome.UNKNOWN);

        fixture.restore(controller.coordinator());
        refresh(controller);
        refresh(other);
        assertThat(controller.tableVersion()).isEqualTo(1);
        assertThat(other.tableVersion()).isEqualTo(1);
        assertThat(write(controller, lost)).isEqualTo(WriteOutcome.DONE);
    }

    @Test
    void write_thatExpels_removesTheMember_whoHearsIt() {
        Participant controller = founder();
        Participant expelled = join();
        awaitMembers(controller, controller, expelled);

        write(controller, change(controller, new ControllerEpoch(1), List.of(expelled.self())));

        await("the end", expelled::isExpelled);
        awaitMembers(controller, controller);
        await("queue", () -> controller.queue().equals(List.of(controller.self())));
    }

    @Test
    void write_thatExpelsWhoIsGoneAlready_isDone() {
        Participant controller = founder();
        Participant left = join();
        Participant expired = join();
        Participant expelled = join();
        awaitMembers(controller, controller, left, expired, expelled);
        left.call(ClusterCoordinator::leave);
        fixture.expire(expired.coordinator());
        List<Incarnation> three = List.of(left.self(), expired.self(), expelled.self());

        // Once while the controller may not know yet, and once when it does.
        assertThat(write(controller, change(controller, new ControllerEpoch(1), three)))
                .isEqualTo(WriteOutcome.DONE);
        awaitMembers(controller, controller);
        assertThat(write(controller, change(controller, new ControllerEpoch(1), three)))
                .isEqualTo(WriteOutcome.DONE);
        await("the end", expelled::isExpelled);
    }

    @Test
    void write_thatExpelsWhomTheControllerHasNotSeenYet_expels() {
        Participant controller = founder();
        for (int round = 0; round < 5; round++) {
            Participant expelled = join();

            assertThat(write(controller, change(controller, new ControllerEpoch(1), List.of(expelled.self()))))
                    .isEqualTo(WriteOutcome.DONE);

            await("the end", expelled::isExpelled);
        }
    }

    @Test
    void table_isNeverTorn_whileTwoWriteAtOnce() {
        List<Participant> writers = List.of(founder(), join());
        Participant reader = join();
        Participant other = join();
        awaitTable(writers.get(1), 1);
        Map<Long, PartitionTable> written = new TreeMap<>();
        written.put(1L, writers.get(0).table());
        ControllerEpoch[] epochs = {new ControllerEpoch(1), NEVER};

        for (int round = 0; round < 40; round++) {
            int[] ended = {
                writers.get(0).writes().size(), writers.get(1).writes().size()
            };
            List<PartitionTable> next = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                TableWrite.Change change = change(writers.get(i), epochs[i], List.of());
                next.add(writers.get(i).table().apply(change.delta()));
                writers.get(i).call(coordinator -> coordinator.write(change));
            }
            for (int i = 0; i < 2; i++) {
                Participant writer = writers.get(i);
                int before = ended[i];
                await("write", () -> writer.writes().size() > before);
                if (writer.writes().get(before) == WriteOutcome.DONE) {
                    assertThat(written.put(writer.tableVersion(), next.get(i))).isNull();
                }
            }
            if (round % 8 == 7) {
                int loser = epochs[0].compareTo(epochs[1]) < 0 ? 0 : 1;
                epochs[loser] = claim(writers.get(loser), epochs[1 - loser]);
            }
        }

        assertThat(written).hasSizeGreaterThan(20);
        Stream.of(reader, other).forEach(participant -> awaitTable(participant, written.size()));
        for (Participant participant : participants) {
            for (VersionedTable told : participant.tables()) {
                assertThat(told.table()).as("version %s", told.version()).isEqualTo(written.get(told.version()));
            }
        }
    }

    // ---- proof of contact

    @Test
    void licence_isRenewed_afterAllThatWasToldBefore() {
        Participant controller = founder();
        Participant other = join();

        for (long sent = 1; sent <= 20; sent++) {
            write(controller, change(controller, new ControllerEpoch(1), List.of()));
            long now = sent;

            other.call(coordinator -> coordinator.renewLicence(now));

            await("licence", () -> other.licence(now) != null);
            // The write of the licence came after that of the table, so word of the table came before its answer.
            assertThat(other.licence(now).tableVersion()).isEqualTo(controller.tableVersion());
        }
    }

    @Test
    void licence_isNotRenewed_whileCutOff() {
        Participant cut = join();
        Participant other = join();
        fixture.cutOff(cut.coordinator(), Loss.EVERYTHING);
        cut.call(coordinator -> coordinator.renewLicence(1));

        refresh(other);

        assertThat(cut.licence(1)).isNull();
        fixture.restore(cut.coordinator());
        refresh(cut); // Now the first one is lost, or has waited for a connection.
        cut.call(coordinator -> coordinator.renewLicence(2));
        await("licence", () -> cut.licence(2) != null);
    }

    @Test
    void refresh_tellsAllThatWasTheCaseWhenItWasCalled() {
        Participant controller = founder();
        Participant other = join();
        int epoch = 1;

        for (int round = 1; round <= 10; round++) {
            write(controller, change(controller, new ControllerEpoch(epoch), List.of()));
            epoch = claim(controller, new ControllerEpoch(epoch)).number();
            Participant joined = join();

            Participant.Knowledge knowledge = refresh(other);

            assertThat(knowledge.members().incarnations()).contains(joined.self());
            assertThat(knowledge.tableVersion()).isEqualTo(controller.tableVersion());
            assertThat(knowledge.epoch()).isEqualTo(new ControllerEpoch(epoch));
        }
    }

    @Test
    void refresh_whileCutOff_endsWhenTheEnsembleIsReachedAgain() {
        Participant controller = founder();
        Participant cut = join();
        fixture.cutOff(cut.coordinator(), Loss.EVERYTHING);
        cut.call(ClusterCoordinator::refresh);
        write(controller, change(controller, new ControllerEpoch(1), List.of()));
        assertThat(cut.refreshes()).isEmpty();

        fixture.restore(cut.coordinator());

        await("refresh", () -> !cut.refreshes().isEmpty());
        assertThat(cut.refreshes()).hasSize(1);
    }

    // ---- what the tests are made of

    private void await(String what, BooleanSupplier condition) {
        fixture.await(what, condition);
    }

    private Participant join() {
        return join(description(participants.size()));
    }

    private Participant join(MemberDescription description) {
        Participant participant = new Participant(fixture);
        participant.begin(fixture.join(description, participant));
        participants.add(participant);
        return participant;
    }

    private static MemberDescription description(int number) {
        return new MemberDescription(
                UUID.nameUUIDFromBytes(new byte[] {(byte) number}),
                "node-" + number,
                new Location("host-" + number, Location.NO_ZONE),
                new DataAddress("10.0.0.1", 7400 + number),
                MemberDescription.DEFAULT_CAPACITY,
                new ProtocolVersions(1, 1));
    }

    /** Joins a member that is the controller in epoch 1 and has founded the cluster. */
    private Participant founder() {
        Participant founder = join();
        ControllerEpoch epoch = claim(founder, NEVER);
        PartitionTable table = PartitionTable.initial(PartitionLayout.spread(PARTITIONS), founder.self());
        assertThat(write(founder, new TableWrite.Found(epoch, table))).isEqualTo(WriteOutcome.DONE);
        return founder;
    }

    private ControllerEpoch claim(Participant claimant, ControllerEpoch known) {
        int before = claimant.claims().size();
        claimant.call(coordinator -> coordinator.claim(known));
        await("claim", () -> claimant.claims().size() > before);
        ClaimOutcome outcome = claimant.claims().get(before);
        assertThat(outcome).isInstanceOf(Claimed.class);
        return ((Claimed) outcome).epoch();
    }

    private WriteOutcome write(Participant writer, TableWrite write) {
        int before = writer.writes().size();
        writer.call(coordinator -> coordinator.write(write));
        await("write", () -> writer.writes().size() > before);
        return writer.writes().get(before);
    }

    private Participant.Knowledge refresh(Participant participant) {
        int before = participant.refreshes().size();
        participant.call(ClusterCoordinator::refresh);
        await("refresh", () -> participant.refreshes().size() > before);
        return participant.refreshes().get(before);
    }

    /** Changes two thirds of the records of the table that somebody knows. */
    private static TableWrite.Change change(Participant knows, ControllerEpoch epoch, List<Incarnation> expelled) {
        PartitionTable table = knows.table();
        List<TableDelta.Change> changes = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (partition % 3 != knows.tableVersion() % 3) {
                changes.add(new TableDelta.Change(partition, nextVersion(table.record(partition), epoch)));
            }
        }
        return new TableWrite.Change(epoch, knows.tableVersion(), new TableDelta(PARTITIONS, changes), expelled);
    }

    /** Names the writer's epoch in the record, so that two writers of one version differ. */
    private static PartitionRecord nextVersion(PartitionRecord record, ControllerEpoch epoch) {
        return new PartitionRecord(
                record.version() + 1,
                record.epoch(),
                record.primary(),
                record.inSync(),
                record.joining(),
                List.of(new Incarnation(1 + epoch.number())));
    }

    private void awaitTable(Participant participant, long version) {
        await("table " + version, () -> participant.tableVersion() == version);
    }

    private void awaitMembers(Participant participant, Participant... expected) {
        List<Incarnation> incarnations =
                Stream.of(expected).map(Participant::self).sorted().toList();
        await(
                "members " + incarnations,
                () -> participant.members().incarnations().equals(incarnations));
    }

    private void awaitQueue(Participant... expected) {
        List<Incarnation> queue = Stream.of(expected).map(Participant::self).toList();
        for (Participant participant : expected) {
            await("queue " + queue, () -> participant.queue().equals(queue));
        }
    }
}
