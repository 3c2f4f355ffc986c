package io.fyercache.testkit.process;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.Topology;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.testkit.transport.TcpLink;
import io.fyercache.testkit.transport.TcpLink.Ear;
import io.fyercache.zookeeper.ZooKeeperSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.awaitility.Awaitility;

/**
 * A cluster on this machine: ZooKeeper servers and members, each a process, and a client in this JVM. Each member has a seat: an address that
 * stays when processes come and go. Nothing but loopback is used, and nothing outlives this JVM. For one thread.
 *
 * <p>If it is asked for, the way to each member is a {@link TcpLink} that can be cut, which all others take, members and client. Each has an
 * address of 127.0.0.0/8 of its own then, as Linux has them.
 */
final class ProcessCluster implements AutoCloseable {
    static final int MEMBERS = 3;

    /** One backup, by default. */
    static final int COPIES = 2;

    /** Shorter than by default, so that outages of ZooKeeper are soon longer than a session, which must not matter. */
    private static final String SESSION = "&sessionTimeout=3s";

    private static final String CHROOT = "/failures";

    /** How long anything may take that is no figure. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Longer than the silence after which a member is suspected, and the transaction that takes it out. */
    private static final Duration VERDICT = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(10);

    private final ZooKeeperServers zooKeeper;
    private final int partitions;
    private final Ways ways;
    private final Supplier<Ear> ears;
    private final List<MemberSeat> seats = new ArrayList<>();
    private final FyerCachingProvider provider = new FyerCachingProvider();
    private ClusterTable table;
    private CacheManager manager;

    /** How processes get to members. */
    enum Ways {
        DIRECT,
        BY_LINKS
    }

    private ProcessCluster(ZooKeeperServers zooKeeper, int partitions, Ways ways, Supplier<Ear> ears) {
        this.zooKeeper = zooKeeper;
        this.partitions = partitions;
        this.ways = ways;
        this.ears = ears;
    }

    /** Starts three members, and waits until all copies are there. */
    static ProcessCluster start(Path folder, int zooKeeperServers, int partitions, Ways ways) {
        return start(folder, zooKeeperServers, partitions, ways, () -> (bytes, count) -> {});
    }

    /** The same, with an ear for each direction of each connection to a member. */
    static ProcessCluster start(Path folder, int zooKeeperServers, int partitions, Ways ways, Supplier<Ear> ears) {
        ProcessCluster cluster =
                new ProcessCluster(ZooKeeperServers.start(folder, zooKeeperServers), partitions, ways, ears);
        try {
            cluster.launch(MEMBERS);
            cluster.awaitJoined();
            cluster.table = new ClusterTable(ZooKeeperSettings.of(cluster.zooKeeper.addresses(), CHROOT));
            cluster.manager = cluster.openManager("");
            cluster.awaitWhole();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private String uri() {
        return "zk://" + zooKeeper.addresses() + CHROOT;
    }

    private String memberUri() {
        return uri() + "?partitions=" + partitions + SESSION + "&connectTimeout=1s";
    }

    ZooKeeperServers zooKeeper() {
        return zooKeeper;
    }

    ClusterTable table() {
        return table;
    }

    ClusterStatus status() {
        return manager.unwrap(ClusterStatus.class);
    }

    /** Returns which versions of the protocol the members speak, those that have joined later after the others. */
    List<ProtocolVersions> spoken() {
        return status().picture().members().stream()
                .sorted(Comparator.comparing(Member::incarnation))
                .map(member -> member.description().protocolVersions())
                .toList();
    }

    // ---- the client

    /** Opens another client. */
    CacheManager openManager(String settings) {
        return provider.getCacheManager(clientUri(settings), getClass().getClassLoader());
    }

    /** Returns the URI of a client. */
    URI clientUri(String settings) {
        return URI.create(uri() + "?role=client&connectTimeout=1s" + SESSION + settings);
    }

    /** Opens a member in this JVM, beside those at seats. */
    CacheManager openMember() {
        return provider.getCacheManager(
                URI.create(memberUri() + "&leaveLimit=5s"), getClass().getClassLoader());
    }

    /** Makes a partitioned cache of the client in this JVM. */
    <V> Cache<String, V> cache(String name, Class<V> values) {
        return cache(name, Topology.PARTITIONED, values);
    }

    /** Makes a cache of the client in this JVM. */
    <V> Cache<String, V> cache(String name, Topology topology, Class<V> values) {
        return manager.createCache(
                name,
                FyerConfiguration.builder(String.class, values)
                        .topology(topology)
                        .build());
    }

    // ---- members

    /** Starts members at new seats, without waiting for them. */
    void launch(int count) {
        for (int i = 0; i < count; i++) {
            newSeat().launch(memberUri());
        }
    }

    /**
     * Starts a member at a new seat that does more than be one, without waiting for it; it says that it has joined when it does.
     *
     * @param main takes the URI of the cluster first
     * @param more what else it takes
     */
    void launch(Class<?> main, String... more) {
        MemberSeat seat = newSeat();
        seat.run(main, more);
        seat.launch(memberUri());
    }

    private MemberSeat newSeat() {
        MemberSeat seat = ways == Ways.DIRECT
                ? MemberSeat.reachedDirectly(seats.size())
                : MemberSeat.reachedByLink(seats.size(), ears);
        seats.add(seat);
        return seat;
    }

    /** Waits until all members are in the cluster that were started. */
    void awaitJoined() {
        seats.forEach(seat -> seat.process().awaitJoined());
    }

    /** Returns which of the first members is the primary of most partitions. */
    int busiestSeat() {
        return IntStream.range(0, MEMBERS)
                .boxed()
                .max(Comparator.comparing(seat -> partitionsOf(seat).size()))
                .orElseThrow();
    }

    /** Returns of which partitions a member is the primary. */
    List<Integer> partitionsOf(int seat) {
        DataAddress address = seats.get(seat).address();
        return IntStream.range(0, partitions)
                .filter(partition -> table.primaryOf(partition).equals(address))
                .boxed()
                .toList();
    }

    /** Returns of which partitions a member is a backup. */
    List<Integer> partitionsBackedBy(int seat) {
        DataAddress address = seats.get(seat).address();
        return IntStream.range(0, partitions)
                .filter(partition -> table.isBackup(partition, address))
                .boxed()
                .toList();
    }

    /** Returns how many copies all members have from that seat on. */
    int copiesAt(int firstSeat) {
        return IntStream.range(firstSeat, seats.size())
                .map(seat ->
                        partitionsOf(seat).size() + partitionsBackedBy(seat).size())
                .sum();
    }

    MemberProcess member(int seat) {
        return seats.get(seat).process();
    }

    /** The way that others take to a member. */
    TcpLink way(int seat) {
        return seats.get(seat).way();
    }

    /** Lets nothing pass on the ways to all members, so that nobody hears of anybody any more. */
    void cutAllWays() {
        seats.forEach(MemberSeat::cut);
    }

    /** Lets everything pass again. */
    void healAllWays() {
        seats.forEach(MemberSeat::heal);
    }

    /** Lets a member hear nothing of others, and others nothing of what it answers. */
    void cutWay(int seat) {
        seats.get(seat).cut();
    }

    /** Lets it hear, and be heard, again. */
    void healWay(int seat) {
        seats.get(seat).heal();
    }

    /** Starts the same node again, at the same address. */
    void startAgain(int seat) {
        seats.get(seat).launch(memberUri());
    }

    /** Starts the process again, in a JVM that finds classes in a folder first. */
    void startAgain(int seat, Path classes) {
        seats.get(seat).findFirst(classes);
        startAgain(seat);
    }

    /** Starts another node at the address, about which nobody knows anything bad yet: one that keeps failing leads nothing (T7). */
    void startAnother(int seat) {
        seats.get(seat).takeOtherName();
        startAgain(seat);
    }

    /** Lets the member at the last seat leave, and takes the seat away. */
    void leaveLast() {
        MemberSeat last = seats.remove(seats.size() - 1);
        last.process().stop();
        last.close();
    }

    // ---- waiting

    /** Waits until all copies are there, and the primaries are spread. */
    void awaitBalanced() {
        await("all copies, and primaries where they should be", () -> isWhole() && table.isBalanced());
    }

    /** Waits until all copies are there. */
    void awaitWhole() {
        await("all copies", this::isWhole);
    }

    /**
     * Waits until all copies are there, and have been for a second: a member that was not heard for a moment may only just be about to be taken
     * out.
     */
    void awaitLastingWhole() {
        Awaitility.await("all copies, for a while")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .during(VERDICT)
                .until(this::isWhole);
    }

    private boolean isWhole() {
        return table.isWhole(seats.stream().map(MemberSeat::address).toList(), COPIES);
    }

    /** Lets a fault last. */
    static void letPass(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(POLL).until(condition::getAsBoolean);
    }

    /** Kills all members, and the servers: what they hold is not wanted any more. */
    @Override
    public void close() {
        provider.close();
        if (table != null) {
            table.close();
        }
        seats.forEach(MemberSeat::close);
        zooKeeper.close();
    }
}
