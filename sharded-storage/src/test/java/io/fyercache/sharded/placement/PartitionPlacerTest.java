package io.fyercache.sharded.placement;

import static io.fyercache.sharded.placement.Scenario.carriedOut;
import static io.fyercache.sharded.placement.Scenario.copiesOf;
import static io.fyercache.sharded.placement.Scenario.founded;
import static io.fyercache.sharded.placement.Scenario.inZone;
import static io.fyercache.sharded.placement.Scenario.member;
import static io.fyercache.sharded.placement.Scenario.members;
import static io.fyercache.sharded.placement.Scenario.moved;
import static io.fyercache.sharded.placement.Scenario.planned;
import static io.fyercache.sharded.placement.Scenario.primariesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionPlacerTest {
    private static final int PARTITIONS = PartitionLayout.STANDARD.spread();
    private static final Redundancy ONE_BACKUP = Redundancy.backups(1);

    private static PartitionTable settled(List<Member> members, Redundancy redundancy) {
        return carriedOut(PartitionPlacer.place(members, redundancy, founded()));
    }

    private static List<Member> without(List<Member> members, int index) {
        List<Member> rest = new ArrayList<>(members);
        rest.remove(index);
        return rest;
    }

    static IntStream sizes() {
        return IntStream.rangeClosed(3, 50);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void place_equalMembers_sharesCopiesAndPrimariesWithin5Percent(int size) {
        for (int backups = 0; backups <= 2; backups++) {
            List<Member> members = members(size);
            Placement placement = PartitionPlacer.place(members, Redundancy.backups(backups), founded());

            double copies = PARTITIONS * (1.0 + backups) / size;
            assertThat(members)
                    .allSatisfy(member ->
                            assertThat(copiesOf(member, placement) / copies).isLessThanOrEqualTo(1.05));
            assertThat(members)
                    .allSatisfy(member -> assertThat(primariesOf(member, placement) * (double) size / PARTITIONS)
                            .isLessThanOrEqualTo(1.05));
            assertThat(placement.shortfalls()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void place_afterAJoin_movesNoMoreThanTheShareOfTheNewcomer(int size) {
        for (int backups = 0; backups <= 2; backups++) {
            PartitionTable before = settled(members(size), Redundancy.backups(backups));

            Placement after = PartitionPlacer.place(members(size + 1), Redundancy.backups(backups), before);

            double copies = PARTITIONS * (1.0 + backups);
            assertThat(moved(before, after) / copies).isLessThanOrEqualTo(1.0 / (size + 1) + 0.05);
            assertThat(moved(before, after)).as("only to the newcomer").isEqualTo((int)
                    copiesOf(member(size + 1), after));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void place_afterALeave_movesLittleMoreThanWhatTheLeaverHad(int size) {
        List<Member> members = members(size);
        Placement settled = PartitionPlacer.place(members, ONE_BACKUP, founded());
        PartitionTable before = carriedOut(settled);

        Placement after = PartitionPlacer.place(without(members, size / 2), ONE_BACKUP, before);

        double copies = PARTITIONS * 2.0;
        assertThat((double) moved(before, after))
                .isLessThanOrEqualTo(copiesOf(members.get(size / 2), settled) + 0.05 * copies);
    }

    @Test
    void place_capacities_sharesInProportion() {
        List<Member> members = List.of(
                member(1, "a", "", 100), member(2, "b", "", 200), member(3, "c", "", 100), member(4, "d", "", 400));

        Placement placement = PartitionPlacer.place(members, Redundancy.backups(0), founded());

        assertThat(members.stream().map(member -> copiesOf(member, placement))).containsExactly(128L, 256L, 128L, 512L);
    }

    @Test
    void place_oneMemberWithMostOfTheCapacity_holdsEveryPartitionAndLeadsItsShare() {
        List<Member> members = List.of(member(1, "a", "", 100), member(2, "b", "", 100), member(3, "c", "", 800));

        Placement placement = PartitionPlacer.place(members, ONE_BACKUP, founded());

        assertThat(members.stream().map(member -> copiesOf(member, placement))).containsExactly(512L, 512L, 1024L);
        assertThat(primariesOf(members.get(2), placement)).isBetween(819L, 820L);
    }

    @Test
    void place_threeZones_hasACopyInEachWhateverTheirSizes() {
        List<Member> members =
                List.of(inZone(1, "a"), inZone(2, "a"), inZone(3, "a"), inZone(4, "a"), inZone(5, "b"), inZone(6, "c"));

        Placement placement = PartitionPlacer.place(members, Redundancy.backups(2), founded());

        assertThat(placement.shortfalls()).isEmpty();
        assertThat(members.stream().map(member -> copiesOf(member, placement)))
                .containsExactly(256L, 256L, 256L, 256L, 1024L, 1024L);
    }

    @Test
    void place_hostsOfTwoMembers_hasCopiesOnTwoHosts() {
        List<Member> members = List.of(
                member(1, "a", "", 100), member(2, "a", "", 100), member(3, "b", "", 100), member(4, "b", "", 100));

        Placement placement = PartitionPlacer.place(members, ONE_BACKUP, founded());

        assertThat(placement.shortfalls()).isEmpty();
        assertThat(members).allSatisfy(member -> {
            assertThat(copiesOf(member, placement)).isEqualTo(512);
            assertThat(primariesOf(member, placement)).isEqualTo(256);
        });
    }

    @Test
    void place_tooFewOfAll_doesWhatItCanAndSaysSo() {
        List<Member> oneHost = List.of(member(1, "a", "", 100), member(2, "a", "", 100));
        List<Member> twoZones = List.of(inZone(1, "a"), inZone(2, "a"), inZone(3, "b"));

        assertThat(PartitionPlacer.place(oneHost, Redundancy.backups(2), founded())
                        .shortfalls())
                .isEqualTo(Map.of(Shortfall.FEWER_COPIES, PARTITIONS, Shortfall.SHARED_HOST, PARTITIONS));
        assertThat(PartitionPlacer.place(twoZones, Redundancy.backups(2), founded())
                        .shortfalls())
                .isEqualTo(Map.of(Shortfall.SHARED_ZONE, PARTITIONS));
        assertThat(PartitionPlacer.place(members(1), Redundancy.EVERY_MEMBER, founded())
                        .shortfalls())
                .isEmpty();
    }

    @Test
    void place_everyMember_holdsEveryPartitionAndLeadsItsShare() {
        List<Member> members = members(16);

        Placement placement = PartitionPlacer.place(members, Redundancy.EVERY_MEMBER, founded());

        assertThat(members).allSatisfy(member -> {
            assertThat(copiesOf(member, placement)).isEqualTo(PARTITIONS);
            assertThat(primariesOf(member, placement)).isEqualTo(PARTITIONS / 16);
        });
    }

    /** When a member fails, the backups of its partitions take over; they should be many, not one. */
    @Test
    void place_equalMembers_backupsOfOneAreOnAllOthers() {
        List<Member> members = members(10);
        Placement placement = PartitionPlacer.place(members, ONE_BACKUP, founded());

        for (Member leader : members) {
            long[] backups = new long[11];
            placement.targets().stream()
                    .filter(target -> target.get(0).equals(leader.incarnation()))
                    .forEach(target -> backups[(int) target.get(1).number()]++);

            // 102 on 9 others: 11 each, if chance were fair.
            assertThat(Arrays.stream(backups).max().orElseThrow())
                    .as("backups of %s: %s", leader, Arrays.toString(backups))
                    .isLessThan(34);
            assertThat(Arrays.stream(backups).filter(count -> count > 0).count())
                    .isGreaterThanOrEqualTo(8);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "7, 2", "20, 1", "50, 2"})
    void place_nothingChanged_changesNothing(int size, int backups) {
        Redundancy redundancy = Redundancy.backups(backups);
        Placement first = PartitionPlacer.place(members(size), redundancy, founded());

        assertThat(PartitionPlacer.place(members(size), redundancy, planned(founded(), first)))
                .isEqualTo(first);
        assertThat(PartitionPlacer.place(members(size), redundancy, carriedOut(first)))
                .isEqualTo(first);
    }

    /** After a takeover the plan still wants the dead primary: it is replaced, and the one that leads now goes on. */
    @Test
    void place_wantedPrimaryIsGone_theActualOneGoesOn() {
        List<Member> members = members(5);
        PartitionTable before = settled(members, ONE_BACKUP);
        List<PartitionRecord> records = new ArrayList<>();
        Incarnation dead = members.get(0).incarnation();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            PartitionRecord record = before.record(partition);
            records.add(
                    record.primary().equals(dead)
                            ? record.takeOver(record.target().get(1), List.of(dead))
                            : record.inSync().contains(dead) ? record.shrink(List.of(dead)) : record);
        }
        PartitionTable afterTakeover = PartitionTable.of(PartitionLayout.spread(records.size()), records);

        Placement after = PartitionPlacer.place(without(members, 0), ONE_BACKUP, afterTakeover);

        long led = IntStream.range(0, PARTITIONS)
                .filter(partition -> after.target(partition)
                        .get(0)
                        .equals(afterTakeover.record(partition).primary()))
                .count();
        assertThat(led).isGreaterThan(PARTITIONS * 95 / 100);
    }

    /** A copy that arrived for an earlier plan is used rather than a new one shipped. */
    @Test
    void place_memberInSyncButNotInTheTarget_isPreferred() {
        List<Member> members = members(4);
        Incarnation dead = members.get(3).incarnation();
        PartitionTable before = settled(members, ONE_BACKUP);
        List<PartitionRecord> records = new ArrayList<>();
        List<Integer> affected = new ArrayList<>();
        List<Incarnation> surplus = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            PartitionRecord record = before.record(partition);
            int at = partition;
            if (record.target().contains(dead) && !record.primary().equals(dead)) {
                Incarnation third = members.stream()
                        .map(Member::incarnation)
                        .filter(member -> !before.record(at).inSync().contains(member))
                        .skip(partition % 2)
                        .findFirst()
                        .orElseThrow();
                record = record.startJoin(third).expand(third);
                affected.add(partition);
                surplus.add(third);
            }
            records.add(record);
        }

        Placement after = PartitionPlacer.place(
                members.subList(0, 3), ONE_BACKUP, PartitionTable.of(PartitionLayout.spread(records.size()), records));

        long used = IntStream.range(0, affected.size())
                .filter(i -> after.target(affected.get(i)).contains(surplus.get(i)))
                .count();
        assertThat(used).isGreaterThan(affected.size() * 8L / 10);
    }

    @Test
    void place_orderOfMembers_doesNotMatter() {
        List<Member> members = new ArrayList<>(members(12));
        PartitionTable before = settled(members(11), ONE_BACKUP);
        Placement placement = PartitionPlacer.place(members, ONE_BACKUP, before);

        Collections.reverse(members);

        assertThat(PartitionPlacer.place(members, ONE_BACKUP, before)).isEqualTo(placement);
    }

    /** The seam for other JVMs: each of them must make this plan. A change of the algorithm changes the number. */
    @Test
    void place_onAnyJvm_yieldsTheSamePlan() {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= 17; i++) {
            members.add(member(1000L * i, "host-" + i % 9, "zone-" + i % 3, 50 + 10 * i));
        }
        PartitionTable first = carriedOut(PartitionPlacer.place(members, ONE_BACKUP, founded()));

        Placement second = PartitionPlacer.place(without(members, 4), Redundancy.backups(2), first);

        assertThat(fingerprint(second)).isEqualTo(4351361717744497991L);
    }

    private static long fingerprint(Placement placement) {
        int copies = placement.targets().stream().mapToInt(List::size).sum();
        ByteBuffer bytes = ByteBuffer.allocate(copies * Long.BYTES);
        placement.targets().forEach(target -> target.forEach(member -> bytes.putLong(member.number())));
        return KeyHash.of(bytes.array());
    }

    @Test
    void place_noMembersOrOneTwice_refused() {
        List<Member> tooMany = members(Member.MAX_MEMBERS + 1);

        assertThatThrownBy(() -> PartitionPlacer.place(List.of(), ONE_BACKUP, founded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of members: 0 (expected: 1..256)");
        assertThatThrownBy(() -> PartitionPlacer.place(tooMany, ONE_BACKUP, founded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of members: 257");
        assertThatThrownBy(() -> PartitionPlacer.place(List.of(member(1), member(1)), ONE_BACKUP, founded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one is there twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6})
    void backups_outOfRange_refused(int backups) {
        assertThatThrownBy(() -> Redundancy.backups(backups))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: 1..6, which is 0..5 backups, or one on every member)");
    }

    @Test
    void place_fewerPartitionsThanMembers_givesNoneTwo() {
        List<Member> members = members(40);
        PartitionTable small = PartitionTable.initial(PartitionLayout.spread(8), new Incarnation(1));

        Placement placement = PartitionPlacer.place(members, ONE_BACKUP, small);

        assertThat(members)
                .allSatisfy(member -> assertThat(copiesOf(member, placement)).isLessThanOrEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 50})
    void place_replicatedPartitions_areOnEveryMember_andTheirPrimariesSharedOut(int size) {
        PartitionLayout layout = new PartitionLayout(256, 64);
        List<Member> members = members(size);

        Placement placement =
                PartitionPlacer.place(members, ONE_BACKUP, PartitionTable.initial(layout, new Incarnation(1)));

        assertThat(placement.targets()).hasSize(layout.count());
        assertThat(placement.targets().subList(0, 256))
                .allSatisfy(target -> assertThat(target).hasSize(Math.min(2, size)));
        List<List<Incarnation>> replicated = placement.targets().subList(256, layout.count());
        assertThat(replicated).allSatisfy(target -> assertThat(target).hasSize(size));
        assertThat(members)
                .allSatisfy(member -> assertThat(replicated.stream()
                                .filter(target -> target.get(0).equals(member.incarnation()))
                                .count())
                        .isBetween(64L / size, 64L / size + 1));
    }
}
