package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.engine.Submission;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.ControllerRequest.Relinquished;
import io.fyercache.sharded.message.ControllerRequest.Shrink;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.replication.CommittedChanges;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.ReplicaState;
import io.fyercache.sharded.replication.ReplicationLimits;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.Operation;
import io.fyercache.testkit.simulation.ClientProcess.Manner;
import io.fyercache.testkit.simulation.SimulatedDatabase.Statements;
import io.fyercache.testkit.time.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A partition with its members, clients, network and controller. */
final class PartitionSimulation implements ClientWorld, ClientNetwork, World {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final ProtocolTimes TIMES = new ProtocolTimes(300 * MILLIS, 3 * SECOND, 100 * MILLIS, 0);
    private static final int CLIENTS = 6;

    /** Clients who use other caches: those with user code, and one whose entries live on by being read. */
    private static final int CALLERS = 3;

    private static final int KEYS = 3;

    /** A key is left for a new one after so long: histories of thousands of operations take long to check. */
    private static final long KEY_LIFE_NANOS = 5 * SECOND;

    private static final long LISTEN_NANOS = 500 * MILLIS;
    private static final ChangeInterest EVERYTHING =
            new ChangeInterest(ChangeInterest.ALL_KINDS, 0, ChangeInterest.ALL_KINDS);

    private final Random random;
    private final Rules rules;
    private final ReplicationLimits limits;
    private final int copies;
    private final Timeline timeline = new Timeline();
    private final SimulatedCaches caches;
    private final List<SimulatedMember> members = new ArrayList<>();
    private final List<ClientProcess> processes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final RecordedOperations operations = new RecordedOperations();
    private final Set<Incarnation> everMembers = new HashSet<>();
    /** From whom nothing comes through, and to whom: often one way only. */
    private final Set<List<Incarnation>> cuts = new HashSet<>();

    private final CommittedEntries committed = new CommittedEntries();
    private final LossPromises promises = new LossPromises();
    private final ToldChanges changesTold = new ToldChanges();
    private int expired;
    private int evicted;

    private Faults faults;
    private PartitionRecord record;
    private long tableVersion = 1;
    private long recordNanos;
    private long allLostNanos = -1;
    private @Nullable Incarnation handOverTo;
    private long lastIncarnation;
    private boolean over;
    private int changes;

    PartitionSimulation(long seed, Rules rules) {
        this(new Random(seed), rules, null, null);
    }

    /** Makes a world with a database to which statements come so. */
    static PartitionSimulation with(long seed, Statements statements) {
        return new PartitionSimulation(new Random(seed), Rules.ALL, null, statements);
    }

    /** Makes a world in which nothing goes wrong, or a drawn amount; and statements come so, or as is drawn. */
    private PartitionSimulation(Random random, Rules rules, @Nullable Faults given, @Nullable Statements statements) {
        this.random = random;
        this.rules = rules;
        this.limits = TinyLimits.draw(random);
        this.faults = given == null ? Faults.draw(random) : given;
        this.caches = new SimulatedCaches(timeline, random, statements == null ? Statements.draw(random) : statements);
        int nodes = 3 + random.nextInt(3);
        this.copies = Math.min(3, 2 + random.nextInt(3));
        for (int node = 0; node < nodes; node++) {
            startMember();
        }
        record = PartitionRecord.initial(members.get(0).self());
        everMembers.add(members.get(0).self());
        publish();
        ClientProcess faithful = startProcess(Manner.FAITHFUL);
        ClientProcess busy = startProcess(Manner.RESTLESS);
        ClientProcess idle = startProcess(Manner.RESTLESS);
        ClientProcess calling = startProcess(Manner.RESTLESS);
        for (int client = 1; client <= CLIENTS; client++) {
            ClientProcess process = client == 1 ? faithful : client < CLIENTS ? busy : idle;
            clients.add(SimulatedClient.plain(this, process, client, KEYS, CLIENTS));
        }
        for (int client = CLIENTS + 1; client <= CLIENTS + CALLERS; client++) {
            clients.add(SimulatedClient.calling(this, calling, client, KEYS, CALLERS));
        }
        clients.forEach(SimulatedClient::start);
        ClientProcess listening = startProcess(Manner.RESTLESS);
        timeline.every(LISTEN_NANOS, () -> listening.run(() -> listen(listening)));
        timeline.every(50 * MILLIS, this::control);
    }

    /** Says that somebody listens, again and again: a generation that begins knows nobody. The members' hosts tell, and nobody forgets. */
    private void listen(ClientProcess process) {
        if (process.layout() != null && process.calls() == 0 && !over) {
            for (int cache : SimulatedCaches.HEARD) {
                Submission submission = (router, now, owner) -> router.submitToPartition(
                        0, cache, new Task.Listen(1, EVERYTHING), 1, now + LISTEN_NANOS, now, owner);
                process.submit(submission, outcome -> {});
            }
        }
    }

    /** Makes a world in which nothing goes wrong. */
    static PartitionSimulation calm(long seed) {
        return new PartitionSimulation(new Random(seed), Rules.ALL, Faults.NONE, null);
    }

    @Override
    public Random random() {
        return random;
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    SimulatedCaches caches() {
        return caches;
    }

    LossPromises promises() {
        return promises;
    }

    List<SimulatedMember> members() {
        return members;
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public long generation() {
        return record.epoch().generation();
    }

    @Override
    public String key(String begin, String end) {
        return begin + end;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public long keyGeneration() {
        return timeline.nowNanos() / KEY_LIFE_NANOS;
    }

    int changes() {
        return changes;
    }

    @Override
    public int answered() {
        return operations.count();
    }

    /** Nothing is read near here. */
    @Override
    public NearPromises near() {
        throw new AssertionError("nothing is read near");
    }

    @Override
    public void record(Operation operation) {
        operations.add(operation);
    }

    @Override
    public List<History> histories() {
        return operations.histories();
    }

    /** Is told by primaries what is committed. */
    void committed(long generation, LogEntry entry) {
        promises.committed(generation, entry);
        if (committed.committed(generation, entry)) {
            changesTold.committed(generation, entry);
            caches.committed(generation, entry);
            Operation load = caches.load(generation, entry);
            if (load != null) {
                record(load);
            }
        }
    }

    /** Is told of changes, as somebody who listens. */
    void told(CommittedChanges changes) {
        changesTold.told(changes);
    }

    void changesGivenUp(long generation, long number) {
        changesTold.givenUp(generation, number);
    }

    ToldChanges changesTold() {
        return changesTold;
    }

    /** Is told that something has expired. */
    void expired() {
        expired++;
    }

    /** Is told that something was evicted. */
    void evicted() {
        evicted++;
    }

    /** Returns how many evicted entries were told of. */
    int evictedCount() {
        return evicted;
    }

    /** Returns how many expired entries were told of. */
    int expiredCount() {
        return expired;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    // ---- the run

    @Override
    public void run(long faultyNanos, long calmNanos) {
        timeline.runUntil(faultyNanos, this::checkOneReader);
        faults = Faults.NONE;
        cuts.clear();
        members.forEach(member -> member.deafen(0));
        timeline.runUntil(faultyNanos + calmNanos / 2, this::checkOneReader);
        over = true;
        clients.forEach(SimulatedClient::abandon);
        timeline.runUntil(faultyNanos + calmNanos, this::checkOneReader);
    }

    private void checkOneReader() {
        // The history is checked at the end; this is only to fail nearer to the cause, and is cheap.
        long serving = members.stream()
                .filter(member -> member.isAlive() && member.replica().state() == ReplicaState.SERVING)
                .map(member -> member.replica().record())
                .filter(record::equals)
                .count();
        if (serving > 1) {
            throw new AssertionError("two members serve under one record");
        }
    }

    @Override
    public List<String> wounds() {
        List<SimulatedMember> holders = members.stream()
                .filter(member -> record.inSync().contains(member.self()))
                .toList();
        List<ReplicaState> states = holders.stream()
                .map(member -> member.replica().state())
                .sorted()
                .toList();
        List<String> wounds = new ArrayList<>(changesTold.wounds(record.epoch().generation()));
        wounds.addAll(caches.wounds(key -> record.epoch().generation()));
        if (holders.size() < 2) {
            wounds.add("members in sync: " + holders.size());
        }
        if (!states.equals(Stream.concat(
                        Stream.generate(() -> ReplicaState.BACKUP).limit(Math.max(0, holders.size() - 1)),
                        Stream.of(ReplicaState.SERVING))
                .toList())) {
            wounds.add("they are " + states);
        }
        if (holders.stream().map(member -> member.replica().digest()).distinct().count() > 1) {
            wounds.add("they do not hold the same");
        }
        for (SimulatedMember member : members) {
            Set<EntryKey> served = member.self().equals(record.primary())
                    ? changesTold.keysOf(record.epoch().generation(), caches::isOrderChecked)
                    : Set.of();
            if (member.isAlive() && !member.boundedKeys().equals(served)) {
                wounds.add(
                        "the order of " + member.self() + " knows " + member.boundedKeys() + ", served are " + served);
            }
        }
        processes.stream()
                .filter(process -> process.calls() > 0)
                .forEach(process -> wounds.add("calls that nobody was told the outcome of: " + process.calls()));
        return wounds;
    }

    /** Says who is what, for a run that went wrong. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(limits)
                .append(", ")
                .append(faults)
                .append(", ")
                .append(record);
        for (SimulatedMember member : members) {
            text.append("\n  ").append(member.self());
            text.append(member.isAlive() ? " alive" : " dead").append(member.isExpelled() ? " expelled " : " ");
            text.append(member.replica());
        }
        return text.toString();
    }

    // ---- processes

    private ClientProcess startProcess(Manner manner) {
        ClientProcess process = new ClientProcess(this, timeline, 1 + processes.size(), manner, rules);
        processes.add(process);
        return process;
    }

    private void startMember() {
        SimulatedMember member = new SimulatedMember(this, new Incarnation(++lastIncarnation), TIMES, limits, rules);
        members.add(member);
        heartbeat(member);
        repeat(member, 10 * MILLIS, member::tick);
        repeat(member, SECOND, member::renewLicence);
        member.renewLicence();
    }

    private void heartbeat(SimulatedMember member) {
        repeat(member, 100 * MILLIS, member::sendHeartbeats);
    }

    private void repeat(SimulatedMember member, long intervalNanos, Runnable action) {
        timeline.after(intervalNanos, () -> {
            if (member.isAlive()) {
                member.run(action);
                repeat(member, intervalNanos, action);
            }
        });
    }

    private @Nullable SimulatedMember find(Incarnation incarnation) {
        for (SimulatedMember member : members) {
            if (member.self().equals(incarnation)) {
                return member;
            }
        }
        return null;
    }

    private boolean isUp(Incarnation incarnation) {
        SimulatedMember member = find(incarnation);
        return member != null && member.isAlive();
    }

    // ---- the network

    private long delayNanos() {
        return chance(faults.slowPercent())
                ? 1 + (long) (random.nextDouble() * faults.slowNanos())
                : 100_000 + random.nextInt(900_000);
    }

    /** Lets something happen on a member, by way of the network. */
    void transmit(SimulatedMember from, SimulatedMember to, Runnable arrival) {
        if (!chance(faults.lossPercent()) && !cuts.contains(List.of(from.self(), to.self()))) {
            timeline.after(delayNanos(), () -> to.run(arrival));
        }
    }

    void send(SimulatedMember from, Incarnation to, PartitionMessage message) {
        SimulatedMember receiver = find(to);
        if (receiver != null && receiver != from) {
            transmit(from, receiver, () -> receiver.onMessage(from.self(), message));
        }
    }

    @Override
    public boolean send(ClientProcess from, Incarnation to, ClientMessage message) {
        SimulatedMember receiver = find(to);
        if (receiver != null && message instanceof Call call) {
            arriveAt(receiver, () -> receiver.onRequest(call.request()));
        }
        return receiver != null;
    }

    @Override
    public Incarnation anybody() {
        return pick(members).self();
    }

    @Override
    public void askForTable(ClientProcess from) {
        SimulatedMember asked = pick(members);
        arriveAt(asked, () -> {
            PartitionRecord known = asked.replica().record();
            if (known != null) {
                PartitionTable table = PartitionTable.of(PartitionLayout.spread(1), List.of(known));
                VersionedTable told = new VersionedTable(asked.tableVersion(), table);
                arriveAt(from, () -> from.onTable(told));
            }
        });
    }

    void answer(OperationId request, int attempt, Answer answer) {
        ClientProcess process = processes.get((int) request.client() - 1);
        arriveAt(process, () -> process.onReply(new Reply(0, request, attempt, answer)));
    }

    /** E5: as a heartbeat later, or never. */
    void usedAtBackup(EntryKey key) {
        SimulatedMember primary = find(record.primary());
        if (primary != null) {
            arriveAt(primary, () -> primary.replica().onUsedElsewhere(key));
        }
    }

    private void arriveAt(SimulatedProcess receiver, Runnable arrival) {
        if (!chance(faults.lossPercent())) {
            timeline.after(delayNanos(), () -> receiver.run(arrival));
        }
    }

    /**
     * L1: a write to ZooKeeper, which is always up; the answer may be slow, and comes after all that ZooKeeper has told until then. To whom nothing
     * is told, nothing is answered either.
     */
    void prove(SimulatedMember member, Runnable answered) {
        timeline.after(delayNanos(), () -> {
            PartitionRecord told = record;
            long version = tableVersion;
            timeline.after(
                    delayNanos(),
                    () -> member.run(() -> {
                        if (!member.isDeaf()) {
                            member.install(told, version);
                            answered.run();
                        }
                    }));
        });
    }

    // ---- the controller

    private void publish() {
        recordNanos = timeline.nowNanos();
        changes++;
        push();
    }

    private void push() {
        members.forEach(this::learnTable);
    }

    /** Tells a member the table as it is now. */
    void learnTable(SimulatedMember member) {
        PartitionRecord pushed = record;
        long version = tableVersion;
        if (!chance(faults.lossPercent()) && !member.isDeaf()) {
            timeline.after(delayNanos(), () -> member.run(() -> member.install(pushed, version)));
        }
    }

    private void change(PartitionRecord next) {
        record = next;
        tableVersion++;
        everMembers.addAll(next.joining());
        publish();
    }

    /** Tells whether a member that knows that record, in which it takes no part, did so before. */
    boolean isExpelled(Incarnation member, PartitionRecord known) {
        return known.version() == record.version() && everMembers.contains(member);
    }

    void askController(Incarnation from, ControllerRequest request) {
        if (!chance(faults.lossPercent())) {
            timeline.after(delayNanos(), () -> onRequest(from, request));
        }
    }

    private void onRequest(Incarnation from, ControllerRequest request) {
        if (request.version() != record.version() || !from.equals(record.primary())) {
            return;
        }
        if (request instanceof Expand expand) {
            if (isUp(expand.member()) && record.joining().contains(expand.member())) {
                change(record.expand(expand.member()));
            }
        } else if (request instanceof Shrink shrink) {
            change(record.shrink(List.of(shrink.member())));
        } else if (request instanceof Relinquished && handOverTo != null) {
            Incarnation successor = record.inSync().contains(handOverTo) ? handOverTo : record.primary();
            handOverTo = null;
            change(record.handOver(successor));
        }
    }

    /** One round of the controller, and of bad luck. */
    private void control() {
        misfortune();
        push();
        if (!repair() && chance(faults.whimPercent())) {
            whim();
        }
    }

    private void misfortune() {
        if (chance(faults.crashPercent())) {
            pick(members).end();
        }
        if (chance(faults.pausePercent())) {
            pick(members).pause((long) (random.nextDouble() * 2 * SECOND));
        }
        if (chance(faults.pausePercent())) {
            pick(processes).pause((long) (random.nextDouble() * 2 * SECOND));
        }
        if (chance(faults.deafPercent())) {
            pick(members).deafen((long) (random.nextDouble() * 3 * SECOND));
        }
        if (chance(faults.cutPercent())) {
            cut(List.of(pick(members).self(), pick(members).self()));
        }
        // Who has crashed or been expelled comes back as another incarnation.
        for (SimulatedMember member : List.copyOf(members)) {
            if ((!member.isAlive() || member.isExpelled()) && chance(20)) {
                member.end();
                members.remove(member);
                startMember();
            }
        }
    }

    private void cut(List<Incarnation> fromTo) {
        List<Incarnation> toFrom = List.of(fromTo.get(1), fromTo.get(0));
        cut(chance(50) ? List.of(fromTo) : List.of(fromTo, toFrom), (long) (random.nextDouble() * 2 * SECOND));
    }

    private void cut(List<List<Incarnation>> directions, long nanos) {
        cuts.addAll(directions);
        timeline.after(nanos, () -> directions.forEach(cuts::remove));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Does what the state of the members asks for; tells whether there was anything. */
    private boolean repair() {
        List<Incarnation> live = record.inSync().stream().filter(this::isUp).toList();
        if (live.isEmpty()) {
            return resetIfDue();
        }
        allLostNanos = -1;
        List<Incarnation> dead = Stream.concat(record.inSync().stream(), record.joining().stream())
                .filter(member -> !isUp(member))
                .toList();
        if (!isUp(record.primary())) {
            change(record.takeOver(pick(live), dead));
        } else if (!dead.isEmpty()) {
            change(record.shrink(dead));
        } else if (record.inSync().size() + record.joining().size() < copies) {
            List<Incarnation> spare = members.stream()
                    .filter(member -> member.isAlive() && !everMembers.contains(member.self()))
                    .map(SimulatedMember::self)
                    .toList();
            if (spare.isEmpty()) {
                return settle();
            }
            change(record.startJoin(pick(spare)));
        } else {
            return settle();
        }
        return true;
    }

    /** R6: wants the copies to be where they are, as else none of them may answer reads. */
    private boolean settle() {
        if (record.isSettled() || !record.joining().isEmpty()) {
            return false;
        }
        List<Incarnation> wanted = new ArrayList<>(record.inSync());
        wanted.remove(record.primary());
        wanted.add(0, record.primary());
        change(record.retarget(wanted));
        return true;
    }

    /** L2. */
    private boolean resetIfDue() {
        long now = timeline.nowNanos();
        allLostNanos = allLostNanos < 0 ? now : allLostNanos;
        List<SimulatedMember> spare = members.stream()
                .filter(member -> member.isAlive() && !everMembers.contains(member.self()))
                .toList();
        if (spare.isEmpty() || now - Math.max(allLostNanos, recordNanos) <= TIMES.outlastNanos(false)) {
            return true;
        }
        Incarnation successor = pick(spare).self();
        everMembers.add(successor);
        change(record.reset(successor));
        return true;
    }

    /** Two takeovers in a row, before anybody has quite taken in the first. */
    private void takeOverAgain() {
        List<Incarnation> others = record.inSync().stream()
                .filter(member -> !member.equals(record.primary()))
                .toList();
        if (!others.isEmpty()) {
            change(record.takeOver(pick(others), List.of(record.primary())));
        }
    }

    /**
     * M11: replaces the primary, which hears of nothing, and soon its successor, too, of which the next one has heard nothing for a while. So the last
     * promise of the last one is to the first.
     */
    private void takeOverUnheard(List<Incarnation> others) {
        Incarnation first = record.primary();
        Incarnation second = pick(others);
        Incarnation third = pick(others);
        SimulatedMember deaf = find(first);
        if (deaf == null || second.equals(third)) {
            return;
        }
        deaf.deafen(SECOND);
        cut(List.of(List.of(second, third)), SECOND);
        timeline.after(random.nextInt((int) (300 * MILLIS)), () -> {
            if (record.primary().equals(first) && record.inSync().containsAll(List.of(second, third))) {
                change(record.takeOver(second, List.of(first)));
                timeline.after(random.nextInt((int) (20 * MILLIS)), this::takeOverAgain);
            }
        });
    }

    /** A change that nothing calls for: it must be safe all the same. */
    private void whim() {
        List<Incarnation> others = record.inSync().stream()
                .filter(member -> !member.equals(record.primary()) && isUp(member))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> change(record.takeOver(pick(others), List.of(record.primary())));
            case 1 -> {
                change(record.takeOver(pick(others), List.of(record.primary())));
                long soon = (chance(50) ? 4 : 60) * MILLIS; // Before the first has sent its log, or after.
                timeline.after(random.nextInt((int) soon), this::takeOverAgain);
            }
            case 2 -> change(record.shrink(List.of(pick(others))));
            case 3 -> takeOverUnheard(others);
            default -> {
                handOverTo = pick(others);
                long version = record.version();
                SimulatedMember primary = find(record.primary());
                if (primary != null) {
                    timeline.after(delayNanos(), () -> primary.run(() -> primary.onRelinquishWish(version)));
                }
            }
        }
    }
}
