package io.fyercache.sharded.placement;

import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import java.util.Map;

/**
 * A plan: where the copies of each partition should be.
 *
 * @param targets for each partition the members that should hold it, the wanted primary first
 * @param shortfalls why, and for how many partitions each, the copies are less safe than was asked for; empty if they are not
 */
public record Placement(List<List<Incarnation>> targets, Map<Shortfall, Integer> shortfalls) {
    /** The wanted holders of a partition, the wanted primary first. */
    public List<Incarnation> target(int partition) {
        return targets.get(partition);
    }
}
