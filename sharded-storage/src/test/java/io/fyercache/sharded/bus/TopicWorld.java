package io.fyercache.sharded.bus;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Processes with a few entries each in front of one database, two members who take turns as the relay, and a network between them, in virtual time: messages are lost, late and
 * overtake each other, who takes part stands still, is cut off or dies, and the relay is replaced. Each read is compared with what was acknowledged before it began.
 */
final class TopicWorld {
    static final long MILLI = 1_000_000;
    private static final int PROCESSES = 4;
    private static final List<Incarnation> MEMBERS = List.of(new Incarnation(1), new Incarnation(2));

    private final Random random;
    private final Rules rules;
    private final Breach breach;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
    private final List<Relay> relays = new ArrayList<>();
    private final List<Caller> processes = new ArrayList<>();
    private final Map<Long, Caller> byClient = new HashMap<>();
    private final Map<List<Actor>, Long> arrivals = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long now;
    private long orders;
    private long clients;
    private boolean calm;

    private VersionedTable table = tableOf(1, PartitionRecord.founding(MEMBERS));
    private Incarnation leader = MEMBERS.get(0);
    private boolean leased = true;

    /** What the database has of each key, and the greatest of what was acknowledged. */
    private final long[] stored = new long[TopicProcess.KEYS];

    private final long[] acknowledged = new long[TopicProcess.KEYS];
    private int readFromMemory;

    /** What processes do that they must not. */
    enum Breach {
        NONE,
        /** They keep what is in memory when messages may have been missed. */
        KEEPS_WHAT_WAS_MISSED,
        /** They go by a heartbeat that has come back from when it came, not from when it was sent: what was ordered after it may still be on its way. */
        TRUSTS_FROM_ANSWER
    }

    private record Event(long atNanos, long order, Actor actor, Runnable action) {}

    /** Who takes part, and may stand still. */
    private class Actor {
        final Deque<Runnable> missed = new ArrayDeque<>();
        boolean still;
        boolean cut;
        boolean dead;

        void after(long nanos, Runnable action) {
            events.add(new Event(now + nanos, orders++, this, action));
        }

        void every(long nanos, Runnable action) {
            after(nanos, () -> {
                action.run();
                every(nanos, action);
            });
        }

        void take(Runnable action) {
            if (still) {
                missed.add(action);
            } else if (!dead) {
                action.run();
            }
        }

        void goOn() {
            still = false;
            while (!missed.isEmpty() && !still) {
                take(missed.remove());
            }
        }
    }

    /** What moves time on whatever happens to others. */
    private final Actor world = new Actor();

    /** A member. */
    private final class Relay extends Actor implements TopicRelay.Host {
        private final Incarnation self;
        private final TopicRelay topics = new TopicRelay(this, rules, now);
        private VersionedTable known = table;

        Relay(Incarnation self) {
            this.self = self;
            every(10 * MILLI, () -> topics.onTick(now));
        }

        @Override
        public void send(long client, ClientMessage message) {
            Caller to = byClient.get(client);
            if (to != null) {
                bring(this, to, () -> to.process.onMessage((FromRelay) message));
            }
        }

        @Override
        public PartitionLayout layout() {
            return PartitionLayout.spread(1);
        }

        @Override
        public long leasedEpoch(int partition, long nowNanos) {
            return leased && leader.equals(self) && known.version() == table.version() ? epoch(partition) : 0;
        }

        @Override
        public long epoch(int partition) {
            return known.table().record(partition).epoch().number();
        }
    }

    /** A process. */
    private final class Caller extends Actor implements TopicProcess.Surroundings {
        private final long client = ++clients;
        private final TopicProcess process = new TopicProcess(client, this, breach);

        Caller() {
            byClient.put(client, this);
            process.onTable(table);
            every(10 * MILLI, process::onTick);
            every(TopicProcess.HEARTBEAT, process::beat);
        }

        void read(int key) {
            readFromMemory += process.isReadFromMemory(key) ? 1 : 0;
            long owed = acknowledged[key];
            long found = process.read(key);
            if (found < owed) {
                violations.add("process " + client + " reads " + found + " at " + now / MILLI + " ms, and " + owed
                        + " was acknowledged");
            }
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public void send(Incarnation member, ClientMessage message) {
            Relay to = relays.get(MEMBERS.indexOf(member));
            bring(this, to, () -> to.topics.onMessage(client, (ToRelay) message, now));
        }

        @Override
        public void learnTable() {
            after(10 * MILLI, () -> process.onTable(table));
        }

        @Override
        public void soon(Runnable action) {
            after(random.nextInt(10) * MILLI, action);
        }

        @Override
        public long stored(int key) {
            return stored[key];
        }

        @Override
        public long store(int key) {
            return ++stored[key];
        }

        @Override
        public void acknowledge(int key, long value) {
            acknowledged[key] = Math.max(acknowledged[key], value);
        }
    }

    /**
     * Begins one.
     *
     * @param rules those that relays keep
     */
    TopicWorld(long seed, Rules rules, Breach breach) {
        this.random = new Random(seed);
        this.rules = rules;
        this.breach = breach;
        MEMBERS.forEach(member -> relays.add(new Relay(member)));
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new Caller());
        }
        world.every(MILLI, this::use);
        world.every(150 * MILLI, this::disturb);
    }

    private static VersionedTable tableOf(long version, PartitionRecord record) {
        return new VersionedTable(version, PartitionTable.of(PartitionLayout.spread(1), List.of(record)));
    }

    private void bring(Actor from, Actor to, Runnable arrival) {
        if (from.cut || to.cut || from.dead || (!calm && random.nextInt(50) == 0)) {
            return;
        }
        if (!calm && random.nextInt(20) == 0) {
            to.after((1 + random.nextInt(300)) * MILLI, arrival);
            return;
        }
        // Most messages keep their order, as those of one connection do.
        long at = Math.max(now + (1 + random.nextInt(5)) * MILLI, arrivals.getOrDefault(List.of(from, to), 0L));
        arrivals.put(List.of(from, to), at);
        to.after(at - now, arrival);
    }

    /** Lets one process use its cache. */
    private void use() {
        Caller process = processes.get(random.nextInt(PROCESSES));
        int key = random.nextInt(TopicProcess.KEYS);
        boolean writes = random.nextInt(20) == 0;
        process.take(() -> {
            if (writes) {
                process.process.write(key);
            } else {
                process.read(key);
            }
        });
    }

    // ---- what goes wrong

    private void disturb() {
        if (calm) {
            return;
        }
        long time = random.nextInt(1_200) * MILLI;
        int place = random.nextInt(PROCESSES);
        switch (random.nextInt(7)) {
            case 0 -> standStill(processes.get(place), time);
            case 1 -> standStill(relays.get(random.nextInt(relays.size())), time);
            case 2 -> cutOff(processes.get(place), time);
            case 3 -> replaceRelay();
            case 4 -> replace(place);
            case 5 -> loseLease(time / 4);
            default -> {}
        }
    }

    private void standStill(Actor actor, long nanos) {
        if (!actor.still) {
            actor.still = true;
            world.after(nanos, actor::goOn);
        }
    }

    private void cutOff(Actor actor, long nanos) {
        actor.cut = true;
        world.after(nanos, () -> actor.cut = false);
    }

    private void loseLease(long nanos) {
        leased = false;
        world.after(nanos, () -> leased = true);
    }

    /** The other member leads from now on: who has led has no lease any more, and some learn of it later. */
    private void replaceRelay() {
        leader = MEMBERS.get(1 - MEMBERS.indexOf(leader));
        VersionedTable next =
                tableOf(table.version() + 1, table.table().record(0).handOver(leader));
        table = next;
        for (Relay relay : relays) {
            relay.after(relay.self.equals(leader) ? 0 : random.nextInt(300) * MILLI, () -> relay.known = table);
        }
        for (Caller process : processes) {
            process.after(random.nextInt(300) * MILLI, () -> process.process.onTable(next));
        }
    }

    private void replace(int place) {
        Caller killed = processes.get(place);
        killed.dead = true;
        byClient.remove(killed.client);
        processes.set(place, new Caller());
    }

    // ---- time

    private void run(long nanos) {
        long end = now + nanos;
        for (Event next = events.peek(); next != null && next.atNanos() <= end; next = events.peek()) {
            events.remove();
            now = next.atNanos();
            next.actor().take(next.action());
        }
        now = end;
    }

    /** Lets all go wrong for a time, and then nothing. */
    void live(long seconds) {
        run(seconds * 1_000 * MILLI);
        calm = true;
        run(10_000 * MILLI);
    }

    /** Returns reads that found less than they may. */
    List<String> violations() {
        return violations;
    }

    /** Returns how many reads were answered without the database. */
    int readFromMemory() {
        return readFromMemory;
    }

    /** Tells whether everybody has the right to go by his memory. */
    boolean allAreInStep() {
        return processes.stream().allMatch(each -> each.process.isInStep());
    }

    /** Tells whether a change is acknowledged now, within a second. */
    boolean changesAreAcknowledged() {
        processes.get(0).process.write(0);
        long written = stored[0];
        run(1_000 * MILLI);
        return acknowledged[0] >= written;
    }
}
