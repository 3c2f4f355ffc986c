package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOutcome.NotCarriedOut;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.testkit.history.Action;
import io.fyercache.testkit.history.AtomicFunction;
import io.fyercache.testkit.history.Completion;
import io.fyercache.testkit.history.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses one operation after the other, and records what becomes of it. */
final class SimulatedClient {
    private static final long MILLIS = 1_000_000;
    private static final long PATIENCE_NANOS = 5_000 * MILLIS;
    private static final int LITTLE_PATIENCE_MILLIS = 600;

    /** How the keys of each cache begin. */
    private static final List<String> KEYS_BEGIN = List.of(
            "k",
            ClientWorld.EXPIRING_KEY,
            "t",
            "n",
            ClientWorld.EXPIRING_KEY + "t",
            ClientWorld.EXPIRING_KEY + "b",
            "r",
            "f");

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

    private static final List<Integer> CALLING = List.of(
            SimulatedCaches.THROUGH, SimulatedCaches.COUNTING, SimulatedCaches.TOUCHED, SimulatedCaches.BOUNDED);

    private final ClientWorld world;
    private final ClientProcess process;
    private final long number;
    private final List<Integer> caches;
    private final int keys;
    private final int peers;

    private long sequence;
    private @Nullable Action action;
    private int cache;
    private String key = "";
    private long generation;
    private long startedNanos;

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

    /** Makes a client that uses caches with user code, and one whose entries live on by being read. */
    static SimulatedClient calling(ClientWorld world, ClientProcess process, long number, int keys, int peers) {
        return new SimulatedClient(world, process, number, CALLING, keys, peers);
    }

    private SimulatedClient(
            ClientWorld world, ClientProcess process, long number, List<Integer> caches, int keys, int peers) {
        this.world = world;
        this.process = process;
        this.number = number;
        this.caches = caches;
        this.keys = keys;
        this.peers = peers;
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
        }
        cache = caches.get(world.random().nextInt(caches.size()));
        generation = process.generation(world.partition());
        key = world.key(
                KEYS_BEGIN.get(cache) + world.random().nextInt(keys), "." + world.keyGeneration() + "." + generation);
        EncodedValue value = SimulatedCaches.encoded("c" + number + "-" + sequence);
        Action next = cache == SimulatedCaches.COUNTING ? nextCount() : next(value);
        action = next;
        startedNanos = world.timeline().nowNanos();
        long mine = sequence;
        process.submit(
                new EntryKey(cache, new EncodedKey(key.getBytes(StandardCharsets.UTF_8))),
                task(next),
                // Those with little see more refusals to the end.
                world.random().nextInt(4) == 0
                        ? (1 + world.random().nextInt(LITTLE_PATIENCE_MILLIS)) * MILLIS
                        : PATIENCE_NANOS,
                outcome -> completed(mine, outcome));
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

    private static Request.Task task(Action action) {
        if (action instanceof Action.Get) {
            return Request.Task.Read.READ;
        } else if (action instanceof Action.ContainsKey) {
            return Request.Task.Peek.PEEK;
        } else if (action instanceof Action.Put put) {
            return new Request.Task.Write(new EntryOperation.Put(put.value()));
        } else if (action instanceof Action.PutIfAbsent put) {
            return new Request.Task.Write(new EntryOperation.PutIfAbsent(put.value()));
        } else if (action instanceof Action.Replace replace) {
            return new Request.Task.Write(new EntryOperation.Replace(replace.value()));
        } else if (action instanceof Action.ReplaceExpected replace) {
            return new Request.Task.Write(new EntryOperation.ReplaceIfEqual(replace.expected(), replace.value()));
        } else if (action instanceof Action.Remove) {
            return new Request.Task.Write(EntryOperation.Remove.INSTANCE);
        } else if (action instanceof Action.GetAndPut put) {
            return new Request.Task.Write(new EntryOperation.GetAndPut(put.value()));
        } else if (action instanceof Action.Invoke) {
            return new Request.Task.Write(new EntryOperation.Invoke(SimulatedCaches.INCREMENT));
        }
        return new Request.Task.Write(EntryOperation.GetAndRemove.INSTANCE);
    }

    private void completed(long mine, CallOutcome outcome) {
        if (action == null && world.isOver()) {
            return; // It was abandoned.
        }
        if (action == null || mine != sequence) {
            throw new AssertionError("client " + number + " was told twice of operation " + mine + ": " + outcome);
        }
        finish(completion(outcome));
    }

    private Completion completion(CallOutcome outcome) {
        boolean listenerFailed =
                outcome instanceof Answered known && known.result() instanceof OperationResult.ListenerFailed;
        if (listenerFailed) {
            return new Completion.Unknown(); // It has happened, and what else it says is lost.
        } else if (outcome instanceof Answered answered && action != null) {
            ExpectedTally.check(action, answered.result(), answered.tally());
        }
        lossTold |= outcome instanceof CallOutcome.PartitionLost;
        if (outcome instanceof NotCarriedOut
                || (outcome instanceof Answered refused && refused.result() instanceof OperationResult.Failed)) {
            return new Completion.Failed();
        } else if (outcome instanceof Answered answered) {
            return new Completion.Answered(
                    answer(answered.result()), world.timeline().nowNanos());
        }
        return new Completion.Unknown();
    }

    private @Nullable Object answer(OperationResult result) {
        if (result instanceof OperationResult.Flag flag) {
            return flag.done();
        }
        EncodedValue found = result instanceof OperationResult.Value value ? value.value() : null;
        if (cache != SimulatedCaches.COUNTING) {
            return found;
        }
        Long count = found == null ? null : SimulatedCaches.number(found);
        if (!(action instanceof Action.Invoke) || count == null) {
            return count;
        }
        return new Action.Exchange(count == 1 ? null : count - 1, count);
    }

    /** Ends the operation that is under way, if any: nobody knows how. */
    void abandon() {
        if (action != null) {
            finish(new Completion.Unknown());
        }
    }

    private void finish(Completion completion) {
        // Once all copies were lost no answer says anything about a key of before.
        boolean lost = generation != world.generation();
        Action ended = Objects.requireNonNull(action);
        world.record(
                new Operation("c" + number, key, ended, startedNanos, lost ? new Completion.Unknown() : completion));
        action = null;
        long rest = (process.isFaithful() ? 6 : 30) * MILLIS;
        beginAfter(world.random().nextInt((int) rest));
    }
}
