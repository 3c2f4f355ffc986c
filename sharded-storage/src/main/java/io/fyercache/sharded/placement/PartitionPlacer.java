package io.fyercache.sharded.placement;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which members should hold each partition. A pure function: the result depends on the members (in whatever order),
 * the wanted redundancy and today's table, and on nothing else.
 *
 * <p>In the order in which one yields to another, it sees to it that
 *
 * <ol>
 *   <li>the copies of a partition are on different members;
 *   <li>they are spread evenly over zones, and in a zone over hosts ({@link FailureDomains});
 *   <li>copies, and primaries, are shared out in proportion to capacity, to within one partition of a member's share
 *       ({@link Share});
 *   <li>few copies move: what today's target has stays unless one of the above is against it;
 *   <li>of copies that must move, those go first that nobody would miss, and to members that hold the data already.
 * </ol>
 *
 * <p>Partitions of replicated caches are on every member, so only their primaries are shared out.
 *
 * <p>It fills what is missing where most is lacking, then moves along shortest chains of members until loads are fair ({@link
 * Balancer}). Placing anew with the resulting target and the same members changes nothing. ADR 10 says why this way.
 */
public final class PartitionPlacer {
    private final PlacedMembers members;
    private final List<PartitionRecord> today;
    private final int wanted;
    private final FailureDomains domains;
    private final double[] exactCopies;
    private final Share[] copyShares;
    private final CopyLayout layout;
    private final int[] primaries;
    private final BitSet[] led;

    private PartitionPlacer(PlacedMembers members, Redundancy redundancy, List<PartitionRecord> today) {
        this.members = members;
        this.today = today;
        this.wanted = redundancy.copiesAmong(members.count());
        this.domains = new FailureDomains(members.list());
        this.exactCopies = domains.copiesByCapacity(wanted, today.size());
        this.copyShares = shares(exactCopies);
        this.layout = new CopyLayout(domains, today.size());
        this.primaries = new int[today.size()];
        this.led = new BitSet[members.count()];
        for (int member = 0; member < led.length; member++) {
            led[member] = new BitSet(primaries.length);
        }
    }

    /**
     * Makes the plan.
     *
     * @param members all who are to hold copies, 1..{@value Member#MAX_MEMBERS}; who is to leave is not among them
     * @param redundancy how many copies are wanted of the partitions that are not replicated
     * @param today the table as it is; only its targets and the members in sync count
     * @throws IllegalArgumentException if there are no members, too many, or one twice
     */
    public static Placement place(Collection<Member> members, Redundancy redundancy, PartitionTable today) {
        PlacedMembers placed = new PlacedMembers(members);
        PartitionLayout layout = today.layout();
        List<PartitionRecord> records = today.records();
        Placement spread = place(placed, redundancy, records.subList(0, layout.spread()));
        return layout.replicated() == 0
                ? spread
                : spread.and(place(placed, Redundancy.EVERY_MEMBER, records.subList(layout.spread(), layout.count())));
    }

    private static Placement place(PlacedMembers members, Redundancy redundancy, List<PartitionRecord> today) {
        PartitionPlacer placer = new PartitionPlacer(members, redundancy, today);
        placer.placeCopies();
        placer.placePrimaries();
        return new Placement(placer.targets(), placer.shortfalls(redundancy));
    }

    private static Share[] shares(double[] exact) {
        Share[] shares = new Share[exact.length];
        for (int member = 0; member < exact.length; member++) {
            shares[member] = Share.around(exact[member]);
        }
        return shares;
    }

    private void placeCopies() {
        new CopyFilling(members, today, layout, exactCopies).fill(wanted);
        new Balancer(new CopyExchange(), copyShares).balance();
    }

    private void placePrimaries() {
        List<Integer> open = new ArrayList<>();
        for (int partition = 0; partition < primaries.length; partition++) {
            PartitionRecord record = today.get(partition);
            int before = holder(partition, record.target().get(0));
            int candidate = before >= 0 ? before : holder(partition, record.primary());
            if (candidate >= 0) {
                lead(partition, candidate);
            } else {
                open.add(partition);
            }
        }
        double[] exact =
                FairDivision.divide(primaries.length, members.capacities(), new double[members.count()], exactCopies);
        for (int partition : open) {
            lead(partition, leastLeading(partition, exact));
        }
        new Balancer(new PrimaryExchange(), shares(exact)).balance();
    }

    /** The number of a member if it is to hold the partition, else less than 0. */
    private int holder(int partition, Incarnation incarnation) {
        int member = members.number(incarnation);
        return member >= 0 && layout.holds(member, partition) ? member : -1;
    }

    private int leastLeading(int partition, double[] exact) {
        int best = -1;
        double leastLoad = Double.MAX_VALUE;
        for (int member = 0; member < led.length; member++) {
            double load = (led[member].cardinality() + 1) / exact[member];
            if (layout.holds(member, partition) && (best < 0 || load < leastLoad)) {
                best = member;
                leastLoad = load;
            }
        }
        return best;
    }

    private void lead(int partition, int member) {
        primaries[partition] = member;
        led[member].set(partition);
    }

    private boolean isInSync(int partition, int member) {
        return today.get(partition).inSync().contains(members.incarnation(member));
    }

    private List<List<Incarnation>> targets() {
        List<List<Incarnation>> targets = new ArrayList<>(primaries.length);
        for (int partition = 0; partition < primaries.length; partition++) {
            targets.add(target(partition));
        }
        return Collections.unmodifiableList(targets);
    }

    /** The primary, then the others in the order that they had, then new ones. */
    private List<Incarnation> target(int partition) {
        List<Incarnation> target = new ArrayList<>(wanted);
        target.add(members.incarnation(primaries[partition]));
        for (Incarnation before : today.get(partition).target()) {
            if (holder(partition, before) >= 0 && !target.contains(before)) {
                target.add(before);
            }
        }
        for (int member = 0; member < members.count(); member++) {
            if (layout.holds(member, partition) && !target.contains(members.incarnation(member))) {
                target.add(members.incarnation(member));
            }
        }
        return Collections.unmodifiableList(target);
    }

    private Map<Shortfall, Integer> shortfalls(Redundancy redundancy) {
        Map<Shortfall, Integer> shortfalls = new EnumMap<>(Shortfall.class);
        for (int partition = 0; partition < primaries.length; partition++) {
            if (!redundancy.isEveryMember() && wanted < redundancy.copies()) {
                shortfalls.merge(Shortfall.FEWER_COPIES, 1, Integer::sum);
            }
            if (domains.zones() > 1 && layout.sharesZone(partition)) {
                shortfalls.merge(Shortfall.SHARED_ZONE, 1, Integer::sum);
            }
            if (layout.sharesHost(partition)) {
                shortfalls.merge(Shortfall.SHARED_HOST, 1, Integer::sum);
            }
        }
        return Collections.unmodifiableMap(shortfalls);
    }

    /** Copies move if the others stay evenly spread. */
    private final class CopyExchange implements Exchange {
        @Override
        public int load(int member) {
            return layout.load(member);
        }

        @Override
        public BitSet of(int member) {
            return layout.heldBy(member);
        }

        @Override
        public boolean mayMove(int partition, int from, int to) {
            return layout.mayMove(partition, from, to);
        }

        @Override
        public void move(int partition, int from, int to) {
            layout.remove(partition, from);
            layout.add(partition, to);
        }

        @Override
        public long cost(int partition, int from, int to) {
            PartitionRecord record = today.get(partition);
            Incarnation giver = members.incarnation(from);
            long cost = isInSync(partition, to) ? 0 : 4;
            cost += isInSync(partition, from) ? 2 : 0;
            cost += record.target().get(0).equals(giver) || record.primary().equals(giver) ? 1 : 0;
            return (cost << 60) | (members.rank(partition, to) >>> 4);
        }
    }

    /** The lead of a partition moves among its copies. */
    private final class PrimaryExchange implements Exchange {
        @Override
        public int load(int member) {
            return led[member].cardinality();
        }

        @Override
        public BitSet of(int member) {
            return led[member];
        }

        @Override
        public boolean mayMove(int partition, int from, int to) {
            return primaries[partition] == from && layout.holds(to, partition);
        }

        @Override
        public void move(int partition, int from, int to) {
            led[from].clear(partition);
            lead(partition, to);
        }

        @Override
        public long cost(int partition, int from, int to) {
            long cost = isInSync(partition, to) ? 0 : 1;
            return (cost << 62) | members.rank(partition, to);
        }
    }
}
