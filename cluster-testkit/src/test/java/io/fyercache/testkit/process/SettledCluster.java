package io.fyercache.testkit.process;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheManager;
import org.awaitility.Awaitility;

/** Waits until nothing moves in a cluster any more, as a process sees it. */
final class SettledCluster {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Longer than a controller waits between two steps of a partition. */
    private static final Duration REST = Duration.ofSeconds(2);

    private SettledCluster() {}

    /** Waits for so many members and two copies of each partition, and until its table has not changed for a while. */
    static void await(CacheManager manager, int members) {
        ClusterStatus status = manager.unwrap(ClusterStatus.class);
        AtomicLong version = new AtomicLong();
        Awaitility.await("a cluster that rests")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .during(REST)
                .until(() -> {
                    ClusterPicture picture = status.picture();
                    long now = picture.table().map(VersionedTable::version).orElse(0L);
                    return isWhole(picture, members) && version.getAndSet(now) == now;
                });
    }

    private static boolean isWhole(ClusterPicture picture, int members) {
        return picture.members().size() == members
                && picture.table()
                        .map(VersionedTable::table)
                        .filter(table -> ClusterTable.isSettled(table, members, ProcessCluster.COPIES))
                        .isPresent();
    }
}
