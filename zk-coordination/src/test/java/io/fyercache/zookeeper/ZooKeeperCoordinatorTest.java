package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.ClaimOutcome.Claimed;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.TableDelta;
import io.fyercache.zookeeper.TcpProxy.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;

/** What the contract does not ask for, as it takes real time, a real size, or an operator who does damage. */
class ZooKeeperCoordinatorTest extends OneServerTest {
    /** Of the test that waits for a session to end. */
    private static final Duration SHORT_SESSION = Duration.ofSeconds(1);

    /** Of the test that waits for one not to end: ZooKeeper's client tries again once in up to two seconds. */
    private static final Duration LASTING_SESSION = Duration.ofSeconds(3);

    private static final Duration OUTAGE = Duration.ofSeconds(9);

    private long licence;

    private ZooKeeperCoordinator join(Witness witness) {
        return members.join(Witness.description(), witness);
    }

    private ControllerEpoch claim(ZooKeeperCoordinator member, Witness witness, int known) {
        int before = witness.claims.size();
        members.call(() -> member.claim(new ControllerEpoch(known)));
        LiveMembers.await("claim", () -> witness.claims.size() > before);
        return ((Claimed) witness.claims.get(before)).epoch();
    }

    private WriteOutcome write(ZooKeeperCoordinator member, Witness witness, TableWrite write) {
        int before = witness.writes.size();
        members.call(() -> member.write(write));
        LiveMembers.await("write", () -> witness.writes.size() > before);
        return witness.writes.get(before);
    }

    /** Renews a member's licence, and waits for that. */
    private void renew(ZooKeeperCoordinator member, Witness witness) {
        long sent = ++licence;
        members.call(() -> member.renewLicence(sent));
        LiveMembers.await("licence", () -> witness.licences.contains(sent));
    }

    private void found(ZooKeeperCoordinator member, Witness witness, int partitions) {
        ControllerEpoch epoch = claim(member, witness, 0);
        PartitionTable table = PartitionTable.initial(PartitionLayout.spread(partitions), member.self());
        assertThat(write(member, witness, new TableWrite.Found(epoch, table))).isEqualTo(WriteOutcome.DONE);
    }

    /** Gives each partition three copies and a place for one more. */
    private static TableDelta changeOfAll(PartitionTable table) {
        List<TableDelta.Change> changes = new ArrayList<>();
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            PartitionRecord record = table.record(partition);
            long first = record.primary().number();
            List<Incarnation> copies = LongStream.range(0, 3)
                    .mapToObj(copy -> new Incarnation(first + copy))
                    .toList();
            changes.add(new TableDelta.Change(
                    partition,
                    new PartitionRecord(
                            record.version() + 1, record.epoch(), record.primary(), copies, List.of(), copies)));
        }
        return new TableDelta(table.partitionCount(), changes);
    }

    private static Duration elapsedSince(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Test
    void twoWhoBelieveToControl_oneWrites() {
        Witness first = new Witness();
        Witness second = new Witness();
        ZooKeeperCoordinator deposed = join(first);
        ZooKeeperCoordinator controller = join(second);
        found(deposed, first, 16);
        LiveMembers.await("table", () -> second.tables.size() == 1);
        PartitionTable table = first.tables.get(0).table();
        ControllerEpoch old = new ControllerEpoch(1);
        ControllerEpoch epoch = claim(controller, second, 1);
        TableDelta delta = changeOfAll(table);

        // Both on the version that both know, at once.
        members.call(() -> {
            deposed.write(new TableWrite.Change(old, 1, delta, List.of()));
            controller.write(new TableWrite.Change(epoch, 1, delta, List.of()));
        });

        LiveMembers.await("writes", () -> first.writes.size() == 2 && second.writes.size() == 1);
        assertThat(first.writes.get(1)).isEqualTo(WriteOutcome.DEPOSED);
        assertThat(second.writes).containsExactly(WriteOutcome.DONE);
    }

    @Test
    void tableOf1024Partitions_isChangedAsAWhole_byOneTransaction() throws Exception {
        Witness witness = new Witness();
        Witness other = new Witness();
        ZooKeeperCoordinator controller = join(witness);
        join(other);
        found(controller, witness, PartitionLayout.STANDARD.spread());
        PartitionTable table = witness.tables.get(0).table();
        TableDelta all = changeOfAll(table);

        assertThat(write(controller, witness, new TableWrite.Change(new ControllerEpoch(1), 1, all, List.of())))
                .isEqualTo(WriteOutcome.DONE);

        LiveMembers.await("table", () -> other.tables.stream().anyMatch(told -> told.version() == 2));
        assertThat(other.tables.get(other.tables.size() - 1).table()).isEqualTo(table.apply(all));
        int bytes = 0;
        List<Long> writers = new ArrayList<>();
        for (int segment = 0; segment < PartitionTable.SEGMENTS; segment++) {
            Stat stat = new Stat();
            bytes += operator.getData(settings.chroot() + "/table/seg-" + segment / 10 + segment % 10, false, stat)
                    .length;
            writers.add(stat.getMzxid());
        }
        assertThat(writers).containsOnly(writers.get(0));
        assertThat(bytes).isLessThan(100_000);
    }

    @Test
    void tableThatZooKeeperDoesNotTake_isNotWritten_andTheMemberGoesOn() {
        Witness witness = new Witness();
        ZooKeeperCoordinator controller = join(witness);
        ControllerEpoch epoch = claim(controller, witness, 0);
        List<Incarnation> copies =
                LongStream.rangeClosed(1, 256).mapToObj(Incarnation::new).toList();
        PartitionRecord record = new PartitionRecord(
                1, PartitionRecord.initial(copies.get(0)).epoch(), copies.get(0), copies, List.of(), copies);
        List<PartitionRecord> records = new ArrayList<>();
        for (int partition = 0; partition < PartitionLayout.MAX_SPREAD; partition++) {
            records.add(record);
        }

        WriteOutcome outcome = write(
                controller,
                witness,
                new TableWrite.Found(epoch, PartitionTable.of(PartitionLayout.spread(records.size()), records)));

        assertThat(outcome).isEqualTo(WriteOutcome.OUT_OF_DATE);
        renew(controller, witness);
        assertThat(witness.tables).isEmpty();
        assertThat(witness.expulsions).isEmpty();
    }

    @Test
    void silence_endsASession_andTheMemberHearsOfItWhenItComesBack() {
        settings = settings.within(SHORT_SESSION, ZooKeeperSettings.DEFAULT_JOIN_TIMEOUT);
        members.close();
        members = new LiveMembers(ensemble, settings);
        Witness cut = new Witness();
        Witness other = new Witness();
        ZooKeeperCoordinator silent = join(cut);
        join(other);

        members.set(silent, Traffic.CUT);
        LiveMembers.await("gone", () -> other.present().isGone(silent.self()));
        assertThat(cut.expulsions).isEmpty();
        members.set(silent, Traffic.PASSES);

        LiveMembers.await("the end", () -> !cut.expulsions.isEmpty());
        LiveMembers.get(silent.ended().toCompletableFuture());
        assertThat(cut.expulsions).hasSize(1);
    }

    @Test
    void outageThatIsLongerThanASession_endsNoLife() throws Exception {
        try (Ensemble own = new Ensemble(1)) {
            ZooKeeperSettings there = ZooKeeperSettings.of(own.servers(), own.newChroot())
                    .within(LASTING_SESSION, ZooKeeperSettings.DEFAULT_JOIN_TIMEOUT);
            LiveMembers lasting = new LiveMembers(own, there);
            Witness witness = new Witness();
            ZooKeeperCoordinator member = lasting.join(Witness.description(), witness);
            Incarnation self = member.self();

            own.stop();
            long stopped = System.nanoTime();
            LiveMembers.await(
                    "longer than a session", () -> elapsedSince(stopped).compareTo(OUTAGE) > 0);
            own.restart();

            LiveMembers.await("licence", () -> {
                lasting.call(() -> member.renewLicence(1));
                return !witness.licences.isEmpty();
            });
            assertThat(witness.expulsions).isEmpty();
            assertThat(member.self()).isEqualTo(self);
            assertThat(witness.present().contains(self)).isTrue();
            lasting.close();
        }
    }

    @Test
    void damagedSegment_isNeverTold_andHoldsBackLicenceAndRefresh_untilItIsMended() throws Exception {
        Witness witness = new Witness();
        Witness reader = new Witness();
        ZooKeeperCoordinator controller = join(witness);
        ZooKeeperCoordinator member = join(reader);
        found(controller, witness, 16);
        LiveMembers.await("table", () -> reader.tables.size() == 1);
        String path = settings.chroot() + "/table/seg-07";
        byte[] good = operator.getData(path, false, null);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;

        // As a change would come: the segment, and the version of the table.
        operator.setData(path, bad, -1);
        operator.setData(settings.chroot() + "/table", new byte[0], -1);
        members.call(() -> {
            member.renewLicence(1);
            member.refresh();
        });
        claim(member, reader, 1); // Which is answered after the licence.

        assertThat(reader.licences).isEmpty();
        assertThat(reader.refreshes).isEmpty();
        assertThat(reader.tables).hasSize(1);
        operator.setData(path, good, -1);
        operator.setData(settings.chroot() + "/table", new byte[0], -1);
        renew(member, reader);
        LiveMembers.await("refresh", () -> !reader.refreshes.isEmpty());
        assertThat(reader.expulsions).isEmpty();
    }

    @Test
    void segmentThatIsWrittenWithoutTheVersionOfTheTable_isNotBelieved() throws Exception {
        Witness witness = new Witness();
        Witness late = new Witness();
        found(join(witness), witness, 16);
        String path = settings.chroot() + "/table/seg-07";
        operator.setData(path, operator.getData(path, false, null), -1);

        ZooKeeperCoordinator member = join(late);
        claim(member, late, 1);
        members.call(() -> member.renewLicence(0));
        claim(member, late, 2);

        assertThat(late.tables).isEmpty();
        assertThat(late.licences).isEmpty();
        operator.setData(settings.chroot() + "/table", new byte[0], -1);
        renew(member, late);
        assertThat(late.tables).isNotEmpty();
    }

    @Test
    void damagedController_isNotBelieved() throws Exception {
        Witness witness = new Witness();
        ZooKeeperCoordinator member = join(witness);
        claim(member, witness, 0);
        LiveMembers.await("controller", () -> witness.controllers.contains(member.self()));

        operator.setData(settings.chroot() + "/ctl", new byte[] {1, 2, 3}, -1);
        members.call(() -> member.renewLicence(1));
        operator.setData(settings.chroot() + "/ctl", new byte[0], -1);

        LiveMembers.await("licence", () -> witness.licences.contains(1L));
        assertThat(witness.controllers).containsOnly(member.self());
    }

    @Test
    void candidateThatAnOperatorHasRemoved_standsInTheQueueAgain_whenItRequeues() throws Exception {
        Witness witness = new Witness();
        ZooKeeperCoordinator removed = join(witness);
        ZooKeeperCoordinator other = join(new Witness());
        LiveMembers.await("queue", () -> witness.queue().equals(List.of(removed.self(), other.self())));
        List<String> candidates = new ArrayList<>(operator.getChildren(settings.chroot() + "/latch", false));
        candidates.removeIf(name -> !name.endsWith("-0000000000"));
        operator.delete(settings.chroot() + "/latch/" + candidates.get(0), -1);
        LiveMembers.await("queue", () -> witness.queue().equals(List.of(other.self())));

        members.call(removed::requeue);

        LiveMembers.await("queue", () -> witness.queue().equals(List.of(other.self(), removed.self())));
    }

    @Test
    void memberThatCannotBeRead_isThere_andStopsNobody() throws Exception {
        Witness witness = new Witness();
        ZooKeeperCoordinator member = join(witness);
        String path = settings.chroot() + "/members/" + UUID.randomUUID();
        Stat stat = new Stat();
        operator.create(path, new byte[] {9, 9, 9}, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL, stat);
        Incarnation unreadable = new Incarnation(stat.getCzxid());

        LiveMembers.await("members", () -> witness.present().unreadable().contains(unreadable));
        renew(member, witness);

        assertThat(witness.present().isGone(unreadable)).isFalse();
        assertThat(witness.present().incarnations()).containsExactly(member.self());
        operator.delete(path, -1);
        LiveMembers.await("gone", () -> witness.present().isGone(unreadable));
    }
}
