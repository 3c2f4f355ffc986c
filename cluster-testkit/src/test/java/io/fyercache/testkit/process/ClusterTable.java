package io.fyercache.testkit.process;

import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.zookeeper.ViewListener;
import io.fyercache.zookeeper.ZooKeeperClusterView;
import io.fyercache.zookeeper.ZooKeeperSettings;
import io.fyercache.zookeeper.life.JoinFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What ZooKeeper says of a cluster, seen from beside it. Told on a thread of its own; any thread may ask. */
final class ClusterTable implements ClusterListener, ViewListener, AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "cluster-table");
        made.setDaemon(true);
        return made;
    });
    private final ZooKeeperClusterView view;

    /** All who were ever there: a record may name somebody who is gone. */
    private final Map<Incarnation, Member> known = new ConcurrentHashMap<>();

    private final AtomicInteger fewestCopies = new AtomicInteger(PartitionRecord.MAX_COPIES);
    private volatile List<Member> present = List.of();
    private volatile PartitionTable table;

    ClusterTable(ZooKeeperSettings settings) {
        view = ZooKeeperClusterView.open(settings, thread, this, this);
    }

    /** Returns where the primary of a partition is. */
    DataAddress primaryOf(int partition) {
        return addressOf(table.record(partition).primary());
    }

    /** Tells whether a member in sync is there, other than the primary. */
    boolean isBackup(int partition, DataAddress address) {
        PartitionRecord record = table.record(partition);
        return record.inSync().stream()
                .filter(copy -> !copy.equals(record.primary()))
                .anyMatch(copy -> addressOf(copy).equals(address));
    }

    /** Returns the epoch of each partition: it grows when another member leads. */
    List<Long> epochs() {
        return records(table).map(record -> record.epoch().number()).toList();
    }

    private DataAddress addressOf(Incarnation incarnation) {
        return known.get(incarnation).description().dataAddress();
    }

    /**
     * Tells whether exactly these members are there, each has copies, and each partition has all its copies where they should be.
     *
     * @param copies of each partition of partitioned caches
     */
    boolean isWhole(Collection<DataAddress> addresses, int copies) {
        PartitionTable seen = table;
        List<Member> there = present;
        return seen != null
                && there.size() == addresses.size()
                && there.stream()
                        .map(member -> member.description().dataAddress())
                        .toList()
                        .containsAll(addresses)
                && there.stream()
                        .allMatch(member ->
                                records(seen).anyMatch(record -> record.inSync().contains(member.incarnation())))
                && isSettled(seen, there.size(), copies);
    }

    /**
     * Tells whether each partition has all its copies where they should be, and no other is being made.
     *
     * @param members as many as there are, each of which has a copy of what is replicated
     * @param copies of each partition of partitioned caches
     */
    static boolean isSettled(PartitionTable table, int members, int copies) {
        return IntStream.range(0, table.partitionCount())
                .allMatch(partition ->
                        isSettled(table.record(partition), table.layout().isReplicated(partition) ? members : copies));
    }

    /** Tells whether, besides, the primaries are those that should be. */
    boolean isBalanced() {
        return records(table)
                .allMatch(record -> record.primary().equals(record.target().get(0)));
    }

    private static boolean isSettled(PartitionRecord record, int copies) {
        return record.joining().isEmpty()
                && record.inSync().size() == copies
                && record.inSync().equals(record.target().stream().sorted().toList());
    }

    /** Of partitioned caches: those are the ones whose copies and primaries the tests look at. */
    private static Stream<PartitionRecord> records(PartitionTable table) {
        return IntStream.range(0, table.layout().spread()).mapToObj(table::record);
    }

    /** Returns how many copies the partition had that had fewest, in all tables that were seen since the last call. */
    int fewestCopiesLately() {
        return fewestCopies.getAndSet(fewestCopies(table));
    }

    private static int fewestCopies(PartitionTable table) {
        return records(table).mapToInt(record -> record.inSync().size()).min().orElseThrow();
    }

    @Override
    public void membersChanged(MembersPresent members) {
        members.members().forEach(member -> known.put(member.incarnation(), member));
        present = members.members();
    }

    @Override
    public void tableChanged(VersionedTable changed) {
        table = changed.table();
        fewestCopies.accumulateAndGet(fewestCopies(table), Math::min);
    }

    @Override
    public void refreshed() {
        // Nobody has asked.
    }

    @Override
    public void opened(ZooKeeperClusterView opened) {
        // From now on it tells by itself.
    }

    @Override
    public void failed(JoinFailure why) {
        throw new IllegalStateException("cannot look at the cluster: " + why.message());
    }

    @Override
    public void close() {
        thread.execute(view::leave);
        view.ended().toCompletableFuture().join();
        thread.shutdown();
    }
}
