package io.fyercache.sharded.replication;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partition on one member, or on two. Messages arrive at once, and user code runs when the test says so. The clocks stand still unless
 * they are turned.
 */
final class Scene {
    static final Incarnation ONE = new Incarnation(1);
    static final Incarnation TWO = new Incarnation(2);

    private static final long MILLIS = 1_000_000;

    final Actor one;
    final Actor two;
    PartitionRecord record = PartitionRecord.initial(ONE);
    long nowNanos;
    long wallMillis = 1_000;

    private final HostedCache cache;
    private final Deque<Runnable> messages = new ArrayDeque<>();

    /** Whether messages are on their way. */
    private boolean late;

    private long lastSequence;

    private Scene(HostedCache cache, Rules rules) {
        this.cache = cache;
        this.one = new Actor(ONE, rules);
        this.two = new Actor(TWO, rules);
        one.agreements.licence().renew(0);
        two.agreements.licence().renew(0);
        change(record);
        tick();
    }

    /** Makes a partition that one member serves. */
    static Scene ofOne(HostedCache cache) {
        return new Scene(cache, Rules.ALL);
    }

    /** Makes a partition that one member serves, with a copy on the other. */
    static Scene ofTwo(HostedCache cache) {
        return ofTwo(cache, Rules.ALL);
    }

    /** Makes a partition that one member serves, with a copy on the other, whose rules are those. */
    static Scene ofTwo(HostedCache cache, Rules rules) {
        Scene scene = new Scene(cache, rules);
        scene.change(scene.record.startJoin(TWO));
        scene.tick();
        scene.change(scene.record.expand(TWO));
        scene.tick();
        return scene;
    }

    /** One answer that a client was given; what it is to count is kept apart, as most tests are about something else. */
    record Given(OperationId request, int attempt, Answer answer) {}

    /** A member. */
    final class Actor implements ReplicaHost, MemberWrites.Host {
        final Incarnation self;
        final MemberLeases agreements;
        final PartitionReplica replica;
        final List<Given> given = new ArrayList<>();
        final List<Integer> tallies = new ArrayList<>();
        final Deque<UserCodeCall> calls = new ArrayDeque<>();
        final MemberWrites writes = new MemberWrites(this, nowNanos);
        final Deque<List<DueWrite<EntryKey, UnwrittenChange>>> batches = new ArrayDeque<>();
        final List<ControllerRequest> asked = new ArrayList<>();
        final List<PartitionMessage> sent = new ArrayList<>();
        final List<LogEntry> committed = new ArrayList<>();
        final List<CommittedChanges> changed = new ArrayList<>();

        /** The entries up to which changes were given up. */
        final List<Long> changesGivenUp = new ArrayList<>();

        final List<EntryKey> usedAtBackup = new ArrayList<>();

        /** What other threads may read. */
        @Nullable
        ReadLeave readable;

        final List<EntryKey> expired = new ArrayList<>();
        final Map<EntryKey, EncodedValue> evicted = new LinkedHashMap<>();

        Actor(Incarnation self, Rules rules) {
            this.self = self;
            this.agreements = MemberLeases.ofNewMember(ProtocolTimes.STANDARD, rules);
            this.replica = new PartitionReplica(new ReplicaMember(
                    self,
                    this,
                    ProtocolTimes.STANDARD,
                    ReplicationLimits.STANDARD,
                    rules,
                    agreements,
                    new CopyPace(ReplicationLimits.STANDARD.copyBytesPerSecond())));
        }

        private void take(Incarnation from, PartitionMessage message) {
            replica.onMessage(from, message, nowNanos);
            replica.serveIfReady(nowNanos, wallMillis);
        }

        void request(Request request) {
            replica.onRequest(request, nowNanos, wallMillis);
            deliver();
        }

        /** Runs the user code that was asked for first, and tells what came of it. */
        void runNext() {
            tell(cache.run(calls.remove(), WriteFence.NONE));
        }

        void evict(String key) {
            replica.evict(key(key), nowNanos, wallMillis);
            deliver();
        }

        void tell(UserCodeOutcome outcome) {
            replica.onUserCode(outcome, nowNanos, wallMillis);
            deliver();
        }

        /** Returns the answers to a request, oldest first. */
        List<Answer> answersTo(Request request) {
            return given.stream()
                    .filter(each -> each.request().equals(request.id()))
                    .map(Given::answer)
                    .toList();
        }

        @Override
        public void send(Incarnation member, PartitionMessage message) {
            sent.add(message);
            messages.add(() -> actor(member).take(self, message));
        }

        @Override
        public void answer(OperationId request, int attempt, Answer answer) {
            Answer said = answer;
            if (answer instanceof Done done) {
                tallies.add(done.tally());
                said = new Done(done.result(), 0);
            }
            given.add(new Given(request, attempt, said));
        }

        @Override
        public void ask(ControllerRequest request) {
            asked.add(request);
        }

        @Override
        public void learnTable() {
            throw new AssertionError("everybody knows the table");
        }

        @Override
        public void committed(LogEntry entry) {
            committed.add(entry);
        }

        @Override
        public void changed(CommittedChanges changes) {
            changed.add(changes);
        }

        @Override
        public void changesGivenUp(long generation, long number) {
            changesGivenUp.add(number);
        }

        @Override
        public void expired(EntryKey key) {
            expired.add(key);
        }

        @Override
        public void evicted(EntryKey key, EncodedValue value) {
            evicted.put(key, value);
        }

        @Override
        public void usedAtBackup(EntryKey key) {
            usedAtBackup.add(key);
        }

        @Override
        public void mayBeRead(@Nullable ReadLeave leave) {
            readable = leave;
        }

        @Override
        public HostedCache cache(int number) {
            return cache;
        }

        @Override
        public PartitionWrites writes() {
            return writes.of(0);
        }

        @Override
        public @Nullable WriteBehindSettings settings(int number) {
            return cache.writeBehind();
        }

        @Override
        public boolean mayWrite(int partition) {
            return replica.mayWrite(nowNanos);
        }

        @Override
        public void write(int number, List<DueWrite<EntryKey, UnwrittenChange>> batch) {
            batches.add(batch);
        }

        @Override
        public void ended(int partition, EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left) {
            replica.onWriteEnded(key, tried, left, nowNanos, wallMillis);
        }

        @Override
        public double draw() {
            return 0;
        }

        /** Has written what was asked for first, and tells what came of it. */
        void writeNext() {
            tellWritten(cache.write(batches.remove(), WriteFence.NONE));
        }

        void tellWritten(BatchOutcome outcome) {
            int unused = writes.conclude(0, outcome);
            deliver();
        }

        @Override
        public void runUserCode(UserCodeCall call) {
            calls.add(call);
        }
    }

    private Actor actor(Incarnation member) {
        return member.equals(ONE) ? one : two;
    }

    /** Lets everybody know a record. */
    void change(PartitionRecord next) {
        record = next;
        one.replica.install(next, nowNanos);
        two.replica.install(next, nowNanos);
        deliver();
    }

    /** Lets the time pass after which things are sent again. */
    void tick() {
        tick(100);
    }

    /** Lets time pass, with members that look at the clock as often as they should, and keep their licences. */
    void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 10) {
            one.agreements.licence().renew(nowNanos);
            two.agreements.licence().renew(nowNanos);
            tick(10);
        }
    }

    private void tick(long millis) {
        nowNanos += millis * MILLIS;
        one.agreements.leases().granted(TWO, nowNanos, nowNanos, 1, 1);
        two.agreements.leases().granted(ONE, nowNanos, nowNanos, 1, 1);
        one.replica.onTick(nowNanos, wallMillis);
        two.replica.onTick(nowNanos, wallMillis);
        one.writes.onTick(nowNanos);
        two.writes.onTick(nowNanos);
        deliver();
    }

    /** Lets no message arrive any more, until {@link #deliverLate}. */
    void letMessagesBeLate() {
        late = true;
    }

    /** Lets messages arrive that are late. */
    void deliverLate() {
        late = false;
        deliver();
    }

    private void deliver() {
        if (late) {
            return;
        }
        for (Runnable next = messages.poll(); next != null; next = messages.poll()) {
            next.run();
        }
    }

    // ---- requests

    static EntryKey key(String text) {
        return new EntryKey(0, new EncodedKey(text.getBytes(StandardCharsets.UTF_8)));
    }

    static EncodedValue value(String text) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8));
    }

    Request read(String key) {
        return request(key, Request.Task.Read.READ);
    }

    Request write(String key, EntryOperation operation) {
        return request(key, new Request.Task.Write(operation));
    }

    Request put(String key, String value) {
        return write(key, new EntryOperation.Put(value(value)));
    }

    /** What a client wants to hear. */
    Request listen(long version, ChangeInterest interest) {
        return ofAll(new Request.Task.Listen(version, interest));
    }

    /** Returns the first request of another client. */
    Request by(long client, Request request) {
        return new Request(
                new OperationId(client, 1),
                1,
                1,
                request.firstGeneration(),
                request.minInSync(),
                request.key(),
                request.task());
    }

    Request acknowledgement() {
        return acknowledgement(record.epoch().generation());
    }

    Request acknowledgement(long generation) {
        return request("any", new Request.Task.AcknowledgeLoss(generation));
    }

    Request ofAll(Request.Task task) {
        return request(EntryKey.ofAll(0), task);
    }

    Request request(String key, Request.Task task) {
        return request(key(key), task);
    }

    Request request(EntryKey key, Request.Task task) {
        long sequence = ++lastSequence;
        long acknowledgedBelow = Math.max(1, sequence - OperationId.WINDOW + 1);
        return new Request(
                new OperationId(1, sequence),
                1,
                acknowledgedBelow,
                record.epoch().generation(),
                1,
                key,
                task);
    }
}
