package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOutcome.NotCarriedOut;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.testkit.history.Action;
import io.fyercache.testkit.history.Completion;
import io.fyercache.testkit.history.Operation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An operation on one key that a client has under way. It is recorded when it ends, once. */
final class RecordedCall {
    private final ClientWorld world;
    private final String client;
    private final int cache;
    private final String key;
    private final long generation;
    private final Action action;
    private final long startedNanos;
    private State state = State.UNDER_WAY;

    private enum State {
        UNDER_WAY,
        ENDED,
        /** Recorded without an outcome, which may come yet. */
        ABANDONED
    }

    /**
     * Begins an operation.
     *
     * @param client its name in the history
     * @param key one of that partition
     * @param generation the partition's, as far as the client knows
     */
    RecordedCall(ClientWorld world, String client, int cache, String key, long generation, Action action) {
        this.world = world;
        this.client = client;
        this.cache = cache;
        this.key = key;
        this.generation = generation;
        this.action = action;
        this.startedNanos = world.timeline().nowNanos();
    }

    EntryKey entry() {
        return new EntryKey(cache, new EncodedKey(key.getBytes(StandardCharsets.UTF_8)));
    }

    Task task() {
        if (action instanceof Action.Get) {
            return Task.Read.READ;
        } else if (action instanceof Action.ContainsKey) {
            return Task.Peek.PEEK;
        } else if (action instanceof Action.Put put) {
            return new Task.Write(new EntryOperation.Put(put.value()));
        } else if (action instanceof Action.PutIfAbsent put) {
            return new Task.Write(new EntryOperation.PutIfAbsent(put.value()));
        } else if (action instanceof Action.Replace replace) {
            return new Task.Write(new EntryOperation.Replace(replace.value()));
        } else if (action instanceof Action.ReplaceExpected replace) {
            return new Task.Write(new EntryOperation.ReplaceIfEqual(replace.expected(), replace.value()));
        } else if (action instanceof Action.Remove || action instanceof Action.Clear) {
            return new Task.Write(EntryOperation.Remove.INSTANCE);
        } else if (action instanceof Action.GetAndPut put) {
            return new Task.Write(new EntryOperation.GetAndPut(put.value()));
        } else if (action instanceof Action.Invoke) {
            return new Task.Write(new EntryOperation.Invoke(SimulatedCaches.INCREMENT));
        }
        return new Task.Write(EntryOperation.GetAndRemove.INSTANCE);
    }

    /** Takes in what has become of it. */
    void completed(CallOutcome outcome) {
        if (state == State.ENDED) {
            throw new AssertionError(
                    "client " + client + " was told twice of " + action + " of " + key + ": " + outcome);
        } else if (state == State.UNDER_WAY) {
            end(State.ENDED, completion(outcome));
        }
    }

    /** Ends it, unless it has ended: nobody knows how. */
    void abandon() {
        if (state == State.UNDER_WAY) {
            end(State.ABANDONED, new Completion.Unknown());
        }
    }

    private void end(State as, Completion completion) {
        state = as;
        // Once all copies were lost no answer says anything about a key of before.
        boolean lost = generation != world.generation();
        world.record(new Operation(client, key, action, startedNanos, lost ? new Completion.Unknown() : completion));
    }

    private Completion completion(CallOutcome outcome) {
        if (outcome instanceof Answered known && known.result() instanceof OperationResult.ListenerFailed) {
            return new Completion.Unknown(); // It has happened, and what else it says is lost.
        } else if (outcome instanceof Answered answered) {
            ExpectedTally.check(action, answered.result(), answered.tally());
            return answered.result() instanceof OperationResult.Failed
                    ? new Completion.Failed()
                    : new Completion.Answered(
                            answer(answered.result()), world.timeline().nowNanos());
        }
        return outcome instanceof NotCarriedOut ? new Completion.Failed() : new Completion.Unknown();
    }

    Action action() {
        return action;
    }

    private @Nullable Object answer(OperationResult result) {
        if (action instanceof Action.Clear) {
            return null;
        } else if (result instanceof OperationResult.Flag flag) {
            return flag.done();
        }
        EncodedValue found = result.value();
        if (!SimulatedCaches.isCounting(cache)) {
            return found;
        }
        Long count = found == null ? null : SimulatedCaches.number(found);
        if (!(action instanceof Action.Invoke) || count == null) {
            return count;
        }
        return new Action.Exchange(count == 1 ? null : count - 1, count);
    }
}
