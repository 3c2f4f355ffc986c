package io.fyercache.sharded.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of clusters: after each join, leave, move to another place or change of capacity, every promise holds. */
class PlacementSequenceTest {
    private static final int SEQUENCES = 300;
    private static final int STEPS = 20;
    private static final int PARTITIONS = 256;
    private static final int MOST_MEMBERS = 14;

    /** Copies that may move beyond those that must, of all, where every member is on a host of its own in no zone. */
    private static final double SLACK = 0.05;

    /** The same where copies keep out of each other's zones and hosts, and so often have to move in chains. */
    private static final double SLACK_BETWEEN_ZONES = 0.10;

    static LongStream seeds() {
        return LongStream.range(0, SEQUENCES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPromise_holdsAfterEachStep(long seed) {
        new Cluster(seed).live();
    }

    private static final class Cluster {
        private final Random random;
        private final String name;
        private final Redundancy redundancy;
        private final boolean apart;
        private final int zones;
        private final int hosts;
        private final List<Member> members = new ArrayList<>();
        private long births;
        private PartitionTable table;

        Cluster(long seed) {
            random = new Random(seed);
            name = "seed " + seed;
            redundancy = random.nextInt(10) == 0 ? Redundancy.EVERY_MEMBER : Redundancy.backups(random.nextInt(4));
            apart = random.nextInt(3) == 0;
            zones = random.nextInt(5);
            hosts = 1 + random.nextInt(20);
            int founders = 1 + random.nextInt(MOST_MEMBERS - 2);
            for (int i = 0; i < founders; i++) {
                members.add(newMember());
            }
            table = PartitionTable.initial(
                    PartitionLayout.spread(PARTITIONS), members.get(0).incarnation());
            table = Scenario.carriedOut(PartitionPlacer.place(members, redundancy, table));
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                long mustMove = change();
                Placement placement = PartitionPlacer.place(members, redundancy, table);

                String where = name + ", step " + step + ", " + members.size() + " members";
                assertCopies(placement, where);
                assertLoads(placement, where);
                assertThat((double) Scenario.moved(table, placement))
                        .as("copies moved; %s", where)
                        .isLessThanOrEqualTo(allowed(mustMove, placement));
                assertRepeatable(placement, where);
                table = random.nextBoolean() ? Scenario.carriedOut(placement) : Scenario.planned(table, placement);
            }
        }

        /** Makes one change and returns how many copies must move because of it; less than 0 if that is hard to say. */
        private long change() {
            int kind = random.nextInt(5);
            if (members.size() < 2 || (kind < 2 && members.size() < MOST_MEMBERS)) {
                members.add(newMember());
                return 0;
            }
            int at = random.nextInt(members.size());
            Member member = members.get(at);
            if (kind < 4) {
                members.remove(at);
                return held(member);
            }
            members.set(at, placed(member.incarnation().number()));
            return -1;
        }

        private long held(Member member) {
            return IntStream.range(0, PARTITIONS)
                    .filter(partition -> table.record(partition).target().contains(member.incarnation()))
                    .count();
        }

        private Member newMember() {
            return placed(++births);
        }

        private Member placed(long incarnation) {
            int capacity = random.nextInt(3) > 0 ? 100 : 50 + random.nextInt(300);
            if (apart) {
                return Scenario.member(incarnation, "host-" + incarnation, Location.NO_ZONE, capacity);
            }
            String zone = zones == 0 ? Location.NO_ZONE : "zone-" + random.nextInt(zones);
            return Scenario.member(incarnation, "host-" + random.nextInt(hosts), zone, capacity);
        }

        /**
         * A newcomer may take what it takes, what a leaver had may go elsewhere, and whoever is below its fair share may be
         * filled up to it: to spread copies over other zones changes the shares of others as well.
         */
        private double allowed(long mustMove, Placement placement) {
            int copies = PARTITIONS * redundancy.copiesAmong(members.size());
            if (mustMove < 0) {
                return copies;
            }
            Member newest = members.get(members.size() - 1);
            boolean joined = mustMove == 0;
            double needed = joined ? Scenario.copiesOf(newest, placement) : mustMove;
            double slack = apart ? SLACK : SLACK_BETWEEN_ZONES;
            return Math.max(needed, lackingToday()) + slack * copies;
        }

        private double lackingToday() {
            List<Member> sorted = new PlacedMembers(members).list();
            double[] exact =
                    new FailureDomains(sorted).copiesByCapacity(redundancy.copiesAmong(members.size()), PARTITIONS);
            return IntStream.range(0, exact.length)
                    .mapToDouble(i -> Math.max(0, exact[i] - held(sorted.get(i))))
                    .sum();
        }

        private void assertCopies(Placement placement, String where) {
            Map<Incarnation, Location> locations = new TreeMap<>();
            members.forEach(member -> locations.put(member.incarnation(), member.location()));
            int copies = redundancy.copiesAmong(members.size());
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<Incarnation> target = placement.target(partition);
                assertThat(target)
                        .as("partition %d; %s", partition, where)
                        .hasSize(copies)
                        .doesNotHaveDuplicates();
                assertThat(locations.keySet()).as(where).containsAll(target);
                List<Location> taken = target.stream().map(locations::get).toList();
                assertEven(taken, locations.values(), Location::zone, where);
                for (String zone : byKey(taken, Location::zone).keySet()) {
                    assertEven(in(zone, taken), in(zone, locations.values()), Location::host, where);
                }
            }
        }

        private static List<Location> in(String zone, Collection<Location> locations) {
            return locations.stream()
                    .filter(location -> location.zone().equals(zone))
                    .toList();
        }

        /** No zone (host) has two copies more than another that has a member without one. */
        private static void assertEven(
                Collection<Location> taken, Collection<Location> all, Function<Location, String> domain, String where) {
            Map<String, Long> counts = byKey(taken, domain);
            Map<String, Long> sizes = byKey(all, domain);
            long most = Collections.max(counts.values());
            sizes.forEach((name, size) -> {
                long count = counts.getOrDefault(name, 0L);
                if (count < size) {
                    assertThat(most - count)
                            .as("copies in %s of %s; %s", name, counts, where)
                            .isLessThanOrEqualTo(1);
                }
            });
        }

        private static Map<String, Long> byKey(Collection<Location> locations, Function<Location, String> key) {
            return locations.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
        }

        private void assertLoads(Placement placement, String where) {
            List<Member> sorted = new PlacedMembers(members).list();
            double[] exact =
                    new FailureDomains(sorted).copiesByCapacity(redundancy.copiesAmong(members.size()), PARTITIONS);
            double[] exactPrimaries = FairDivision.divide(
                    PARTITIONS, new PlacedMembers(members).capacities(), new double[exact.length], exact);
            for (int i = 0; i < exact.length; i++) {
                assertThat((double) Scenario.copiesOf(sorted.get(i), placement))
                        .as("copies of %s; %s", sorted.get(i), where)
                        .isBetween(Math.floor(exact[i] + 1e-6), Math.ceil(exact[i] - 1e-6));
                assertThat((double) Scenario.primariesOf(sorted.get(i), placement))
                        .as("primaries of %s; %s", sorted.get(i), where)
                        .isBetween(Math.floor(exactPrimaries[i] + 1e-6), Math.ceil(exactPrimaries[i] - 1e-6));
            }
        }

        private void assertRepeatable(Placement placement, String where) {
            List<Member> shuffled = new ArrayList<>(members);
            Collections.shuffle(shuffled, random);

            assertThat(PartitionPlacer.place(shuffled, redundancy, table))
                    .as("the same again; %s", where)
                    .isEqualTo(placement);
            assertThat(PartitionPlacer.place(shuffled, redundancy, Scenario.planned(table, placement)))
                    .as("nothing changed; %s", where)
                    .isEqualTo(placement);
        }
    }
}
