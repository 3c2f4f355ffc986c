package io.fyercache.testkit.simulation;

import io.fyercache.sharded.topology.PartitionLayout;
import java.util.Random;

/** How large a simulated cluster is. {@code copies} counts the primary. */
record ClusterShape(int nodes, int copies, PartitionLayout layout) {

    /** One without replicated partitions. */
    ClusterShape(int nodes, int copies, int partitions) {
        this(nodes, copies, PartitionLayout.spread(partitions));
    }

    int partitions() {
        return layout.count();
    }

    /** Returns how many copies each partition should have where there are so many members. */
    int copiesOf(int partition, int members) {
        return isReplicated(partition) ? members : Math.min(copies, members);
    }

    /** Tells whether a partition is one of replicated caches. */
    boolean isReplicated(int partition) {
        return layout.isReplicated(partition);
    }

    /** Draws a cluster of 3 to 7 nodes. In one of four caches are replicated, too. */
    static ClusterShape draw(Random random) {
        int nodes = 3 + random.nextInt(5);
        int copies = 2 + random.nextInt(2);
        int spread = 1 << random.nextInt(4);
        return new ClusterShape(nodes, copies, new PartitionLayout(spread, random.nextInt(4) == 0 ? 1 : 0));
    }
}
