package io.fyercache.jdbc.fence;

import java.util.Comparator;

/**
 * The primary of a partition that has an entry written. In order, epochs are by cluster, partition and number: transactions that lock the rows of
 * partitions in this order do not wait for each other in a circle.
 *
 * @param cluster the identity of whatever the partitions are of, 1..{@value FenceTable#MAX_CLUSTER_LENGTH} characters. Another one has epochs of its own
 * @param partition the number of the partition
 * @param epoch the number of the primary's epoch, from 1; grows with each change of the primary
 */
public record PrimaryEpoch(String cluster, int partition, long epoch) implements Comparable<PrimaryEpoch> {

    private static final Comparator<PrimaryEpoch> ORDER = Comparator.comparing(PrimaryEpoch::cluster)
            .thenComparingInt(PrimaryEpoch::partition)
            .thenComparingLong(PrimaryEpoch::epoch);

    /** Checks the epoch, and the length of the identity. */
    public PrimaryEpoch {
        if (cluster.isEmpty() || cluster.length() > FenceTable.MAX_CLUSTER_LENGTH) {
            throw new IllegalArgumentException("cluster: " + cluster.length() + " characters (expected: 1.."
                    + FenceTable.MAX_CLUSTER_LENGTH + ", as the column has)");
        }
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch: " + epoch + " (expected: 1 or more)");
        }
    }

    @Override
    public int compareTo(PrimaryEpoch other) {
        return ORDER.compare(this, other);
    }
}
