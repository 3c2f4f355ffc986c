package io.fyercache.sharded.placement;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Fills an empty layout: with the copies of today's targets as far as they may stay, and with new ones where those are too
 * few. Used by one thread, once.
 */
final class CopyFilling {
    private static final int NOBODY = -1;

    private final PlacedMembers members;
    private final List<PartitionRecord> today;
    private final CopyLayout layout;
    private final double[] fairLoads;

    /** How many copies each member has, those included of which it is not decided yet whether they stay. */
    private final int[] loads;

    CopyFilling(PlacedMembers members, List<PartitionRecord> today, CopyLayout layout, double[] fairLoads) {
        this.members = members;
        this.today = today;
        this.layout = layout;
        this.fairLoads = fairLoads;
        this.loads = new int[members.count()];
    }

    /** Gives each partition so many copies, which is at most the number of members. */
    void fill(int copies) {
        List<List<Integer>> before = new ArrayList<>();
        for (int partition = 0; partition < layout.partitions(); partition++) {
            List<Integer> holders = holdersToday(partition);
            holders.forEach(member -> loads[member]++);
            before.add(holders);
        }
        for (int partition = 0; partition < layout.partitions(); partition++) {
            fill(partition, copies, before.get(partition));
        }
    }

    /** Members that are still there, those in sync first, as they are the ones worth keeping if not all can stay. */
    private List<Integer> holdersToday(int partition) {
        List<Integer> inSync = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (Incarnation incarnation : today.get(partition).target()) {
            int member = members.number(incarnation);
            if (member >= 0) {
                (isInSync(partition, member) ? inSync : others).add(member);
            }
        }
        inSync.addAll(others);
        return inSync;
    }

    private void fill(int partition, int copies, List<Integer> before) {
        while (layout.copies(partition) < copies) {
            BitSet candidates = layout.candidates(partition);
            int stays = before.stream().filter(candidates::get).findFirst().orElse(NOBODY);
            int chosen = stays != NOBODY ? stays : mostLacking(partition, candidates);
            loads[chosen] += stays != NOBODY ? 0 : 1;
            layout.add(partition, chosen);
        }
        for (int member : before) {
            loads[member] -= layout.holds(member, partition) ? 0 : 1;
        }
    }

    private int mostLacking(int partition, BitSet candidates) {
        int best = NOBODY;
        double leastLoad = Double.MAX_VALUE;
        for (int member = candidates.nextSetBit(0); member >= 0; member = candidates.nextSetBit(member + 1)) {
            double load = (loads[member] + 1) / fairLoads[member];
            // Whoever has the data already need not be sent it, as long as it would not have more than its share.
            double urgency = load <= 1 && isInSync(partition, member) ? load - 2 : load;
            if (best == NOBODY
                    || urgency < leastLoad
                    || (urgency == leastLoad && members.rank(partition, member) < members.rank(partition, best))) {
                best = member;
                leastLoad = urgency;
            }
        }
        return best;
    }

    private boolean isInSync(int partition, int member) {
        PartitionRecord record = today.get(partition);
        return record.inSync().contains(members.incarnation(member));
    }
}
