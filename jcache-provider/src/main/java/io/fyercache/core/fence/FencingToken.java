package io.fyercache.core.fence;

/**
 * By whose authority an entry is written: in a cluster each entry is in a partition, which has one primary after the other, and each of them has an
 * epoch of a higher number. Whoever has seen a number refuses lower ones of the same partition, and thereby a primary that was deposed and has not
 * noticed (Burrows, "The Chubby lock service", 2006, calls such a token a sequencer).
 *
 * @param cluster the cluster's identity. The numbers of another cluster say nothing about these
 * @param partition of the cluster, from 0
 * @param epoch of the primary, from 1; grows as long as the cluster exists, also when all copies of the partition were lost
 */
public record FencingToken(String cluster, int partition, long epoch) {
    /** Checks the numbers. */
    public FencingToken {
        if (cluster.isEmpty()) {
            throw new IllegalArgumentException("cluster: empty (expected: its identity)");
        }
        if (partition < 0) {
            throw new IllegalArgumentException("partition: " + partition + " (expected: 0 or more)");
        }
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch: " + epoch + " (expected: 1 or more)");
        }
    }
}
