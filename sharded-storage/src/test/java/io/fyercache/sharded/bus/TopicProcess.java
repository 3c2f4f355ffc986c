package io.fyercache.sharded.bus;

import io.fyercache.core.invalidation.EncodedKey;
import io.fyercache.core.invalidation.InvalidationCodec;
import io.fyercache.core.invalidation.InvalidationMessage;
import io.fyercache.core.invalidation.OriginId;
import io.fyercache.core.invalidation.Outbox;
import io.fyercache.core.invalidation.Subscriber;
import io.fyercache.sharded.bus.TopicWorld.Breach;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A process of a {@link TopicWorld}: a cache of a few entries, with the line, the outbox and the subscriber of a real one, on a clock and a network that are not real. What comes
 * by the line is taken in later and in order, as by the thread of a bus, and a load takes its time.
 */
final class TopicProcess implements TopicLine.Host, Subscriber.Outdated, Subscriber.Tally {
    static final long STALENESS = 500 * TopicWorld.MILLI;
    static final long HEARTBEAT = 100 * TopicWorld.MILLI;
    private static final String CACHE = "c";

    /** Keys, 32: so many that one is not changed again before it is noticed that somebody has missed a change. */
    static final int KEYS = 32;

    private final Surroundings surroundings;
    private final Breach breach;
    private final TopicLines lines;
    private final TopicLine line;
    private final Outbox outbox;
    private final Subscriber subscriber;

    /** What is in memory, by key; 0 for nothing. */
    private final long[] entries = new long[KEYS];

    /** How often each entry was dropped: a load that began before is not kept. */
    private final long[] drops = new long[KEYS];

    private boolean trusted;
    private long trustedFrom;
    private long trustedUntil;

    /** What has come, and is taken in when its turn is. */
    private final Deque<Runnable> hearing = new ArrayDeque<>();

    /** What a process needs of its world. */
    interface Surroundings {
        long now();

        void send(Incarnation member, ClientMessage message);

        void learnTable();

        /** Does something some milliseconds from now. */
        void soon(Runnable action);

        /** Returns what the database has of a key. */
        long stored(int key);

        /** Stores another value, and returns it. */
        long store(int key);

        /** Takes in that the change to a value has returned. */
        void acknowledge(int key, long value);
    }

    TopicProcess(long client, Surroundings surroundings, Breach breach) {
        this.surroundings = surroundings;
        this.breach = breach;
        this.lines = new TopicLines();
        this.line = lines.open("t", -client, STALENESS, this, surroundings.now());
        OriginId self = new OriginId(0, client);
        this.outbox = new Outbox(self, 100);
        this.subscriber = new Subscriber(self, STALENESS - HEARTBEAT, this, this);
    }

    // ---- the cache

    boolean isInStep() {
        return trusted && surroundings.now() - trustedUntil < 0;
    }

    boolean isReadFromMemory(int key) {
        return entries[key] > 0 && isInStep();
    }

    /** Returns what is in memory, or loads it: kept is what was found, unless it was dropped by the time that it has come. */
    long read(int key) {
        if (isReadFromMemory(key)) {
            return entries[key];
        }
        if (!isInStep()) {
            drop(key);
        }
        long found = surroundings.stored(key);
        long before = drops[key];
        surroundings.soon(() -> {
            if (drops[key] == before) {
                entries[key] = found;
            }
        });
        return found;
    }

    void write(int key) {
        long written = surroundings.store(key);
        drop(key);
        entries[key] = written;
        outbox.tell(CACHE, List.of(new EncodedKey(new byte[] {(byte) key})));
        for (InvalidationMessage each : outbox.take().announcements()) {
            publish(each, () -> surroundings.acknowledge(key, written));
        }
    }

    private void drop(int key) {
        entries[key] = 0;
        drops[key]++;
    }

    private void dropAll() {
        for (int key = 0; key < KEYS; key++) {
            drop(key);
        }
    }

    // ---- the bus

    void beat() {
        publish(outbox.heartbeat(surroundings.now()), () -> {});
    }

    private void publish(InvalidationMessage message, Runnable whenDelivered) {
        line.publish(new EncodedValue(InvalidationCodec.encode(message)), whenDelivered, surroundings.now());
    }

    void onTable(VersionedTable table) {
        lines.onTable(table, surroundings.now());
    }

    void onTick() {
        lines.onTick(surroundings.now());
    }

    void onMessage(FromRelay message) {
        lines.onMessage(message, surroundings.now());
    }

    @Override
    public void send(Incarnation member, ClientMessage message) {
        surroundings.send(member, message);
    }

    @Override
    public void learnTable() {
        surroundings.learnTable();
    }

    @Override
    public void mayHaveMissed(long attempt, long number) {
        takeIn(subscriber::mayHaveMissed, attempt, number);
    }

    @Override
    public void received(long attempt, List<EncodedValue> messages, long number) {
        takeIn(() -> messages.forEach(this::hear), attempt, number);
    }

    private void takeIn(Runnable news, long attempt, long number) {
        hearing.add(() -> {
            news.run();
            line.takenIn(attempt, number);
        });
        if (hearing.size() == 1) {
            surroundings.soon(this::takeInNext);
        }
    }

    private void takeInNext() {
        hearing.remove().run();
        if (!hearing.isEmpty()) {
            surroundings.soon(this::takeInNext);
        }
    }

    private void hear(EncodedValue message) {
        subscriber.receive(InvalidationCodec.decode(message.bytes()), surroundings.now());
        if (subscriber.isTrusted() && (!trusted || subscriber.trustedFromNanos() != trustedFrom)) {
            trusted = true;
            trustedFrom = subscriber.trustedFromNanos();
            trustedUntil = (breach == Breach.TRUSTS_FROM_ANSWER ? surroundings.now() : trustedFrom) + STALENESS;
        }
    }

    // ---- what is outdated

    @Override
    public void keys(String cacheName, List<EncodedKey> keys) {
        keys.forEach(key -> drop(key.bytes()[0]));
    }

    @Override
    public void all(String cacheName) {
        dropAll();
    }

    @Override
    public void everything() {
        if (breach != Breach.KEEPS_WHAT_WAS_MISSED) {
            dropAll();
        }
    }

    @Override
    public void received() {}

    @Override
    public void repeated() {}

    @Override
    public void gap() {}
}
