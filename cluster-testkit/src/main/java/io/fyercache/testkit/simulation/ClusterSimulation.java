package io.fyercache.testkit.simulation;

import io.fyercache.sharded.controller.ControllerSettings;
import io.fyercache.sharded.controller.HearingTimes;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.member.MemberSettings;
import io.fyercache.sharded.member.StorageMember;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.ReplicaState;
import io.fyercache.sharded.replication.ReplicationLimits;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.topology.Standing;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.testkit.coordination.SimulatedCoordinator;
import io.fyercache.testkit.history.Action;
import io.fyercache.testkit.history.Completion;
import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.Operation;
import io.fyercache.testkit.simulation.ClientProcess.Manner;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.transport.SimulatedNetwork;
import io.fyercache.testkit.transport.SimulatedTransport;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster: members with everything that is theirs, ZooKeeper, a network, and clients of each partition. Nothing here knows better than
 * the members; the world breaks things, and looks.
 */
final class ClusterSimulation implements ClientNetwork, World {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final int CLIENTS_PER_PARTITION = 3;
    private static final int KEYS = 2;
    private static final int LISTENING_CLIENTS = 2;

    /** A process that is heard of by nobody for six seconds is forgotten. */
    private static final long LONGEST_DEAFNESS_NANOS = 10 * SECOND;

    /** More than a member may have of the cache with bounds, even if it serves one partition. */
    private static final int BOUNDED_KEYS = 4;

    /** A key is left for a new one after so long: histories of thousands of operations take long to check. */
    private static final long KEY_LIFE_NANOS = 5 * SECOND;

    private static final int TICK_MILLIS = 10;

    /** A session of six seconds, whose znodes are gone four seconds later, ends before the longest grace does. */
    private static final long LONGEST_SPLIT_NANOS = 15 * SECOND;

    /** Some cuts of a link outlast everything else that goes wrong. */
    private static final long LONGEST_CUT_NANOS = 40 * SECOND;

    /** From when a member has left to the end of its process. Messages take a millisecond: of its last ones some arrive. */
    private static final long LONGEST_FAREWELL_NANOS = 5 * MILLIS;

    /** So long after the last commit all copies know of it: two heartbeats, and messages of a calm network. */
    private static final long LULL_NANOS = 300 * MILLIS;

    /** How long a test waits for what must happen. */
    private static final long PATIENCE_NANOS = 30 * SECOND;

    private final Random random;
    private final ClusterShape shape;
    private final Timeline timeline = new Timeline();
    private final FakeZooKeeper zooKeeper;
    private final MemberSettings settings;
    private final List<Node> nodes = new ArrayList<>();
    private final List<PartitionView> views = new ArrayList<>();
    private final MemberCaches caches;
    private final Invariants invariants;
    private final List<ClientProcess> processes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final List<GatheringClient> gathering = new ArrayList<>();
    private final List<ListeningClient> listening = new ArrayList<>();
    private final List<Transport> transports = new ArrayList<>();
    private final SimulatedNetwork network;

    private @Nullable NamedByNode namedByNode;
    private final ClusterFaults drawn;
    private final List<String> diary = new ArrayList<>();
    private ClusterFaults faults;
    private @Nullable VersionedTable latest;
    private boolean over;
    private int changes;
    private int lost;
    private long lastCommitNanos;

    /** Which life was told of the loss of which partition in which generation. */
    private final Set<List<Object>> lossesTold = new HashSet<>();

    private final ClockWatch clocks = new ClockWatch();
    private final NearReaders near = new NearReaders(this);

    /** Where processes run, one after the other. */
    private static final class Node {
        private final long wrongMillis;
        private @Nullable SimulatedLife life;

        /** What uses caches in the process of the life, and goes on when that is expelled; null if nothing does. */
        private @Nullable ClientProcess user;

        /** Whether no other process is to be started here by itself. */
        private boolean deserted;

        Node(long wrongMillis) {
            this.wrongMillis = wrongMillis;
        }
    }

    private ClusterSimulation(
            Random random,
            Rules rules,
            ClusterShape shape,
            LossPlan losses,
            ClusterFaults faults,
            ZooKeeperFaults zooKeeperFaults) {
        this(
                random,
                rules,
                shape,
                losses,
                faults,
                zooKeeperFaults,
                TinyLimits::draw,
                timeline -> new SimulatedCaches(timeline, random));
        addClients();
    }

    private ClusterSimulation(
            Random random,
            Rules rules,
            ClusterShape shape,
            LossPlan losses,
            ClusterFaults faults,
            ZooKeeperFaults zooKeeperFaults,
            Function<Random, ReplicationLimits> limits,
            Function<Timeline, MemberCaches> caches) {
        this.random = random;
        this.shape = shape;
        this.caches = caches.apply(timeline);
        this.invariants = new Invariants(shape.partitions(), this::lives);
        this.faults = faults;
        this.drawn = faults;
        this.network = new SimulatedNetwork(timeline, random, faults.ofNetwork());
        this.settings = new MemberSettings(
                new ProtocolTimes(300 * MILLIS, losses.graceNanos(), 100 * MILLIS, 0),
                HearingTimes.STANDARD,
                new ControllerSettings(
                        shape.layout(), new Redundancy(shape.copies()), 200 * MILLIS, 4, losses.policies()),
                limits.apply(random),
                rules);
        this.zooKeeper = new FakeZooKeeper(timeline, random, zooKeeperFaults);
        for (int number = 0; number < shape.nodes(); number++) {
            addNode(number == 0 ? 0 : random.nextInt((int) SECOND));
        }
        for (int partition = 0; partition < shape.partitions(); partition++) {
            views.add(new PartitionView(partition));
        }
        timeline.every(ClusterFaults.ROUND_MILLIS * MILLIS, this::misfortune);
    }

    private void addClients() {
        ClientProcess faithful = startProcess(Manner.FAITHFUL);
        List<ClientProcess> restless = List.of(startProcess(Manner.RESTLESS), startProcess(Manner.RESTLESS));
        for (PartitionView view : views) {
            int partition = view.partition();
            for (int client = 0; client < CLIENTS_PER_PARTITION; client++) {
                // The others of a partition are on one process or on two.
                ClientProcess process =
                        client == 0 ? faithful : restless.get(partition % 2 == 0 ? 0 : client % restless.size());
                long number = 1L + clients.size();
                clients.add(
                        shape.isReplicated(partition)
                                ? SimulatedClient.of(
                                        SimulatedCaches.REPLICATED, view, process, number, KEYS, CLIENTS_PER_PARTITION)
                                : SimulatedClient.plain(view, process, number, KEYS, CLIENTS_PER_PARTITION));
            }
        }
        List<PartitionView> spread = views.subList(0, shape.layout().spread());
        for (PartitionView view : spread) {
            clients.add(SimulatedClient.of(
                    SimulatedCaches.BOUNDED, view, restless.get(0), 1L + clients.size(), BOUNDED_KEYS, 1));
        }
        for (PartitionView view : spread) {
            clients.add(SimulatedClient.behind(view, restless.get(1), 1L + clients.size(), KEYS, 1));
        }
        for (ClientProcess process : restless) {
            gathering.add(new GatheringClient(process, 1L + gathering.size(), spread));
        }
    }

    private void addListeners() {
        for (int client = 0; client < LISTENING_CLIENTS; client++) {
            listening.add(new ListeningClient(this));
        }
    }

    /** Makes a world of a drawn size in which a drawn amount goes wrong. */
    static ClusterSimulation troubled(long seed, Rules rules) {
        Random random = new Random(seed);
        ClusterSimulation world = new ClusterSimulation(
                random,
                rules,
                ClusterShape.draw(random),
                LossPlan.draw(random),
                ClusterFaults.draw(random),
                ZooKeeperFaults.draw(random));
        world.addListeners();
        return world;
    }

    /** Makes a world in which nothing goes wrong by itself, and somebody listens. */
    static ClusterSimulation listened(long seed, Rules rules, ClusterShape shape) {
        Random random = new Random(seed);
        ClusterSimulation world = new ClusterSimulation(
                random,
                rules,
                shape,
                LossPlan.resetting(random),
                ClusterFaults.NONE,
                ZooKeeperFaults.NONE,
                TinyLimits::drawPatient,
                timeline -> new SimulatedCaches(timeline, random));
        world.addClients();
        world.addListeners();
        return world;
    }

    /** Makes a world of a drawn size in which a drawn amount goes wrong, and one cache is read near. */
    static ClusterSimulation near(long seed, Rules rules) {
        Random random = new Random(seed);
        ClusterSimulation world = new ClusterSimulation(
                random,
                rules,
                ClusterShape.draw(random),
                LossPlan.resetting(random),
                ClusterFaults.draw(random),
                ZooKeeperFaults.draw(random),
                TinyLimits::draw,
                timeline -> new SimulatedCaches(timeline, random));
        world.near.begin(world.views.subList(0, world.shape.layout().spread()));
        return world;
    }

    /** Adds a client, made from its number, which begins as soon as there is a table. */
    void add(LongFunction<SimulatedClient> maker) {
        SimulatedClient client = maker.apply(1L + clients.size());
        clients.add(client);
        if (latest != null) {
            client.start();
        }
    }

    /** Makes such a world in which members are named by their nodes. */
    static ClusterSimulation troubledAndNamedByNode(long seed) {
        ClusterSimulation world = troubled(seed, Rules.ALL);
        world.namedByNode = new NamedByNode();
        return world;
    }

    /** Makes a world of a drawn size in which nothing goes wrong. */
    static ClusterSimulation calm(long seed) {
        return calm(seed, ClusterShape.draw(new Random(seed)));
    }

    /** Makes a world in which nothing goes wrong by itself. */
    static ClusterSimulation calm(long seed, ClusterShape shape) {
        return of(seed, shape, ClusterFaults.NONE);
    }

    /** Makes a world in which that much goes wrong with members and network. */
    static ClusterSimulation of(long seed, ClusterShape shape, ClusterFaults faults) {
        Random random = new Random(seed);
        return new ClusterSimulation(
                random, Rules.ALL, shape, LossPlan.resetting(random), faults, ZooKeeperFaults.NONE);
    }

    /** Makes a world in which nothing goes wrong by itself, and losses are dealt with like that. */
    static ClusterSimulation losing(long seed, Rules rules, ClusterShape shape, LossPlan losses) {
        ClusterSimulation world =
                new ClusterSimulation(new Random(seed), rules, shape, losses, ClusterFaults.NONE, ZooKeeperFaults.NONE);
        // They need not wait while others do.
        world.addClientOf(SimulatedCaches.RESET_NOW);
        world.addClientOf(SimulatedCaches.FAILING);
        return world;
    }

    private void addClientOf(int cache) {
        // The first process is the faithful one.
        clients.add(SimulatedClient.of(
                cache, views.get(0), processes.get(1), 1L + clients.size(), KEYS, CLIENTS_PER_PARTITION));
    }

    /** Makes a world in which nothing goes wrong by itself, nobody does anything by himself, and limits are those of production. */
    static ClusterSimulation uninhabited(Random random, ClusterShape shape, Function<Timeline, MemberCaches> caches) {
        return uninhabited(random, shape, caches, ZooKeeperFaults.NONE);
    }

    /** Makes such a world whose ensemble is like that. */
    static ClusterSimulation uninhabited(
            Random random,
            ClusterShape shape,
            Function<Timeline, MemberCaches> caches,
            ZooKeeperFaults zooKeeperFaults) {
        return new ClusterSimulation(
                random,
                Rules.ALL,
                shape,
                LossPlan.resetting(random),
                ClusterFaults.NONE,
                zooKeeperFaults,
                unused -> ReplicationLimits.STANDARD,
                caches);
    }

    @Override
    public Random random() {
        return random;
    }

    @Nullable
    NamedByNode namedByNode() {
        return namedByNode;
    }

    Timeline timeline() {
        return timeline;
    }

    Invariants invariants() {
        return invariants;
    }

    MemberCaches caches() {
        return caches;
    }

    PartitionLayout layout() {
        return shape.layout();
    }

    /** Returns how many partitions there are. */
    int partitions() {
        return views.size();
    }

    /** Returns how often the table has changed. */
    int changes() {
        return changes;
    }

    /** Returns how many partitions were lost with all copies. */
    int lost() {
        return lost;
    }

    /** Returns how often a member was told that a partition was lost. */
    int lossesTold() {
        return lossesTold.size();
    }

    /** Notes what happened, for a run that goes wrong. */
    private void note(Object what) {
        diary.add(timeline.nowNanos() / MILLIS + " ms: " + what);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private long upTo(long nanos) {
        return (long) (random.nextDouble() * nanos);
    }

    // ---- the run

    @Override
    public void run(long faultyNanos, long calmNanos) {
        timeline.runUntil(faultyNanos, () -> {});
        faults = ClusterFaults.NONE;
        network.setFaults(faults.ofNetwork());
        network.mendAll();
        zooKeeper.setFaults(ZooKeeperFaults.NONE);
        lives().forEach(life -> life.restoreSession(zooKeeper));
        timeline.runUntil(faultyNanos + calmNanos / 2, () -> {});
        over = true;
        clients.forEach(SimulatedClient::abandon);
        gathering.forEach(GatheringClient::abandon);
        timeline.runUntil(faultyNanos + calmNanos, () -> {});
        // Processes that listen go on saying so, and backups learn that it is committed with the next heartbeat.
        runUntil(() -> timeline.nowNanos() - lastCommitNanos > LULL_NANOS);
    }

    /** Lets everything happen for a while. */
    void runFor(long nanos) {
        timeline.runUntil(timeline.nowNanos() + nanos, () -> {});
    }

    /** Lets everything happen until something is the case, and returns after how many nanoseconds that was, to the millisecond. */
    long runUntil(BooleanSupplier condition) {
        long begin = timeline.nowNanos();
        while (!condition.getAsBoolean()) {
            if (timeline.nowNanos() - begin > PATIENCE_NANOS) {
                throw new AssertionError("waited in vain: " + this);
            }
            runFor(MILLIS);
        }
        return timeline.nowNanos() - begin;
    }

    // ---- who is who, for a test that does somebody harm

    private PartitionRecord recordOf(int partition) {
        return Objects.requireNonNull(latest, "there is no table yet").table().record(partition);
    }

    SimulatedLife primaryOf(int partition) {
        return Objects.requireNonNull(find(recordOf(partition).primary()));
    }

    SimulatedLife backupOf(int partition) {
        PartitionRecord record = recordOf(partition);
        for (Incarnation member : record.inSync()) {
            if (!member.equals(record.primary())) {
                return Objects.requireNonNull(find(member));
            }
        }
        throw new AssertionError("partition " + partition + " has no backup: " + record);
    }

    /** Returns the primary of a partition whose backup is that member, when there is one: user code may keep a partition from moving for seconds. */
    SimulatedLife primaryBackedBy(SimulatedLife backup) {
        runUntil(() -> partitionBackedBy(backup) >= 0);
        return primaryOf(partitionBackedBy(backup));
    }

    private int partitionBackedBy(SimulatedLife backup) {
        for (int partition = 0; partition < views.size(); partition++) {
            if (primaryOf(partition) != backup && backupOf(partition) == backup) {
                return partition;
            }
        }
        return -1;
    }

    /** Returns a partition with a copy in the making, or -1. */
    int partitionWithJoin() {
        for (int partition = 0; partition < views.size(); partition++) {
            if (latest != null && !recordOf(partition).joining().isEmpty()) {
                return partition;
            }
        }
        return -1;
    }

    SimulatedLife joiningOf(int partition) {
        return Objects.requireNonNull(find(recordOf(partition).joining().get(0)));
    }

    SimulatedLife controller() {
        for (SimulatedLife life : lives()) {
            if (life.member() != null && life.member().isController()) {
                return life;
            }
        }
        throw new AssertionError("nobody controls: " + this);
    }

    /** Tells whether any other member than that one believes to control the table. */
    boolean isControlledBesides(SimulatedLife replaced) {
        return lives().stream()
                .anyMatch(life -> life != replaced
                        && life.member() != null
                        && life.member().isController());
    }

    /** Tells whether another member than that one serves a partition. */
    boolean isServedBesides(SimulatedLife replaced, int partition) {
        return lives().stream().anyMatch(life -> life != replaced && serves(life, partition));
    }

    private static boolean serves(SimulatedLife life, int partition) {
        StorageMember member = life.member();
        return member != null
                && partition < member.replicaCount()
                && member.replica(partition).state() == ReplicaState.SERVING;
    }

    /** Returns which partitions a member has no part in. */
    List<Integer> partitionsWithout(SimulatedLife life) {
        List<Integer> without = new ArrayList<>();
        StorageMember member = Objects.requireNonNull(life.member());
        for (int partition = 0; partition < views.size(); partition++) {
            if (!recordOf(partition).inSync().contains(member.self())) {
                without.add(partition);
            }
        }
        return without;
    }

    /** Tells whether each partition has all its copies, on members that are there and know of it. */
    boolean isWhole() {
        int wanted = settings.controllerSettings().redundancy().copies();
        for (int partition = 0; partition < views.size(); partition++) {
            List<Incarnation> holders = recordOf(partition).inSync();
            if (holders.size() != wanted || !holders.stream().allMatch(this::knowsWhatItHolds)) {
                return false;
            }
        }
        return true;
    }

    private boolean knowsWhatItHolds(Incarnation holder) {
        SimulatedLife life = find(holder);
        StorageMember member = life == null ? null : life.member();
        return member != null && member.replicaCount() > 0;
    }

    /** Returns which partitions have fewer copies than they should, or count a copy of that member's. */
    List<Integer> heldOnlyBy(SimulatedLife life) {
        List<Integer> partitions = new ArrayList<>();
        int wanted = settings.controllerSettings().redundancy().copies();
        for (int partition = 0; partition < views.size(); partition++) {
            List<Incarnation> holders = recordOf(partition).inSync();
            boolean holds =
                    life.member() != null && holders.contains(life.member().self());
            if (holds || holders.size() < wanted) {
                partitions.add(partition);
            }
        }
        return partitions;
    }

    /** Returns what a partition has answered when it was lost. */
    LossPromises promisesOf(int partition) {
        return views.get(partition).promises;
    }

    /** Returns the generation of a partition. */
    PartitionEpoch epochOf(int partition) {
        return recordOf(partition).epoch();
    }

    /** Returns the partitions of which the present life of a node has a copy in sync. */
    List<Integer> heldBy(int node) {
        return partitionsOf(node, PartitionRecord::inSync);
    }

    /** Returns the partitions that the present life of a node leads. */
    List<Integer> ledBy(int node) {
        return partitionsOf(node, record -> List.of(record.primary()));
    }

    private List<Integer> partitionsOf(int node, Function<PartitionRecord, List<Incarnation>> members) {
        SimulatedLife life = nodes.get(node).life;
        StorageMember member = life == null ? null : life.member();
        List<Integer> partitions = new ArrayList<>();
        for (int partition = 0; member != null && partition < views.size(); partition++) {
            if (members.apply(recordOf(partition)).contains(member.self())) {
                partitions.add(partition);
            }
        }
        return partitions;
    }

    /** Returns the latest time that any partition has had. */
    long latestPartitionMillis() {
        return invariants.latestMillis();
    }

    /** Returns the latest time that a clock shows, but for that node's. */
    long latestWallMillisBut(int node) {
        return lives().stream()
                .filter(life -> life.node() != node)
                .mapToLong(SimulatedLife::wallMillis)
                .max()
                .orElse(0);
    }

    /** Returns by how many milliseconds the time of the cluster, as the member on that node has found out, is ahead of what it is; empty if it does not know. */
    OptionalLong timeAheadOn(int node) {
        SimulatedLife life = Objects.requireNonNull(nodes.get(node).life);
        OptionalLong found = Objects.requireNonNull(life.member()).clusterMillis(life.clockNanos());
        return found.isPresent()
                ? OptionalLong.of(found.getAsLong() - new WorldClock(timeline).millis())
                : OptionalLong.empty();
    }

    /** Returns how many pairs of members, one on that node, have told that their clocks differ: each pair twice if both have. */
    int differing(int node) {
        SimulatedLife life = Objects.requireNonNull(nodes.get(node).life);
        return (int) lives().stream()
                .mapToLong(other -> (clocks.differ(life, other) ? 1 : 0) + (clocks.differ(other, life) ? 1 : 0))
                .sum();
    }

    /** Returns the longest time in nanoseconds that an operation on a partition has taken since then. */
    long longestOperationSince(int partition, long sinceNanos) {
        return views.get(partition).operations.stream()
                .filter(operation -> operation.invokedNanos() >= sinceNanos)
                .filter(operation -> operation.completion() instanceof Completion.Answered)
                .mapToLong(operation ->
                        ((Completion.Answered) operation.completion()).returnedNanos() - operation.invokedNanos())
                .max()
                .orElse(0);
    }

    /** Returns how many changes of a partition's entries were asked for since then, and answered. */
    long changesAnsweredSince(int partition, long sinceNanos) {
        return views.get(partition).operations.stream()
                .filter(operation -> operation.invokedNanos() >= sinceNanos)
                .filter(operation -> operation.completion() instanceof Completion.Answered)
                .filter(operation ->
                        !(operation.action() instanceof Action.Get || operation.action() instanceof Action.ContainsKey))
                .count();
    }

    // ---- processes

    /** Starts a process that uses caches. Such are on nodes of their own, which nobody cuts off. */
    ClientProcess startProcess(Manner manner) {
        return startProcess(manner, (int) -(1L + processes.size()));
    }

    /** Starts what uses caches in the process of a node's members. */
    ClientProcess startProcessOn(int node) {
        return startProcess(Manner.OF_MEMBER, node);
    }

    private ClientProcess startProcess(Manner manner, int node) {
        long number = 1L + processes.size();
        ClientProcess process = new ClientProcess(this, timeline, number, manner, settings.rules());
        processes.add(process);
        for (int partition = 0; partition < views.size(); partition++) {
            invariants.heard(partition).begun(number);
        }
        transports.add(network.open(new Peer.OfClient(number), node, process::run, process));
        return process;
    }

    private Transport transportOf(ClientProcess process) {
        return transports.get(processes.indexOf(process));
    }

    /** Ends a process that uses caches. */
    void end(ClientProcess process) {
        note("end of process " + process.number());
        process.end();
        transportOf(process).close();
        for (int partition = 0; partition < views.size(); partition++) {
            invariants.heard(partition).ended(process.number());
        }
    }

    /** Notes that a partition had forgotten that a process listens to a cache. */
    void forgotten(ClientProcess process, int partition, int cache) {
        note("partition " + partition + " had forgotten that process " + process.number() + " listens to cache "
                + cache);
    }

    /** Ends all processes that listen; others come soon. */
    void killListeners() {
        listening.forEach(ListeningClient::die);
    }

    /** Returns what processes have heard of a partition. */
    HeardChanges heard(int partition) {
        return invariants.heard(partition);
    }

    /** Tells whether nothing is to be begun any more. */
    boolean isOver() {
        return over;
    }

    /** Adds a node, whose process starts after that time. */
    void addNode(long delayNanos) {
        addNode(delayNanos, 0);
    }

    /** Adds a node whose wall clock is ahead of the others by so much, and returns its number. */
    int addNode(long delayNanos, long wrongMillis) {
        nodes.add(new Node(wrongMillis));
        start(nodes.size() - 1, delayNanos);
        return nodes.size() - 1;
    }

    /** Starts a process on a node after that time, unless there is one by then. */
    void start(int number, long delayNanos) {
        nodes.get(number).deserted = false;
        timeline.after(delayNanos, () -> {
            Node node = nodes.get(number);
            if (node.life == null && !node.deserted) {
                if (node.user == null) {
                    node.user = near.startOn(number);
                }
                node.life = new SimulatedLife(this, number, node.wrongMillis, node.user);
                note("node " + number + " starts");
                join(node.life);
            }
        });
    }

    private static DataAddress addressOf(int node) {
        return new DataAddress("host" + node, 1 + node);
    }

    private void join(SimulatedLife life) {
        MemberDescription description = new MemberDescription(
                new UUID(random.nextLong(), random.nextLong()),
                "node" + life.node(),
                new Location("host" + life.node(), ""),
                addressOf(life.node()),
                MemberDescription.DEFAULT_CAPACITY,
                ProtocolVersions.SPOKEN);
        SimulatedCoordinator.join(
                zooKeeper, timeline, life::run, description, life, coordinator -> life.begin(coordinator, settings));
        everyOf(life, TICK_MILLIS * MILLIS, life::tick);
    }

    private void everyOf(SimulatedLife life, long intervalNanos, Runnable action) {
        timeline.after(intervalNanos, () -> {
            if (!life.isOver()) {
                life.run(action);
                everyOf(life, intervalNanos, action);
            }
        });
    }

    /** Ends a process with all that is in it; its node starts another one, at once or later. */
    private void end(SimulatedLife life) {
        endUser(nodes.get(life.node()));
        succeed(life);
    }

    /** Ends a life; its node begins another one, at once or later. */
    private void succeed(SimulatedLife life) {
        stop(life);
        start(life.node(), chance(30) ? 50 * MILLIS : upTo(4 * SECOND));
    }

    private void stop(SimulatedLife life) {
        life.end();
        nodes.get(life.node()).life = null;
    }

    private void endUser(Node node) {
        if (node.user != null) {
            end(node.user);
            node.user = null;
        }
    }

    /** Kills a process; another one comes soon. */
    void crash(SimulatedLife life) {
        note("crash of " + life);
        end(life);
    }

    /** Kills a process, if there is one on the node, and no other one comes. */
    void kill(int node) {
        SimulatedLife life = nodes.get(node).life;
        nodes.get(node).deserted = true;
        endUser(nodes.get(node));
        if (life != null) {
            note("killed: " + life);
            stop(life);
        }
    }

    /** Kills the process of a node. */
    void crashOn(int node) {
        crash(Objects.requireNonNull(nodes.get(node).life));
    }

    /** Asks the member of a node to leave. */
    void leaveFrom(int node) {
        leave(Objects.requireNonNull(nodes.get(node).life));
    }

    void expelled(SimulatedLife life) {
        if (!life.isOver()) {
            note("expelled: " + life);
            succeed(life);
        }
    }

    void hasLeft(SimulatedLife life) {
        note("left: " + life);
        // What it has said last arrives, or gets lost with its connections.
        timeline.after(upTo(LONGEST_FAREWELL_NANOS), () -> {
            if (!life.isOver()) {
                end(life);
            }
        });
    }

    private List<SimulatedLife> lives() {
        List<SimulatedLife> lives = new ArrayList<>();
        for (Node node : nodes) {
            if (node.life != null) {
                lives.add(node.life);
            }
        }
        return lives;
    }

    private @Nullable SimulatedLife find(Incarnation incarnation) {
        for (SimulatedLife life : lives()) {
            if (life.member() != null && life.member().self().equals(incarnation)) {
                return life;
            }
        }
        return null;
    }

    // ---- the network

    /** Cuts two nodes off from each other for a while. */
    void cutOff(int one, int other, long nanos) {
        note("for " + nanos / MILLIS + " ms nothing passes between nodes " + one + " and " + other);
        network.cut(one, other, nanos);
        network.cut(other, one, nanos);
    }

    /** Lets nothing pass from one node to another until all is joined. */
    void cutOneWay(int from, int to) {
        note("nothing passes from node " + from + " to " + to);
        network.cut(from, to);
    }

    /** Joins what was cut. */
    void heal() {
        note("no cuts any more");
        network.mendAll();
    }

    /** Lets ZooKeeper be down for a while. */
    void zooKeeperDown(long nanos) {
        note("ZooKeeper is down for " + nanos / MILLIS + " ms");
        zooKeeper.goDown(nanos);
    }

    /** Returns the process on a node, or null. */
    @Nullable
    SimulatedLife lifeOn(int node) {
        return nodes.get(node).life;
    }

    SimulatedTransport listen(SimulatedLife life, Incarnation self) {
        return network.listen(new Peer.OfMember(self), addressOf(life.node()), life.node(), life::run, life);
    }

    @Override
    public boolean send(ClientProcess from, Incarnation to, ClientMessage message) {
        SimulatedLife here = from.life();
        if (here != null && present(here).self().equals(to)) {
            timeline.after(1, () -> here.run(() -> here.received(new Peer.OfClient(from.number()), message)));
            return true;
        }
        boolean sent = transportOf(from).send(new Peer.OfMember(to), message);
        if (message instanceof NearQuestion && chance(faults.pausePercent()) && chance(10)) {
            // What comes back lies there for a while, and is what it finds first.
            pause(from, upTo(2 * SECOND));
        }
        return sent;
    }

    @Override
    public @Nullable Incarnation anybody() {
        SimulatedLife anybody = anyMember();
        return anybody == null ? null : present(anybody).self();
    }

    private static StorageMember present(SimulatedLife life) {
        return Objects.requireNonNull(life.member());
    }

    private @Nullable SimulatedLife anyMember() {
        List<SimulatedLife> members =
                lives().stream().filter(life -> life.member() != null).toList();
        return members.isEmpty() ? null : pick(members);
    }

    @Override
    public void askForTable(ClientProcess from) {
        SimulatedLife asked = anyMember();
        if (asked != null) {
            arriveAt(asked, () -> {
                VersionedTable known = present(asked).table();
                List<Member> members = asked.members();
                if (known != null) {
                    arriveAt(from, () -> {
                        introduce(from, members);
                        from.onTable(known);
                    });
                }
            });
        }
    }

    /** Tells a process who is there. */
    void introduce(ClientProcess process, List<Member> members) {
        transportOf(process).membersChanged(members);
        process.onMembers(members.stream().map(Member::incarnation).toList());
    }

    /** Notes that a request has reached a member. */
    void asked(int partition, Request request) {
        invariants.heard(partition).asked(request);
        if (caches.areLossesChecked()) {
            views.get(partition).promises.asked(request, timeline.nowNanos());
        }
    }

    /** Looks at an answer; tells whether it is to be sent. */
    boolean answers(SimulatedLife from, Reply reply) {
        StorageMember member = Objects.requireNonNull(from.member());
        PartitionRecord known = reply.partition() < member.replicaCount()
                ? member.replica(reply.partition()).record()
                : null;
        if (reply.answer() instanceof Answer.Done && reply.attempt() == Reply.ANY_ATTEMPT) {
            // An attempt that found nothing to do is answered by its own number, and rests on no change.
            invariants.heard(reply.partition()).answered(reply.operation());
        }
        return known == null
                || !caches.areLossesChecked()
                || views.get(reply.partition())
                        .promises
                        .answered(known.epoch().generation(), reply.operation(), reply.answer(), timeline.nowNanos());
    }

    private void arriveAt(SimulatedProcess receiver, Runnable arrival) {
        if (!network.isLost()) {
            timeline.after(network.delayNanos(), () -> receiver.run(arrival));
        }
    }

    // ---- what goes wrong

    private void misfortune() {
        List<SimulatedLife> lives = lives();
        if (lives.isEmpty()) {
            return;
        }
        if (chance(faults.crashPercent())) {
            crash(pick(lives));
        }
        if (chance(faults.groupCrashPercent()) && chance(20)) {
            lives().stream().filter(life -> chance(50)).forEach(this::crash);
        }
        if (chance(faults.pausePercent())) {
            pause(pick(lives), upTo(chance(20) ? 10 * SECOND : 2 * SECOND));
        }
        if (chance(faults.pausePercent())) {
            pause(pick(processes), upTo(2 * SECOND));
        }
        if (chance(faults.deafPercent()) && !listening.isEmpty()) {
            ListeningClient deaf = pick(listening);
            if (chance(50)) {
                deaf.die();
            } else {
                cut(deaf.node(), pick(lives).node(), upTo(LONGEST_DEAFNESS_NANOS));
            }
        }
        if (chance(faults.leavePercent())) {
            leave(pick(lives));
        }
        if (chance(faults.cutPercent())) {
            cut(pick(lives).node(), pick(lives).node(), upTo(chance(10) ? LONGEST_CUT_NANOS : 3 * SECOND));
        }
        if (chance(faults.isolationPercent())) {
            isolate(pick(lives));
        }
        if (near.isAnybody() && chance(faults.isolationPercent()) && chance(50)) {
            // Whoever reads near reaches it, and need not know that others lead now.
            cutOffTogether(List.of(pick(lives)), upTo(6 * SECOND));
        }
        if (chance(faults.splitPercent()) && chance(20)) {
            split();
        }
    }

    private void cut(int from, int to, long nanos) {
        boolean oneWay = chance(50);
        note("for " + nanos / MILLIS + " ms nothing passes from node " + from + (oneWay ? " to " : " or to ") + to);
        network.cut(from, to, nanos);
        if (!oneWay) {
            network.cut(to, from, nanos);
        }
    }

    /** Asks a member to leave. */
    void leave(SimulatedLife life) {
        note("wants to leave: " + life);
        life.run(life::leave);
    }

    /** Lets a process stop for a while. */
    void pause(SimulatedLife life, long nanos) {
        note("pause of " + nanos / MILLIS + " ms: " + life);
        life.pause(nanos);
        ClientProcess user = nodes.get(life.node()).user;
        if (user != null) {
            user.pause(nanos);
        }
    }

    /** Lets a process that uses caches stop for a while, and the member in it, if there is one. */
    private void pause(ClientProcess process, long nanos) {
        SimulatedLife here = process.life();
        if (here == null) {
            process.pause(nanos);
        } else {
            pause(here, nanos);
        }
    }

    /** Cuts a process off from ZooKeeper for a while, and from nobody else. */
    void cutOffFromZooKeeper(SimulatedLife life, long nanos) {
        note("for " + nanos / MILLIS + " ms without ZooKeeper: " + life);
        life.cutOffSession(zooKeeper, nanos);
    }

    /** Cuts processes off from ZooKeeper and from all members but each other, for a while. Clients reach them. */
    void cutOffTogether(List<SimulatedLife> side, long nanos) {
        for (SimulatedLife life : side) {
            cutOffFromZooKeeper(life, nanos);
            for (int other = 0; other < nodes.size(); other++) {
                int node = other;
                if (side.stream().noneMatch(each -> each.node() == node)) {
                    network.cut(life.node(), node, nanos);
                    network.cut(node, life.node(), nanos);
                }
            }
        }
    }

    private void isolate(SimulatedLife life) {
        long nanos = upTo(6 * SECOND);
        for (int other = 0; other < nodes.size(); other++) {
            cut(life.node(), other, nanos);
        }
        if (chance(50)) {
            cutOffFromZooKeeper(life, nanos);
        }
        if (chance(50)) {
            // The others need not wait until they miss it; and there may be a second one to replace before its leases
            // are over.
            life.breakConnections();
            if (chance(50)) {
                timeline.after(upTo(400 * MILLIS), this::crashAnybody);
            }
        }
    }

    private void crashAnybody() {
        List<SimulatedLife> lives = lives();
        if (!lives.isEmpty()) {
            crash(pick(lives));
        }
    }

    /** Cuts some off from the others and from ZooKeeper, for longer than their sessions last. */
    private void split() {
        long nanos = upTo(LONGEST_SPLIT_NANOS);
        List<SimulatedLife> all = lives();
        List<SimulatedLife> severed = all.stream().filter(life -> chance(50)).toList();
        for (SimulatedLife life : severed) {
            cutOffFromZooKeeper(life, nanos);
            all.stream().filter(other -> !severed.contains(other)).forEach(other -> {
                cut(life.node(), other.node(), nanos);
                cut(other.node(), life.node(), nanos);
            });
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    // ---- what must hold

    /** Looks at a member after it has done something. */
    void check(SimulatedLife life) {
        StorageMember member = life.member();
        if (member == null) {
            return;
        }
        VersionedTable table = member.table();
        if (table != null && (latest == null || table.version() > latest.version())) {
            note("table " + table.version());
            latest = table;
            invariants.changed(table.table());
            changes++;
            if (table.version() == 1 || changes == 1) {
                clients.forEach(SimulatedClient::start);
                gathering.forEach(GatheringClient::start);
                listening.forEach(ListeningClient::start);
            }
        }
        invariants.check(life);
    }

    void committed(int partition, PartitionRecord known, LogEntry entry) {
        PartitionView view = views.get(partition);
        long generation = known.epoch().generation();
        lastCommitNanos = timeline.nowNanos();
        view.promises.committed(generation, entry);
        if (invariants.committed(partition, known, entry)) {
            caches.committed(generation, entry);
            near.committed(entry);
            Operation load = caches.load(generation, entry);
            if (load != null) {
                view.record(load);
            }
        }
    }

    /** Returns who reads near. */
    NearReaders near() {
        return near;
    }

    void changesGivenUp(int partition, long generation, long number) {
        invariants.changesGivenUp(partition, generation, number);
    }

    void partitionLost(SimulatedLife life, int partition, long generation) {
        if (!lossesTold.add(List.of(life, partition, generation))) {
            throw new AssertionError("told twice of the loss of partition " + partition + ": " + life);
        }
        PartitionView view = views.get(partition);
        if (generation > view.lostGeneration) {
            view.lostGeneration = generation;
            lost++;
        }
    }

    void clocksCompared(SimulatedLife by, Incarnation other, long aheadMillis, ClockWatch.Verdict verdict) {
        SimulatedLife compared = find(other);
        if (compared != null && namedByNode == null) { // There, several lives go by one name.
            clocks.compared(by, compared, aheadMillis, verdict);
        }
    }

    @Override
    public List<String> wounds() {
        List<String> wounds = new ArrayList<>();
        wounds.addAll(invariants.wounds());
        VersionedTable table = latest;
        if (table == null) {
            return List.of("no table");
        }
        int inhabited = (int) nodes.stream().filter(node -> !node.deserted).count();
        PartitionTable records = table.table();
        for (int partition = 0; partition < records.partitionCount(); partition++) {
            PartitionRecord record = records.record(partition);
            int wanted = shape.copiesOf(partition, inhabited);
            if (record.epoch().standing() == Standing.PROVISIONAL) {
                wounds.add("partition " + partition + " is provisional: " + record);
            }
            if (record.inSync().size() != wanted || !record.joining().isEmpty()) {
                wounds.add("partition " + partition + " has not the copies it should have: " + record);
            }
            Map<ReplicaState, Integer> states = new HashMap<>();
            Set<Long> digests = new HashSet<>();
            List<String> replicas = new ArrayList<>();
            for (Incarnation holder : record.inSync()) {
                SimulatedLife life = find(holder);
                StorageMember member = life == null ? null : life.member();
                if (member == null) {
                    wounds.add("partition " + partition + " is held by one who is gone: " + holder);
                } else {
                    states.merge(member.replica(partition).state(), 1, Integer::sum);
                    digests.add(member.replica(partition).digest());
                    replicas.add(holder + ": " + member.replica(partition));
                }
            }
            if (!states.equals(
                    wanted == 1
                            ? Map.of(ReplicaState.SERVING, 1)
                            : Map.of(ReplicaState.SERVING, 1, ReplicaState.BACKUP, wanted - 1))) {
                wounds.add("partition " + partition + " is held by " + replicas);
            }
            if (digests.size() > 1) {
                wounds.add("partition " + partition + " is not the same everywhere: " + replicas);
            }
        }
        lives().forEach(life -> addDisorder(life, records, wounds));
        wounds.addAll(caches.wounds(key -> records.record(shape.layout().partition(SimulatedCaches.BEHIND, key.hash()))
                .epoch()
                .generation()));
        processes.stream()
                .filter(process -> process.calls() > 0 && !process.isOver() && !process.listens())
                .forEach(process -> wounds.add("calls that nobody was told the outcome of: " + process.calls()));
        return wounds;
    }

    /** E5. */
    private void addDisorder(SimulatedLife life, PartitionTable records, List<String> wounds) {
        Set<EntryKey> served = new HashSet<>();
        for (int partition = 0; partition < records.partitionCount(); partition++) {
            PartitionRecord record = records.record(partition);
            if (find(record.primary()) == life) {
                served.addAll(invariants.keys(partition, record.epoch().generation(), caches::isOrderChecked));
            }
        }
        Set<EntryKey> known = caches.orderedKeys(life);
        if (!known.equals(served)) {
            wounds.add("the order of " + life + " knows " + known + ", served are " + served);
        }
    }

    /** Returns how many entries had to go. */
    int evicted() {
        return invariants.evicted();
    }

    @Override
    public int answered() {
        return views.stream().mapToInt(view -> view.operations.count()).sum();
    }

    @Override
    public List<History> histories() {
        List<History> histories = new ArrayList<>();
        views.forEach(view -> histories.addAll(view.operations.histories()));
        return histories;
    }

    /** Says who is what, for a run that went wrong. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("at " + timeline.nowNanos() / MILLIS + " ms, " + drawn);
        diary.forEach(line -> text.append("\n  ").append(line));
        lives().forEach(life -> text.append("\n  ").append(life));
        VersionedTable table = latest;
        for (int partition = 0; table != null && partition < table.table().partitionCount(); partition++) {
            text.append("\n  ")
                    .append(partition)
                    .append(": ")
                    .append(table.table().record(partition));
        }
        return text.toString();
    }

    /** A partition, as its clients see it, and what they and its primaries say of it. */
    private final class PartitionView implements ClientWorld {
        private final int partition;
        private final RecordedOperations operations = new RecordedOperations();
        private final LossPromises promises = new LossPromises();
        private long lostGeneration = 1;

        PartitionView(int partition) {
            this.partition = partition;
        }

        @Override
        public Random random() {
            return random;
        }

        @Override
        public Timeline timeline() {
            return timeline;
        }

        @Override
        public int partition() {
            return partition;
        }

        @Override
        public long generation() {
            return recordOf(partition).epoch().generation();
        }

        @Override
        public String key(String begin, String end) {
            int number = 0;
            String key;
            do {
                key = begin + "~" + number++ + end;
            } while (partition(KeyHash.of(key.getBytes(StandardCharsets.UTF_8))) != partition);
            return key;
        }

        private int partition(long keyHash) {
            int any = shape.isReplicated(partition) ? SimulatedCaches.REPLICATED : SimulatedCaches.PLAIN;
            return shape.layout().partition(any, keyHash);
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public long keyGeneration() {
            return timeline.nowNanos() / KEY_LIFE_NANOS;
        }

        @Override
        public NearPromises near() {
            return near.promises();
        }

        @Override
        public void record(Operation operation) {
            operations.add(operation);
        }
    }
}
