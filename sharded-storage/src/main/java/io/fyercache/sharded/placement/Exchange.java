package io.fyercache.sharded.placement;

import java.util.BitSet;

/** Things, one of each partition at most, that members have and may pass on to each other. */
interface Exchange {
    /** How many a member has. */
    int load(int member);

    /** The partitions of which a member has one; not to be changed. */
    BitSet of(int member);

    /** Tells whether a member may pass that of a partition on to another. */
    boolean mayMove(int partition, int from, int to);

    /** Passes it on. */
    void move(int partition, int from, int to);

    /** What it costs to pass it on, compared with others; less is better. */
    long cost(int partition, int from, int to);
}
