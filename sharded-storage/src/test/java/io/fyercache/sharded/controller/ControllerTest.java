package io.fyercache.sharded.controller;

import static io.fyercache.sharded.controller.Members.inc;
import static io.fyercache.sharded.controller.Members.incs;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.MemberMessage.Relinquish;
import io.fyercache.sharded.message.MemberMessage.TableChanged;
import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.replication.LossPolicy;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.Standing;
import io.fyercache.sharded.topology.Succession;
import io.fyercache.sharded.topology.TableDelta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A controller on member 1, whose writes a test answers. */
class ControllerTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final ControllerEpoch EPOCH = new ControllerEpoch(3);
    private static final ProtocolTimes TIMES = ProtocolTimes.STANDARD;

    private final RecordingHost host = new RecordingHost();
    private List<LossPolicy> lossPolicies = List.of(LossPolicy.RESET);
    private long now;
    private VersionedTable table = new VersionedTable(1, PartitionTable.initial(PartitionLayout.spread(1), inc(1)));

    private final class RecordingHost implements ControllerHost {
        private final Deque<TableWrite> writes = new ArrayDeque<>();
        private final List<Relinquish> wishes = new ArrayList<>();
        private final List<TableChanged> announced = new ArrayList<>();
        private int refreshes;
        private int requeues;

        @Override
        public void write(TableWrite write) {
            assertThat(writes).as("one change at a time").isEmpty();
            writes.add(write);
        }

        @Override
        public void refresh() {
            refreshes++;
        }

        @Override
        public void requeue() {
            requeues++;
        }

        @Override
        public void send(Incarnation member, MemberMessage message) {
            assertThat(member)
                    .isEqualTo(table.table()
                            .record(((Relinquish) message).partition())
                            .primary());
            wishes.add((Relinquish) message);
        }

        @Override
        public void announce(TableChanged change) {
            announced.add(change);
        }
    }

    private Controller controllerOf(int copies, PartitionRecord... records) {
        if (records.length > 0) {
            table = new VersionedTable(7, PartitionTable.of(PartitionLayout.spread(records.length), List.of(records)));
        }
        Controller controller = new Controller(
                EPOCH,
                host,
                new ControllerSettings(PartitionLayout.spread(4), new Redundancy(copies), SECOND, 2, lossPolicies),
                TIMES,
                Rules.ALL);
        if (records.length > 0) {
            controller.onTable(table);
        }
        controller.onRefreshed();
        return controller;
    }

    /** The members whose copies are where they should be, the primary first. */
    private static PartitionRecord on(long... members) {
        return PartitionRecord.founding(incs(members));
    }

    /** Takes the change that is asked for, and does it. */
    private PartitionTable doneBy(Controller controller) {
        TableWrite.Change change = (TableWrite.Change) host.writes.remove();
        assertThat(change.epoch()).isEqualTo(EPOCH);
        assertThat(change.baseVersion()).isEqualTo(table.version());
        table = new VersionedTable(table.version() + 1, table.table().apply(change.delta()));
        controller.onWritten(WriteOutcome.DONE);
        return table.table();
    }

    /** Decides, and does what that asks for, until nothing is left to do. */
    private PartitionTable settle(Controller controller, Members members) {
        for (int step = 0; step < 100; step++) {
            controller.decide(members.verdicts(), now);
            if (host.writes.isEmpty()) {
                return table.table();
            }
            doneBy(controller);
        }
        throw new AssertionError("it never comes to an end");
    }

    @Test
    void clusterWithoutTable_isFoundedOnTheMembersThatAreThere() {
        Controller controller = controllerOf(2);

        controller.decide(Members.of(3).verdicts(), now);

        TableWrite.Found found = (TableWrite.Found) host.writes.remove();
        assertThat(found.table().partitionCount()).isEqualTo(4);
        for (int partition = 0; partition < 4; partition++) {
            PartitionRecord record = found.table().record(partition);
            assertThat(record.inSync()).hasSize(2).containsExactlyInAnyOrderElementsOf(record.target());
        }
        controller.onWritten(WriteOutcome.OUT_OF_DATE);
        controller.decide(Members.of(3).verdicts(), now);
        assertThat(host.writes).as("it must hear of the other's table first").isEmpty();
    }

    @Test
    void deadMember_leavesAllItsPartitionsInOneChange_andIsExpelled() {
        Controller controller = controllerOf(2, on(2, 1), on(2, 3), on(3, 2), on(1, 3));

        controller.decide(Members.of(3).areWithout(2).verdicts(), now);

        assertThat(((TableWrite.Change) host.writes.getFirst()).expelled()).containsExactly(inc(2));
        PartitionTable next = doneBy(controller);
        assertThat(next.record(0).primary()).isEqualTo(inc(1));
        assertThat(next.record(1).primary()).isEqualTo(inc(3));
        assertThat(next.record(2).epoch()).as("a lost backup is no new epoch").isEqualTo(PartitionEpoch.FIRST);
        assertThat(next.record(2).inSync()).containsExactly(inc(3));
        assertThat(next.record(3)).isEqualTo(on(1, 3));
        assertThat(host.announced).hasSize(1);
        assertThat(host.announced.get(0).version()).isEqualTo(8);
    }

    @Test
    void primaryThatDoesNotHearItsBackup_isBelieved() {
        Controller controller = controllerOf(2, on(2, 3), on(3, 2), on(1, 2), on(1, 3));

        controller.decide(Members.of(3).suspects(2, 3).verdicts(), now);

        PartitionTable next = doneBy(controller);
        assertThat(next.record(0).inSync()).containsExactly(inc(2));
        assertThat(next.record(1)).as("the backup's word does not count").isEqualTo(on(3, 2));
        assertThat(settle(controller, Members.of(3).suspects(2, 3)).record(0).joining())
                .as("while the two do not hear each other")
                .isEmpty();
        assertThat(settle(controller, Members.of(3)).record(0).joining()).containsExactly(inc(3));
    }

    @Test
    void wish_countsForTheVersionThatItIsAbout() {
        Controller controller = controllerOf(2, on(1), on(1), on(1), on(1));
        settle(controller, Members.of(2));
        PartitionRecord joining = table.table().record(0);
        assertThat(joining.joining()).containsExactly(inc(2));

        controller.onAsked(inc(1), 0, new ControllerRequest.Expand(joining.version() - 1, inc(2)));
        controller.onAsked(inc(2), 0, new ControllerRequest.Expand(joining.version(), inc(2)));
        controller.onAsked(inc(1), 0, new ControllerRequest.Expand(joining.version(), inc(9)));
        controller.onAsked(inc(1), 99, new ControllerRequest.Expand(joining.version(), inc(2)));
        assertThat(settle(controller, Members.of(2)).record(0)).isEqualTo(joining);

        controller.onAsked(inc(1), 0, new ControllerRequest.Expand(joining.version(), inc(2)));
        assertThat(settle(controller, Members.of(2)).record(0).inSync()).containsExactly(inc(1), inc(2));
    }

    @Test
    void copiesInTheMaking_areLimitedForEachMember() {
        Controller controller = controllerOf(2, on(1), on(1), on(1), on(1));

        PartitionTable next = settle(controller, Members.of(2));

        assertThat(records(next).filter(record -> !record.joining().isEmpty())).hasSize(2);
    }

    private static Stream<PartitionRecord> records(PartitionTable table) {
        return Stream.iterate(0, partition -> partition + 1)
                .limit(table.partitionCount())
                .map(table::record);
    }

    @Test
    void newMember_getsCopiesWhenTheMembersHaveSettled() {
        Controller controller = controllerOf(2, on(1, 2), on(2, 1), on(1, 2), on(2, 1));
        settle(controller, Members.of(2));

        now += SECOND;
        settle(controller, Members.of(3));
        now += SECOND - 1;
        assertThat(settle(controller, Members.of(3)).record(0).target()).doesNotContain(inc(3));
        now += 1;
        assertThat(records(settle(controller, Members.of(3)))
                        .filter(record -> record.target().contains(inc(3))))
                .isNotEmpty();
    }

    @Test
    void lead_isHandedOver_byTheWishOfThePrimaryOnly() {
        Controller controller = controllerOf(2, on(1, 2), on(1, 2), on(1, 2), on(1, 2));
        now += SECOND;
        settle(controller, Members.of(2));

        Relinquish wish = host.wishes.get(0);
        PartitionRecord before = table.table().record(wish.partition());
        assertThat(wish.version()).isEqualTo(before.version());
        controller.onAsked(inc(1), wish.partition(), new ControllerRequest.Relinquished(before.version()));
        PartitionRecord after = settle(controller, Members.of(2)).record(wish.partition());

        assertThat(after.primary()).isEqualTo(inc(2));
        assertThat(after.epoch().succession()).isEqualTo(Succession.HANDED_OVER);
        assertThat(after.inSync()).isEqualTo(before.inSync());
    }

    @Test
    void leads_areHandedOverOneAtATime_eachAsSoonAsTheOneBeforeIsDone() {
        Controller controller = controllerOf(2, on(1, 2), on(1, 2), on(1, 2), on(1, 2));
        settle(controller, Members.of(2));
        assertThat(host.wishes).hasSize(1);

        Relinquish wish = host.wishes.get(0);
        settle(controller, Members.of(2));
        assertThat(host.wishes).as("it is waited for").hasSize(1);
        controller.onAsked(inc(1), wish.partition(), new ControllerRequest.Relinquished(wish.version()));
        settle(controller, Members.of(2));

        assertThat(host.wishes).hasSize(2);
        assertThat(host.wishes.get(1).partition()).isNotEqualTo(wish.partition());
    }

    @Test
    void primaryThatDoesNotGiveUp_isWaitedForNoLongerThanForAnAnswer_andAskedAgain() {
        Controller controller = controllerOf(2, on(1, 2), on(1, 2), on(1, 2), on(1, 2));
        settle(controller, Members.of(2));
        for (int turn = 0; turn < 3; turn++) {
            now += TIMES.resendNanos();
            settle(controller, Members.of(2));
        }

        assertThat(host.wishes).hasSize(4);
        assertThat(host.wishes.get(1)).isNotEqualTo(host.wishes.get(0));
        assertThat(host.wishes.get(2)).as("two are to be handed over").isEqualTo(host.wishes.get(0));
    }

    @Test
    void memberWhoseClockIsOff_handsItsLeadsOver_andGetsThemBack() {
        Controller controller = controllerOf(2, on(1, 2), on(1, 2), on(2, 1), on(2, 1));
        now += SECOND;
        settle(controller, Members.of(2).clockIsOff(1));

        Relinquish wish = host.wishes.get(0);
        long version = wish.version();
        controller.onAsked(inc(1), wish.partition(), new ControllerRequest.Relinquished(version));
        PartitionRecord after = settle(controller, Members.of(2).clockIsOff(1)).record(wish.partition());
        assertThat(after.primary()).isEqualTo(inc(2));
        assertThat(after.target().get(0)).as("where it should be again").isEqualTo(inc(1));

        host.wishes.clear();
        now += SECOND;
        settle(controller, Members.of(2));
        assertThat(host.wishes).contains(new Relinquish(wish.partition(), after.version()));
    }

    @Test
    void memberWhoseClockIsOff_takesOver_onlyIfNobodyElseCan() {
        Controller controller = controllerOf(3, on(2, 3, 4), on(2, 3));

        controller.decide(Members.of(4).areWithout(2).clockIsOff(3).verdicts(), now);

        PartitionTable next = doneBy(controller);
        assertThat(next.record(0).primary()).isEqualTo(inc(4));
        assertThat(next.record(1).primary()).isEqualTo(inc(3));
    }

    @Test
    void memberThatKeepsFailing_leadsNothing_andHoldsCopies() {
        Controller controller = controllerOf(3, on(2, 3, 4), on(2, 3, 4), on(3, 4), on(3));
        Members failing = Members.of(4).areWithout(2).keepsFailing(3);

        controller.decide(failing.verdicts(), now);
        PartitionTable next = doneBy(controller);
        assertThat(next.record(0).primary()).isEqualTo(inc(4));
        assertThat(next.record(1).primary()).isEqualTo(inc(4));
        assertThat(next.record(0).inSync()).containsExactly(inc(3), inc(4));

        now += SECOND;
        settle(controller, failing.isGone(2));
        assertThat(host.wishes)
                .as("the only copy goes on")
                .extracting(Relinquish::partition)
                .containsExactly(2);
    }

    @Test
    void surplusCopy_doesNotLeadOn_insteadOfOneThatKeepsFailing() {
        PartitionRecord moved = on(1, 2).retarget(incs(2, 3)).startJoin(inc(3)).expand(inc(3));
        Controller controller = controllerOf(2, moved);
        now += SECOND;
        Members failing = Members.of(3).keepsFailing(2).keepsFailing(3);

        settle(controller, failing);

        assertThat(table.table().record(0).target()).isEqualTo(incs(2, 3));
        assertThat(host.wishes).hasSize(1);
    }

    @Test
    void memberThatLeaves_losesNothingBeforeOthersHaveIt() {
        Controller controller = controllerOf(2, on(1, 2), on(2, 1), on(1, 2), on(2, 1));
        Members leaving = Members.of(3).wantsToLeave(2);

        PartitionTable next = settle(controller, leaving);

        assertThat(records(next)).allMatch(record -> record.inSync().containsAll(incs(1, 2)));
        assertThat(records(next))
                .allMatch(record ->
                        record.target().equals(incs(1, 3)) || record.target().equals(incs(3, 1)));
        assertThat(records(next).filter(record -> record.joining().contains(inc(3))))
                .isNotEmpty();
    }

    @Test
    void refusedWrite_deposes() {
        Controller controller = controllerOf(2, on(2, 1), on(2, 1));
        controller.decide(Members.of(2).areWithout(2).verdicts(), now);

        host.writes.clear();
        controller.onWritten(WriteOutcome.DEPOSED);
        controller.decide(Members.of(2).areWithout(2).verdicts(), now);

        assertThat(controller.isDeposed()).isTrue();
        assertThat(host.writes).isEmpty();
        assertThat(host.announced).isEmpty();
    }

    @Test
    void changeOfUnknownOutcome_isLookedUpBeforeAnythingElse() {
        Controller controller = controllerOf(2, on(2, 1), on(2, 1));
        Members alone = Members.of(2).areWithout(2);
        controller.decide(alone.verdicts(), now);
        TableDelta delta = ((TableWrite.Change) host.writes.remove()).delta();
        int before = host.refreshes;

        controller.onWritten(WriteOutcome.UNKNOWN);
        controller.decide(alone.verdicts(), now);
        assertThat(host.writes).isEmpty();
        assertThat(host.refreshes).isEqualTo(before + 1);

        // It was done after all.
        table = new VersionedTable(8, table.table().apply(delta));
        controller.onTable(table);
        controller.onRefreshed();
        controller.decide(alone.isGone(2).verdicts(), now);
        assertThat(host.writes).as("nothing is left to do but to plan anew").allMatch(write -> {
            PartitionRecord next =
                    ((TableWrite.Change) write).delta().changes().get(0).record();
            return next.inSync().equals(incs(1)) && next.target().equals(incs(1));
        });
    }

    @Test
    void controllerThatHearsNotHalf_writesNothing_andLetsOthersTry_once() {
        Controller controller = controllerOf(2, on(2, 3), on(3, 2));
        Members cutOff = Members.of(3).suspects(1, 2, 3);

        controller.decide(cutOff.verdicts(), now);
        controller.decide(cutOff.verdicts(), now);
        assertThat(host.writes).isEmpty();
        assertThat(host.requeues).isEqualTo(1);

        controller.decide(Members.of(3).verdicts(), now);
        controller.onWritten(WriteOutcome.DEPOSED);
        host.writes.clear();
    }

    @Test
    void onlyCopy_isWaitedFor_asLongAsItMayComeBack() {
        Controller controller = controllerOf(2, on(2), on(1, 2));
        Members silent = Members.of(3).areWithout(2);

        controller.decide(silent.verdicts(), now);
        assertThat(((TableWrite.Change) host.writes.getFirst()).expelled())
                .as("who has the only copy keeps its life")
                .isEmpty();
        doneBy(controller);
        now += 100 * SECOND;
        PartitionTable later = settle(controller, silent);

        assertThat(later.record(0).primary()).isEqualTo(inc(2));
        assertThat(later.record(0).epoch().generation()).isEqualTo(1);
        assertThat(later.record(1).inSync()).doesNotContain(inc(2));
    }

    @Test
    void lostPartition_beginsAnew_whenNoLicenceCanLast() {
        Controller controller = controllerOf(2, on(2, 3));
        Members lost = Members.of(3).isGone(2).isGone(3);
        controller.decide(lost.verdicts(), now);
        assertThat(host.writes).isEmpty();

        now += TIMES.graceNanos();
        controller.decide(lost.verdicts(), now);
        assertThat(host.writes).as("clocks differ by one in a hundred").isEmpty();
        now += TIMES.graceNanos() / 40;
        controller.decide(lost.verdicts(), now);

        PartitionRecord anew = doneBy(controller).record(0);
        assertThat(anew.primary()).isEqualTo(inc(1));
        assertThat(anew.inSync()).containsExactly(inc(1));
        assertThat(anew.epoch().generation()).isEqualTo(2);
    }

    /** L3. */
    @Test
    void lostPartition_whereSomeCachesNeedNotWait_beginsAnewAtOnce_andIsFirmWhenNoLicenceCanLast() {
        lossPolicies = List.of(LossPolicy.RESET_NOW, LossPolicy.RESET);
        Controller controller = controllerOf(2, on(2, 3));
        Members silent = Members.of(4).areWithout(2).isGone(3);
        settle(controller, silent);
        assertThat(table.table().record(0).epoch().generation())
                .as("as long as there is a znode")
                .isEqualTo(1);

        settle(controller, silent.isGone(2));
        PartitionRecord early = table.table().record(0);
        assertThat(early.epoch().generation()).isEqualTo(2);
        assertThat(early.epoch().standing()).isEqualTo(Standing.PROVISIONAL);

        now += TIMES.graceNanos();
        assertThat(settle(controller, silent).record(0).epoch().standing())
                .as("clocks differ by one in a hundred")
                .isEqualTo(Standing.PROVISIONAL);
        now += TIMES.graceNanos() / 40;
        PartitionRecord firm = settle(controller, silent).record(0);
        assertThat(firm.epoch().standing()).isEqualTo(Standing.FIRM);
        assertThat(firm.epoch().generation()).isEqualTo(2);
    }

    /** L3. */
    @Test
    void provisionalGeneration_isTimedAnewByTheNextController_andNotByOtherChanges() {
        PartitionRecord early = on(2, 3).resetEarly(inc(1));
        Controller next = controllerOf(2, early);
        settle(next, Members.of(2));
        now += TIMES.graceNanos();
        PartitionRecord joining = settle(next, Members.of(2)).record(0);
        assertThat(joining.joining()).isNotEmpty();
        assertThat(joining.epoch().standing()).isEqualTo(Standing.PROVISIONAL);

        next.onAsked(inc(1), 0, new ControllerRequest.Expand(joining.version(), inc(2)));
        now += TIMES.graceNanos() / 40;
        assertThat(settle(next, Members.of(2)).record(0).epoch().standing()).isEqualTo(Standing.FIRM);
    }

    /** L2. */
    @Test
    void lostPartition_whoseOwnersAreKnownToHaveStopped_isNotBegunProvisionally() {
        lossPolicies = List.of(LossPolicy.RESET_NOW);
        Controller controller = controllerOf(2, on(2, 3));
        Members lost = Members.of(3).saidGoodbye(2).saidGoodbye(3);
        controller.decide(lost.verdicts(), now);
        assertThat(host.writes).isEmpty();

        now += TIMES.leaseNanos() + TIMES.leaseNanos() / 10;
        controller.decide(lost.verdicts(), now);
        assertThat(doneBy(controller).record(0).epoch().standing()).isEqualTo(Standing.FIRM);
    }

    @Test
    void lostPartition_whoseOwnersAreKnownToHaveStopped_beginsAnewAfterALease() {
        Controller controller = controllerOf(2, on(2, 3));
        Members lost = Members.of(3).saidGoodbye(2).saidGoodbye(3);
        controller.decide(lost.verdicts(), now);
        now += TIMES.leaseNanos();
        controller.decide(lost.verdicts(), now);
        assertThat(host.writes).isEmpty();

        now += TIMES.leaseNanos() / 10;
        controller.decide(lost.verdicts(), now);
        assertThat(doneBy(controller).record(0).epoch().generation()).isEqualTo(2);
    }
}
