package io.fyercache.sharded.placement;

import java.util.BitSet;

/**
 * Which members hold which partition, while a plan is made. Members are numbers. Used by one thread.
 *
 * <p>It answers which changes keep the copies of a partition spread evenly, as {@link FailureDomains} defines it.
 */
final class CopyLayout {
    private final FailureDomains domains;
    private final int partitions;
    private final BitSet[] held;
    private final int[][] onHost;
    private final int[][] inZone;
    private final int[] copies;
    private final int[] loads;

    CopyLayout(FailureDomains domains, int partitions) {
        this.domains = domains;
        this.partitions = partitions;
        this.held = new BitSet[domains.members()];
        for (int member = 0; member < held.length; member++) {
            held[member] = new BitSet(partitions);
        }
        this.onHost = new int[partitions][domains.hosts()];
        this.inZone = new int[partitions][domains.zones()];
        this.copies = new int[partitions];
        this.loads = new int[domains.members()];
    }

    int partitions() {
        return partitions;
    }

    int copies(int partition) {
        return copies[partition];
    }

    boolean holds(int member, int partition) {
        return held[member].get(partition);
    }

    int load(int member) {
        return loads[member];
    }

    /** The partitions of a member; not to be changed. */
    BitSet heldBy(int member) {
        return held[member];
    }

    void add(int partition, int member) {
        held[member].set(partition);
        count(partition, member, 1);
    }

    void remove(int partition, int member) {
        held[member].clear(partition);
        count(partition, member, -1);
    }

    private void count(int partition, int member, int change) {
        onHost[partition][domains.host(member)] += change;
        inZone[partition][domains.zone(member)] += change;
        copies[partition] += change;
        loads[member] += change;
    }

    /** The members that may take the next copy of a partition: in the emptiest zone that has room, on its emptiest host. */
    BitSet candidates(int partition) {
        int[] zones = inZone[partition];
        int emptiestZone = Integer.MAX_VALUE;
        for (int zone = 0; zone < zones.length; zone++) {
            if (zones[zone] < domains.zoneSize(zone)) {
                emptiestZone = Math.min(emptiestZone, zones[zone]);
            }
        }
        int[] emptiestHosts = new int[zones.length];
        for (int zone = 0; zone < zones.length; zone++) {
            emptiestHosts[zone] = emptiestHost(partition, zone);
        }
        BitSet candidates = new BitSet(held.length);
        for (int member = 0; member < held.length; member++) {
            int zone = domains.zone(member);
            if (!holds(member, partition)
                    && zones[zone] == emptiestZone
                    && onHost[partition][domains.host(member)] == emptiestHosts[zone]) {
                candidates.set(member);
            }
        }
        return candidates;
    }

    private int emptiestHost(int partition, int zone) {
        int emptiest = Integer.MAX_VALUE;
        for (int host : domains.hostsOf(zone)) {
            if (onHost[partition][host] < domains.hostSize(host)) {
                emptiest = Math.min(emptiest, onHost[partition][host]);
            }
        }
        return emptiest;
    }

    private int fullestHost(int partition, int zone) {
        int fullest = 0;
        for (int host : domains.hostsOf(zone)) {
            fullest = Math.max(fullest, onHost[partition][host]);
        }
        return fullest;
    }

    /** Tells whether a copy may move to another member and all copies are still spread evenly, if they were before. */
    boolean mayMove(int partition, int from, int to) {
        if (!holds(from, partition) || holds(to, partition)) {
            return false;
        }
        int fromHost = domains.host(from);
        int toHost = domains.host(to);
        if (fromHost == toHost) {
            return true;
        }
        int[] hosts = onHost[partition];
        int fromZone = domains.zone(from);
        int toZone = domains.zone(to);
        if (fromZone == toZone) {
            return hosts[toHost] < hosts[fromHost];
        }
        return inZone[partition][toZone] < inZone[partition][fromZone]
                && hosts[fromHost] == fullestHost(partition, fromZone)
                && hosts[toHost] == emptiestHost(partition, toZone);
    }

    /** Tells whether two copies of a partition are in one zone. */
    boolean sharesZone(int partition) {
        return hasTwo(inZone[partition]);
    }

    /** Tells whether two copies of a partition are on one host. */
    boolean sharesHost(int partition) {
        return hasTwo(onHost[partition]);
    }

    private static boolean hasTwo(int[] counts) {
        for (int count : counts) {
            if (count > 1) {
                return true;
            }
        }
        return false;
    }
}
