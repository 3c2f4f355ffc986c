package io.fyercache.sharded.node;

import io.fyercache.sharded.transport.netty.Refusal;
import java.util.Map;

/**
 * How a cluster is, as far as this process knows; of a cache manager whose caches are in one by {@code manager.unwrap(ClusterStatus.class)}.
 * Thread-safe.
 */
public interface ClusterStatus {

    /**
     * Returns how many copies the partition has that has fewest, the one that serves it included: with two, no single failure loses anything. It
     * may be of a moment ago. 0 before anything is known.
     */
    default int fewestCopies() {
        return picture().fewestCopies();
    }

    /** Returns what the process knows of the cluster, who is there and who holds what. Of the moment; never waits. */
    ClusterPicture picture();

    /** Returns how many connections this process has refused since it came, by the reasons that there were. */
    Map<Refusal, Long> refusedConnections();
}
