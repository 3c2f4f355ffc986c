package io.fyercache.benchmarks.contestant;

import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.zookeeper.ViewListener;
import io.fyercache.zookeeper.ZooKeeperClusterView;
import io.fyercache.zookeeper.ZooKeeperSettings;
import io.fyercache.zookeeper.life.JoinFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What ZooKeeper says of a FyerCache cluster, beside the member that is measured: JCache has no question for it. Told on a thread of its own;
 * any thread may ask.
 */
final class FyerTable implements ClusterListener, ViewListener {
    private volatile MembersPresent members = MembersPresent.NOBODY;
    private volatile @Nullable PartitionTable table;

    private FyerTable() {}

    static FyerTable watch(Seat seat) {
        FyerTable watched = new FyerTable();
        ZooKeeperClusterView.open(
                ZooKeeperSettings.of(Seat.LOOPBACK + ":" + seat.portOf(Companion.ZOOKEEPER), "/" + seat.cluster()),
                Executors.newSingleThreadExecutor(),
                watched,
                watched);
        return watched;
    }

    /** How many members there are if each has its share and each partition is where it should be, and 0 if not. */
    int settledMembers() {
        PartitionTable known = table;
        return known == null
                ? 0
                : settledMembers(
                        known,
                        members.members().stream().map(Member::incarnation).collect(Collectors.toSet()));
    }

    /** Whoever is present and nobody's target has just come: the controller has yet to give it a share. */
    static int settledMembers(PartitionTable table, Set<Incarnation> present) {
        Set<Incarnation> targets = new HashSet<>();
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            PartitionRecord record = table.record(partition);
            if (!isSettled(record)) {
                return 0;
            }
            targets.addAll(record.target());
        }
        return targets.equals(present) ? present.size() : 0;
    }

    private static boolean isSettled(PartitionRecord partition) {
        List<?> target = partition.target().stream().sorted().toList();
        return partition.joining().isEmpty()
                && partition.inSync().equals(target)
                && partition.primary().equals(partition.target().get(0));
    }

    @Override
    public void membersChanged(MembersPresent present) {
        members = present;
    }

    @Override
    public void tableChanged(VersionedTable changed) {
        table = changed.table();
    }

    @Override
    public void refreshed() {
        // Nobody has asked.
    }

    @Override
    public void opened(ZooKeeperClusterView view) {
        // From now on it tells by itself.
    }

    @Override
    public void failed(JoinFailure why) {
        throw new IllegalStateException("cannot look at the cluster: " + why);
    }
}
