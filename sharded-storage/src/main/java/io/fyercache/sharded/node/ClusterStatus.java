package io.fyercache.sharded.node;

import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.transport.netty.Refusal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

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

    /**
     * Asks all members what they have served of some caches, each since it joined (S2), and waits for their answers; a member that has not answered within 2 s
     * is named as silent. An operation counts where it was carried out, and one that a process answers from what is near counts nowhere.
     *
     * @param caches their numbers
     * @return of nobody when the process ends
     */
    ServedCounts served(List<Integer> caches);

    /** Returns what the member of this process has served of each cache since it joined, by the caches' numbers; nothing if there is none. Never waits. */
    SortedMap<Integer, CacheCounts> servedHere();

    /** Returns how many connections this process has refused since it came, by the reasons that there were. */
    Map<Refusal, Long> refusedConnections();
}
