package io.fyercache.testkit.simulation;

import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.near.NearCache;
import io.fyercache.sharded.topology.CacheNumber;
import io.fyercache.testkit.history.Action;
import io.fyercache.testkit.history.AtomicFunction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses one operation after the other, and records what becomes of it. */
final class SimulatedClient {
    private static final long MILLIS = 1_000_000;
    private static final long PATIENCE_NANOS = 5_000 * MILLIS;
    private static final int LITTLE_PATIENCE_MILLIS = 600;

    /** How the keys of each cache begin, in the order of their numbers. */
    static final List<String> KEYS_BEGIN = List.of(
            "k",
            ClientWorld.EXPIRING_KEY,
            "t",
            "n",
            ClientWorld.EXPIRING_KEY + "t",
            ClientWorld.EXPIRING_KEY + "b",
            "r",
            "f",
            "w",
            "wn",
            "e",
            "a");

    /** Of one of these at a time, each as likely as it is often named. */
    private static final List<Integer> PLAIN = List.of(
            SimulatedCaches.PLAIN,
            SimulatedCaches.PLAIN,
            SimulatedCaches.PLAIN,
            SimulatedCaches.PLAIN,
            SimulatedCaches.EXPIRING,
            SimulatedCaches.EXPIRING,
            SimulatedCaches.RESET_NOW,
            SimulatedCaches.FAILING);

    private static final List<Integer> BEHIND =
            List.of(SimulatedCaches.BEHIND, SimulatedCaches.BEHIND, SimulatedCaches.COUNTING_BEHIND);

    private static final List<Integer> CALLING = List.of(
            SimulatedCaches.THROUGH,
            SimulatedCaches.COUNTING,
            SimulatedCaches.TOUCHED,
            SimulatedCaches.BOUNDED,
            SimulatedCaches.BEHIND,
            SimulatedCaches.COUNTING_BEHIND);

    private final ClientWorld world;
    private final ClientProcess process;
    private final long number;
    private final List<Integer> caches;
    private final int keys;
    private final int peers;
    private final Taste taste;

    private long sequence;
    private @Nullable RecordedCall underWay;

    /** What was found near last, while its key is in use, by a client that reads on. */
    private @Nullable RecordedCall foundNear;

    private long foundKeyGeneration;

    /** A loss was told that nobody may have acknowledged yet. */
    private boolean lossTold;

    /**
     * Makes a client that uses caches without user code. On a faithful process it only reads.
     *
     * @param number tells it from all others, from 1
     * @param peers how many clients of consecutive numbers use the same keys
     */
    static SimulatedClient plain(ClientWorld world, ClientProcess process, long number, int keys, int peers) {
        return new SimulatedClient(world, process, number, PLAIN, keys, peers);
    }

    /** Makes a client that uses that cache alone. */
    static SimulatedClient of(int cache, ClientWorld world, ClientProcess process, long number, int keys, int peers) {
        return new SimulatedClient(world, process, number, List.of(cache), keys, peers);
    }

    /** Makes a client that uses that cache alone, and asks for nothing else as long as it finds a key near. */
    static SimulatedClient content(int cache, ClientWorld world, ClientProcess process, long number, int keys) {
        return new SimulatedClient(world, process, number, List.of(cache), keys, 1, Taste.FOR_WHAT_IS_NEAR);
    }

    /** Makes a client that uses caches that write behind. */
    static SimulatedClient behind(ClientWorld world, ClientProcess process, long number, int keys, int peers) {
        return new SimulatedClient(world, process, number, BEHIND, keys, peers);
    }

    /** Makes a client that uses caches with user code, and one whose entries live on by being read. */
    static SimulatedClient calling(ClientWorld world, ClientProcess process, long number, int keys, int peers) {
        return new SimulatedClient(world, process, number, CALLING, keys, peers);
    }

    /** What a client reads next. */
    private enum Taste {
        FOR_ANYTHING,
        /** The key that it has found near, until it does not, or new keys are in use. */
        FOR_WHAT_IS_NEAR
    }

    private SimulatedClient(
            ClientWorld world, ClientProcess process, long number, List<Integer> caches, int keys, int peers) {
        this(world, process, number, caches, keys, peers, Taste.FOR_ANYTHING);
    }

    private SimulatedClient(
            ClientWorld world,
            ClientProcess process,
            long number,
            List<Integer> caches,
            int keys,
            int peers,
            Taste taste) {
        this.world = world;
        this.process = process;
        this.number = number;
        this.caches = caches;
        this.keys = keys;
        this.peers = peers;
        this.taste = taste;
    }

    void start() {
        beginAfter(world.random().nextInt((int) (20 * MILLIS)));
    }

    private void beginAfter(long nanos) {
        world.timeline().after(nanos, () -> process.run(this::begin));
    }

    private void begin() {
        if (world.isOver()) {
            return;
        }
        sequence++;
        if (lossTold && world.random().nextInt(4) == 0) {
            acknowledgeLoss();
            return;
        } else if (readsOn()) {
            return;
        }
        int cache = caches.get(world.random().nextInt(caches.size()));
        long generation = process.generation(world.partition());
        String key = world.key(
                KEYS_BEGIN.get(CacheNumber.order(cache)) + world.random().nextInt(keys),
                "." + world.keyGeneration() + "." + generation);
        EncodedValue value = SimulatedCaches.encoded("c" + number + "-" + sequence);
        Action next = next(cache, value);
        RecordedCall call = new RecordedCall(world, "c" + number, cache, key, generation, next);
        NearCache near = process.near(cache);
        if (near == null) {
            submit(call, outcome -> completed(call, outcome));
        } else if (!readAtHand(call) && !readNear(near, call)) {
            submit(call, pastNear(near, call));
        }
    }

    private void submit(RecordedCall call, CallOwner owner) {
        underWay = call;
        process.submit(
                call.entry(),
                call.task(),
                // Those with little see more refusals to the end.
                world.random().nextInt(4) == 0
                        ? (1 + world.random().nextInt(LITTLE_PATIENCE_MILLIS)) * MILLIS
                        : PATIENCE_NANOS,
                owner);
    }

    // ---- in this process

    /** Reads a copy of this process if that is possible; tells whether it was. */
    private boolean readAtHand(RecordedCall call) {
        Done found = process.readAtHand(call.entry(), call.task());
        if (found != null) {
            seen(call, world.near().changes(call.entry()), found.result());
            completed(call, new CallOutcome.Answered(found.result(), found.tally()));
        }
        return found != null;
    }

    /** Reads the key again that was found near last, if this client does so; tells whether it was found. */
    private boolean readsOn() {
        RecordedCall last = foundNear;
        foundNear = null;
        NearCache near = last == null ? null : process.near(last.entry().cache());
        return last != null && near != null && foundKeyGeneration == world.keyGeneration() && readNear(near, last);
    }

    /** Reads near if that is possible; tells whether it was. What is read near stands in no history. */
    private boolean readNear(NearCache near, RecordedCall call) {
        Done found = near.read(call.entry(), call.task());
        if (found == null) {
            return false;
        }
        EncodedValue value = found.result().value();
        if (value != null) {
            world.near()
                    .readNear(
                            process.number(),
                            call.entry(),
                            value,
                            world.timeline().nowNanos());
        }
        if (taste == Taste.FOR_WHAT_IS_NEAR) {
            foundNear = call;
            foundKeyGeneration = world.keyGeneration();
        }
        beginAfter(world.random().nextInt((int) (10 * MILLIS)));
        return true;
    }

    private CallOwner pastNear(NearCache near, RecordedCall call) {
        int begun = world.near().changes(call.entry());
        return near.asking(call.entry(), call.task(), process.clockNanos(), outcome -> {
            if (outcome instanceof CallOutcome.Answered answered) {
                seen(call, begun, answered.result());
            }
            completed(call, outcome);
        });
    }

    private void seen(RecordedCall call, int begun, OperationResult result) {
        boolean done = result instanceof OperationResult.Flag flag && flag.done();
        NearPromises promises = world.near();
        Action action = call.action();
        EncodedValue value = result.value();
        if ((action instanceof Action.Remove && done) || (action instanceof Action.GetAndRemove && value != null)) {
            promises.removed(process.number(), call.entry(), begun);
        } else if (action instanceof Action.Put put) {
            value = (EncodedValue) put.value();
        } else if (action instanceof Action.GetAndPut put) {
            value = (EncodedValue) put.value();
        } else if (action instanceof Action.PutIfAbsent put && done) {
            value = (EncodedValue) put.value();
        } else if (action instanceof Action.Replace replace && done) {
            value = (EncodedValue) replace.value();
        } else if (action instanceof Action.ReplaceExpected replace && done) {
            value = (EncodedValue) replace.value();
        }
        promises.seen(process.number(), call.entry(), begun, value);
    }

    /** Nobody may have done so yet. It does nothing to a key. */
    private void acknowledgeLoss() {
        lossTold = false;
        String any = world.key(KEYS_BEGIN.get(SimulatedCaches.FAILING), ".");
        process.submit(
                new EntryKey(SimulatedCaches.FAILING, new EncodedKey(any.getBytes(StandardCharsets.UTF_8))),
                new Request.Task.AcknowledgeLoss(process.generation(world.partition())),
                PATIENCE_NANOS,
                outcome -> beginAfter(30 * MILLIS));
    }

    private Action next(int cache, EncodedValue value) {
        if (SimulatedCaches.isCounting(cache)) {
            return nextCount();
        }
        return cache == SimulatedCaches.BEHIND ? nextBehind(value) : next(value);
    }

    /** What the database has is an entry as good as one that is there, which others than these would not say. */
    private Action nextBehind(EncodedValue value) {
        return switch (world.random().nextInt(5)) {
            case 0, 1 -> new Action.Put(value);
            case 2 -> new Action.Clear();
            default -> new Action.Get();
        };
    }

    private Action nextCount() {
        return world.random().nextInt(3) == 0 ? new Action.Get() : new Action.Invoke(new AtomicFunction.Add<>(1));
    }

    private Action next(EncodedValue value) {
        EncodedValue guess = SimulatedCaches.encoded("c" + anyPeer() + "-" + Math.max(1, sequence - 1));
        return switch (process.isFaithful() ? 0 : world.random().nextInt(13)) {
            case 0, 1, 2, 3 -> new Action.Get();
            case 4, 5 -> new Action.Put(value);
            case 6 -> new Action.PutIfAbsent(value);
            case 7 -> new Action.Replace(value);
            case 8 -> new Action.ReplaceExpected(guess, value);
            case 9 -> new Action.Remove();
            case 10 -> new Action.GetAndPut(value);
            case 11 -> new Action.ContainsKey();
            default -> new Action.GetAndRemove();
        };
    }

    private long anyPeer() {
        return (number - 1) / peers * peers + 1 + world.random().nextInt(peers);
    }

    private void completed(RecordedCall call, CallOutcome outcome) {
        call.completed(outcome);
        lossTold |= outcome instanceof CallOutcome.PartitionLost;
        long rest = (process.isFaithful() ? 6 : 30) * MILLIS;
        beginAfter(world.random().nextInt((int) rest));
    }

    /** Ends the operation that is under way, if any: nobody knows how. */
    void abandon() {
        if (underWay != null) {
            underWay.abandon();
        }
    }
}
