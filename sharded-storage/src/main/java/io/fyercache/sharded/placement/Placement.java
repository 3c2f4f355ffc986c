package io.fyercache.sharded.placement;

import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A plan: where the copies of each partition should be.
 *
 * @param targets for each partition the members that should hold it, the wanted primary first
 * @param shortfalls why, and for how many partitions each, the copies are less safe than was asked for; empty if they are not
 */
public record Placement(List<List<Incarnation>> targets, Map<Shortfall, Integer> shortfalls) {
    /** Returns this plan, and one of the partitions that come after those. */
    Placement and(Placement next) {
        List<List<Incarnation>> both = new ArrayList<>(targets);
        both.addAll(next.targets);
        Map<Shortfall, Integer> sums = new EnumMap<>(Shortfall.class);
        sums.putAll(shortfalls);
        next.shortfalls.forEach((shortfall, partitions) -> sums.merge(shortfall, partitions, Integer::sum));
        return new Placement(Collections.unmodifiableList(both), Collections.unmodifiableMap(sums));
    }

    /** The wanted holders of a partition, the wanted primary first. */
    public List<Incarnation> target(int partition) {
        return targets.get(partition);
    }
}
