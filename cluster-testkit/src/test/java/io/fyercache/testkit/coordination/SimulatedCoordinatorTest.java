package io.fyercache.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.FakeZooKeeper.Loss;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the contract does not ask for: a member that is paused, and one event for each thing that is told. */
class SimulatedCoordinatorTest {
    private static final long SECOND = 1_000_000_000;

    private final Timeline timeline = new Timeline();
    private final FakeZooKeeper zookeeper = new FakeZooKeeper(timeline, new Random(1), ZooKeeperFaults.NONE);

    /** A member that notes what it is told, and can be paused. */
    private final class Member implements CoordinationListener {
        private final List<String> told = new ArrayList<>();
        private final List<Runnable> whilePaused = new ArrayList<>();
        private boolean paused;
        private boolean leavesOnTable;
        private SimulatedCoordinator coordinator;

        Member(int number) {
            MemberDescription description = new MemberDescription(
                    new UUID(0, number),
                    "node-" + number,
                    new Location("host", Location.NO_ZONE),
                    new DataAddress("10.0.0.1", 7400),
                    MemberDescription.DEFAULT_CAPACITY,
                    new ProtocolVersions(1, 1));
            SimulatedCoordinator.join(
                    zookeeper, timeline, this::run, description, this, joined -> coordinator = joined);
            pass(SECOND);
        }

        private void run(Runnable action) {
            if (paused) {
                whilePaused.add(action);
            } else {
                action.run();
            }
        }

        void resume() {
            paused = false;
            List<Runnable> missed = new ArrayList<>(whilePaused);
            whilePaused.clear();
            missed.forEach(this::run);
        }

        @Override
        public void membersChanged(MembersPresent members) {
            told.add(members.members().size() + " members");
        }

        @Override
        public void candidatesChanged(List<Incarnation> queue) {
            told.add(queue.size() + " candidates");
        }

        @Override
        public void controllerChanged(ControllerEpoch epoch, @Nullable Incarnation controller) {
            told.add("epoch " + epoch.number());
        }

        @Override
        public void tableChanged(VersionedTable table) {
            told.add("table " + table.version());
            if (leavesOnTable) {
                coordinator.leave();
            }
        }

        @Override
        public void licenceRenewed(long sentNanos) {
            told.add("licence " + sentNanos);
        }

        @Override
        public void claimEnded(ClaimOutcome outcome) {
            told.add("claim");
        }

        @Override
        public void writeEnded(WriteOutcome outcome) {
            told.add("write " + outcome);
        }

        @Override
        public void refreshed() {
            told.add("refreshed");
        }

        @Override
        public void expelled() {
            told.add("expelled");
        }
    }

    private void pass(long nanos) {
        timeline.runUntil(timeline.nowNanos() + nanos, () -> {});
    }

    @Test
    void pausedMember_hearsLater_inOrder() {
        Member member = new Member(1);
        member.told.clear();
        member.coordinator.renewLicence(1);
        member.coordinator.claim(new ControllerEpoch(0));
        member.coordinator.refresh();
        member.paused = true;

        pass(2 * SECOND);
        assertThat(member.told).isEmpty();
        member.resume();
        pass(SECOND);

        assertThat(member.told).containsExactly("licence 1", "claim", "epoch 1", "refreshed");
    }

    @Test
    void memberPausedTooLong_hearsThatItIsOver_onlyWhenItGoesOn() {
        Member paused = new Member(1);
        Member other = new Member(2);
        pass(SECOND);
        paused.told.clear();
        paused.paused = true;

        pass(15 * SECOND);
        assertThat(other.told).contains("1 members", "1 candidates");
        assertThat(paused.told).isEmpty();
        paused.resume();
        paused.coordinator.renewLicence(1);
        pass(SECOND);

        assertThat(paused.told).containsExactly("expelled");
    }

    @Test
    void memberWhoseSessionExpiresWhileCutOff_doesNotKnow_untilItReachesTheEnsemble() {
        Member cut = new Member(1);
        zookeeper.cutOff(cut.coordinator.session(), Loss.EVERYTHING, 30 * SECOND);

        pass(29 * SECOND);
        assertThat(cut.told).doesNotContain("expelled");
        pass(2 * SECOND);

        assertThat(cut.told).endsWith("expelled");
    }

    @Test
    void leave_tellsNothingMore_notEvenWhatIsDue() {
        Member member = new Member(1);
        member.coordinator.claim(new ControllerEpoch(0));
        pass(SECOND);
        member.told.clear();
        member.leavesOnTable = true; // The outcome of the write is due at the same instant.
        member.coordinator.renewLicence(1);
        member.coordinator.write(new TableWrite.Found(
                new ControllerEpoch(1), PartitionTable.initial(PartitionLayout.spread(16), member.coordinator.self())));
        member.coordinator.refresh();

        pass(10 * SECOND);

        assertThat(member.told).containsExactly("licence 1", "table 1");
    }

    @Test
    void eachThingTold_isAnEventOfItsOwn() {
        Member member = new Member(1);
        int[] before = {member.told.size()};
        member.coordinator.claim(new ControllerEpoch(0));
        member.coordinator.refresh();
        member.coordinator.renewLicence(1);
        assertThat(member.told).hasSize(before[0]);

        timeline.runUntil(timeline.nowNanos() + SECOND, () -> {
            assertThat(member.told.size() - before[0]).isLessThanOrEqualTo(1);
            before[0] = member.told.size();
        });

        assertThat(member.told).contains("claim", "epoch 1", "refreshed", "licence 1");
    }
}
