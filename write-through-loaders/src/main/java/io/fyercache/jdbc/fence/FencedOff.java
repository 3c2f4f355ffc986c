package io.fyercache.jdbc.fence;

/**
 * A later primary of the partition has written: who is called by the authority of an earlier one changes nothing.
 *
 * <p>Inside of the module alone; the writer throws its own exception.
 */
public final class FencedOff extends FenceFailure {

    private static final long serialVersionUID = 1L;

    FencedOff(String table, PrimaryEpoch refused, long present) {
        super(
                "epoch " + refused.epoch() + " of partition " + refused.partition() + " of cluster " + refused.cluster()
                        + " (expected: " + present + " or later, which fence table " + table
                        + " has); another member has taken over the partition, and decides what is written; do not repeat this call");
    }
}
