package io.fyercache.sharded.placement;

import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The zones, the hosts in them and the members on those, as numbers: what fails together. Immutable.
 *
 * <p>Copies are spread <em>evenly</em>: over zones, and those in a zone over its hosts, such that no zone (host) has two
 * more than another one that has room for another. So copies share a zone or host only where there are too few of them.
 */
final class FailureDomains {
    /** Fractions of a copy that are an error of floating-point arithmetic. */
    private static final double EPSILON = 1e-6;

    private final int[] hostOfMember;
    private final int[] zoneOfHost;
    private final int[] hostSizes;
    private final int[] zoneSizes;
    private final List<List<Integer>> hostsOfZone;
    private final Domain root;

    /** The number of a member is its position. */
    FailureDomains(List<Member> members) {
        Map<String, Map<String, List<Integer>>> zones = new TreeMap<>();
        for (int member = 0; member < members.size(); member++) {
            Location location = members.get(member).location();
            zones.computeIfAbsent(location.zone(), zone -> new TreeMap<>())
                    .computeIfAbsent(location.host(), host -> new ArrayList<>())
                    .add(member);
        }
        int hosts = zones.values().stream().mapToInt(Map::size).sum();
        hostOfMember = new int[members.size()];
        zoneOfHost = new int[hosts];
        hostSizes = new int[hosts];
        zoneSizes = new int[zones.size()];
        hostsOfZone = new ArrayList<>();
        root = Domain.of(number(zones.values(), members));
    }

    private List<Domain> number(Collection<Map<String, List<Integer>>> zones, List<Member> members) {
        List<Domain> zoneDomains = new ArrayList<>();
        int host = 0;
        for (Map<String, List<Integer>> zone : zones) {
            int zoneNumber = hostsOfZone.size();
            List<Integer> hostsHere = new ArrayList<>();
            List<Domain> hostDomains = new ArrayList<>();
            for (List<Integer> onHost : zone.values()) {
                zoneOfHost[host] = zoneNumber;
                hostSizes[host] = onHost.size();
                zoneSizes[zoneNumber] += onHost.size();
                for (int member : onHost) {
                    hostOfMember[member] = host;
                }
                hostsHere.add(host++);
                hostDomains.add(Domain.of(onHost.stream()
                        .map(member -> Domain.leaf(member, members.get(member).capacity()))
                        .toList()));
            }
            hostsOfZone.add(Collections.unmodifiableList(hostsHere));
            zoneDomains.add(Domain.of(hostDomains));
        }
        return zoneDomains;
    }

    int members() {
        return hostOfMember.length;
    }

    int hosts() {
        return hostSizes.length;
    }

    int zones() {
        return zoneSizes.length;
    }

    int host(int member) {
        return hostOfMember[member];
    }

    int zone(int member) {
        return zoneOfHost[hostOfMember[member]];
    }

    int hostSize(int host) {
        return hostSizes[host];
    }

    int zoneSize(int zone) {
        return zoneSizes[zone];
    }

    List<Integer> hostsOf(int zone) {
        return hostsOfZone.get(zone);
    }

    /**
     * How many copies each member has, in fractions of one, if all are spread evenly and otherwise in proportion to
     * capacity.
     *
     * @param copies of each partition, 1 to the number of members
     */
    double[] copiesByCapacity(int copies, int partitions) {
        double[] shares = new double[members()];
        root.divide((double) copies * partitions, partitions, shares);
        return shares;
    }

    /**
     * A zone, a host, a member, or all of them.
     *
     * @param member its number if it is one, else -1
     * @param size how many members it has
     * @param capacity of all of them
     */
    private record Domain(List<Domain> parts, int member, int size, double capacity) {
        static Domain leaf(int member, int capacity) {
            return new Domain(List.of(), member, 1, capacity);
        }

        static Domain of(List<Domain> parts) {
            return new Domain(
                    List.copyOf(parts),
                    -1,
                    parts.stream().mapToInt(Domain::size).sum(),
                    parts.stream().mapToDouble(Domain::capacity).sum());
        }

        void divide(double load, int partitions, double[] shares) {
            if (parts.isEmpty()) {
                shares[member] = load;
                return;
            }
            // Some partitions have so many copies in here, the rest of them has one more.
            int fewer = (int) (load / partitions + EPSILON);
            double withMore = Math.max(0, load - (double) fewer * partitions);
            int more = Math.min(size, fewer + 1);
            double[] weights = new double[parts.size()];
            double[] minimums = new double[parts.size()];
            double[] maximums = new double[parts.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = parts.get(i).capacity;
                minimums[i] = (partitions - withMore) * least(i, fewer) + withMore * least(i, more);
                maximums[i] = (partitions - withMore) * most(i, fewer) + withMore * most(i, more);
            }
            double[] loads = FairDivision.divide(load, weights, minimums, maximums);
            for (int i = 0; i < loads.length; i++) {
                parts.get(i).divide(loads[i], partitions, shares);
            }
        }

        /** The most copies that a part has if so many copies of a partition are spread evenly over the parts. */
        private int most(int part, int copies) {
            return Math.min(parts.get(part).size, level(copies));
        }

        private int least(int part, int copies) {
            int level = level(copies);
            int lower = filledTo(level) == copies ? level : level - 1;
            return Math.min(parts.get(part).size, lower);
        }

        /** How many copies the parts have at most: the water level, as it were. */
        private int level(int copies) {
            int level = 0;
            while (filledTo(level) < copies) {
                level++;
            }
            return level;
        }

        private int filledTo(int level) {
            return parts.stream().mapToInt(part -> Math.min(part.size, level)).sum();
        }
    }
}
