package io.fyercache.testkit.simulation;

import java.util.Random;

/** How large a simulated cluster is. {@code copies} counts the primary. */
record ClusterShape(int nodes, int copies, int partitions) {

    /** Draws a cluster of 3 to 7 nodes. */
    static ClusterShape draw(Random random) {
        int nodes = 3 + random.nextInt(5);
        return new ClusterShape(nodes, 2 + random.nextInt(2), 1 << random.nextInt(4));
    }
}
