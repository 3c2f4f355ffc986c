package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.OutcomeUnknown;
import io.fyercache.sharded.message.Answer.PartitionLost;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.testkit.history.Action;
import io.fyercache.testkit.history.AtomicFunction;
import io.fyercache.testkit.history.Completion;
import io.fyercache.testkit.history.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does one operation after the other, and sends each again until it is answered or its time is over. */
final class SimulatedClient {
    private static final long MILLIS = 1_000_000;
    private static final long ATTEMPT_NANOS = 300 * MILLIS;
    private static final long PATIENCE_NANOS = 5_000 * MILLIS;

    /** How the keys of each cache begin. */
    private static final List<String> KEYS_BEGIN =
            List.of("k", ClientWorld.EXPIRING_KEY, "t", "n", ClientWorld.EXPIRING_KEY + "t", "r", "f");

    private final ClientWorld world;
    private final long number;
    private final boolean calls;
    private final @Nullable Integer onlyCache;
    private final int keys;
    private final int peers;

    private long sequence;
    private @Nullable Request current;
    private @Nullable Action action;
    private @Nullable PartitionRecord known;
    private int cache;
    private String key = "";
    private long startedNanos;
    private long attempt;

    /** A loss was told that nobody may have acknowledged yet. */
    private boolean lossTold;

    /**
     * Makes a client that uses caches without user code.
     *
     * @param number tells it from all others, from 1
     * @param peers how many clients of consecutive numbers use the same keys
     */
    static SimulatedClient plain(ClientWorld world, long number, int keys, int peers) {
        return new SimulatedClient(world, number, false, null, keys, peers);
    }

    /** Makes a client that uses that cache alone. */
    static SimulatedClient of(int cache, ClientWorld world, long number, int keys, int peers) {
        return new SimulatedClient(world, number, false, cache, keys, peers);
    }

    /** Makes a client that uses caches with user code, and one whose entries live on by being read. */
    static SimulatedClient calling(ClientWorld world, long number, int keys, int peers) {
        return new SimulatedClient(world, number, true, null, keys, peers);
    }

    private SimulatedClient(
            ClientWorld world, long number, boolean calls, @Nullable Integer onlyCache, int keys, int peers) {
        this.world = world;
        this.number = number;
        this.calls = calls;
        this.onlyCache = onlyCache;
        this.keys = keys;
        this.peers = peers;
    }

    /**
     * Tells whether this client only reads, and from the same primary until that one sends it away: it is who meets a primary that should no
     * longer answer.
     */
    private boolean isFaithful() {
        return !calls && onlyCache == null && number % peers == 1;
    }

    void start() {
        world.timeline().after(world.random().nextInt((int) (20 * MILLIS)), this::begin);
    }

    private void begin() {
        if (world.isOver()) {
            return;
        }
        sequence++;
        if (known == null || (!isFaithful() && world.random().nextInt(4) == 0)) {
            known = world.latestRecord();
        }
        boolean acknowledges = lossTold && world.random().nextInt(4) == 0;
        cache = acknowledges ? SimulatedCaches.FAILING : nextCache();
        key = KEYS_BEGIN.get(cache)
                + world.random().nextInt(keys) + "." + world.keyGeneration() + "."
                + known.epoch().generation();
        EncodedValue value = SimulatedCaches.encoded("c" + number + "-" + sequence);
        Action next = cache == SimulatedCaches.COUNTING ? nextCount() : next(value);
        action = acknowledges ? null : next;
        lossTold &= !acknowledges;
        startedNanos = world.timeline().nowNanos();
        current = new Request(
                new OperationId(number, sequence),
                1,
                sequence,
                known.epoch().generation(),
                1,
                new EntryKey(cache, new EncodedKey(key.getBytes(StandardCharsets.UTF_8))),
                acknowledges ? new Request.Task.AcknowledgeLoss(known.epoch().generation()) : task(next));
        attempt();
    }

    private int nextCache() {
        if (onlyCache != null) {
            return onlyCache;
        }
        if (calls) {
            return SimulatedCaches.THROUGH + world.random().nextInt(3);
        }
        return switch (world.random().nextInt(8)) {
            case 0, 1 -> SimulatedCaches.EXPIRING;
            case 2 -> SimulatedCaches.RESET_NOW;
            case 3 -> SimulatedCaches.FAILING;
            default -> SimulatedCaches.PLAIN;
        };
    }

    private Action nextCount() {
        return world.random().nextInt(3) == 0 ? new Action.Get() : new Action.Invoke(new AtomicFunction.Add<>(1));
    }

    private Action next(EncodedValue value) {
        EncodedValue guess = SimulatedCaches.encoded("c" + anyPeer() + "-" + Math.max(1, sequence - 1));
        return switch (isFaithful() ? 0 : world.random().nextInt(12)) {
            case 0, 1, 2, 3 -> new Action.Get();
            case 4, 5 -> new Action.Put(value);
            case 6 -> new Action.PutIfAbsent(value);
            case 7 -> new Action.Replace(value);
            case 8 -> new Action.ReplaceExpected(guess, value);
            case 9 -> new Action.Remove();
            case 10 -> new Action.GetAndPut(value);
            default -> new Action.GetAndRemove();
        };
    }

    private long anyPeer() {
        return (number - 1) / peers * peers + 1 + world.random().nextInt(peers);
    }

    private static Request.Task task(Action action) {
        if (action instanceof Action.Get) {
            return Request.Task.Read.READ;
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

    private void attempt() {
        Request request = current;
        if (request == null) {
            return;
        }
        if (world.timeline().nowNanos() - startedNanos > PATIENCE_NANOS) {
            finish(new Completion.Unknown());
            return;
        }
        long mine = ++attempt;
        // Mostly the primary that it knows of; now and then anybody.
        if (known == null || (!isFaithful() && world.random().nextInt(10) == 0)) {
            world.requestAnybody(request);
        } else {
            world.request(known.primary(), request);
        }
        world.timeline().after(ATTEMPT_NANOS, () -> retry(mine));
    }

    private void retry(long of) {
        if (of == attempt && current != null) {
            known = world.latestRecord();
            current = current.again();
            attempt();
        }
    }

    /**
     * Takes an answer.
     *
     * @param generation the one that the partition is in for who answers
     */
    void onAnswer(OperationId id, int ofAttempt, Answer answer, long generation) {
        Request request = current;
        if (request == null
                || !request.id().equals(id)
                || (ofAttempt != Reply.ANY_ATTEMPT && ofAttempt != request.attempt())) {
            return;
        }
        if (answer instanceof Done && generation != request.firstGeneration()) {
            // Of two generations the earlier one may go on for a while (L3), and knows nothing of a key of the later one.
            finish(new Completion.Unknown());
        } else if (answer instanceof Done done && done.result() instanceof OperationResult.Failed) {
            finish(new Completion.Failed());
        } else if (answer instanceof Done done) {
            finish(new Completion.Answered(
                    answer(done.result()), world.timeline().nowNanos()));
        } else if (answer instanceof PartitionLost) {
            known = world.latestRecord();
            lossTold = true;
            // An earlier attempt may be late, and find the loss acknowledged.
            finish(request.attempt() == 1 ? new Completion.Failed() : new Completion.Unknown());
        } else if (answer == OutcomeUnknown.OUTCOME_UNKNOWN) {
            finish(new Completion.Unknown());
        } else {
            long mine = ++attempt;
            world.timeline().after(20 * MILLIS, () -> retry(mine));
        }
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
        if (current != null) {
            finish(new Completion.Unknown());
        }
    }

    private void finish(Completion completion) {
        Request request = current;
        if (action != null && request != null) { // An acknowledgement does nothing to a key.
            // Once all copies were lost no answer says anything about a key of before.
            boolean lost =
                    request.firstGeneration() != world.latestRecord().epoch().generation();
            world.record(new Operation(
                    "c" + number, key, action, startedNanos, lost ? new Completion.Unknown() : completion));
        }
        current = null;
        attempt++;
        long rest = (isFaithful() ? 6 : 30) * MILLIS;
        world.timeline().after(world.random().nextInt((int) rest), this::begin);
    }
}
