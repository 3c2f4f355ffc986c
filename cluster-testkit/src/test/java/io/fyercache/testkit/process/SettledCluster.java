package io.fyercache.testkit.process;

import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.PartitionRecord;
import javax.cache.CacheManager;

/** Waits until nothing moves in a cluster any more, as a process sees it. */
final class SettledCluster {
    private SettledCluster() {}

    /** Waits for so many members, two copies of each partition, and primaries that are where they should be. */
    static void await(CacheManager manager, int members) {
        ClusterStatus status = manager.unwrap(ClusterStatus.class);
        ProcessCluster.await("a settled cluster", () -> isSettled(status.picture(), members));
    }

    private static boolean isSettled(ClusterPicture picture, int members) {
        return picture.members().size() == members
                && !picture.records().isEmpty()
                && picture.records().stream().allMatch(SettledCluster::isSettled);
    }

    private static boolean isSettled(PartitionRecord record) {
        return record.joining().isEmpty()
                && record.inSync().size() == ProcessCluster.COPIES
                && record.inSync().equals(record.target().stream().sorted().toList())
                && record.primary().equals(record.target().get(0));
    }
}
