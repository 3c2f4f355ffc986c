package io.fyercache.sharded.client;

import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOutcome.Closed;
import io.fyercache.sharded.client.CallOutcome.NotCarriedOut;
import io.fyercache.sharded.client.CallOutcome.OutcomeUnknown;
import io.fyercache.sharded.client.CallOutcome.Overloaded;
import io.fyercache.sharded.client.CallOutcome.TimedOut;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.AlreadyAcknowledged;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.Moved;
import io.fyercache.sharded.message.Answer.NoLicence;
import io.fyercache.sharded.message.Answer.PartitionLost;
import io.fyercache.sharded.message.Answer.TooFewCopies;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the operations of one client, a process that uses caches, to the primaries of their partitions, and the answers back (protocol, 6).
 *
 * <p>What reads one entry may be sent to a copy that is near, at first (R6). Otherwise a call is sent to the primary by the newest table that is
 * known. Whoever does not serve the partition, does not answer, or cannot be reached may not be the primary any more: the router wishes for the
 * table, pauses, and sends the same request again, as the next attempt. A newer table that names another primary ends the pause, and whoever was
 * asked may name one itself. It goes on until an answer comes or the call's time is over, and {@link Request#LIFE_MILLIS} at most.
 *
 * <p>{@link OperationId#WINDOW} calls of a partition are under way at a time. Further ones wait for their turn, until their time is over: whoever
 * blocks until the answer comes could only try again by itself, and has no more than one call waiting for each of its threads. Whoever does
 * not block meets {@link #MAX_CALLS}.
 *
 * <p>Times are of a clock that never steps back, in nanoseconds. Used by one thread at a time.
 */
public final class RequestRouter {
    /**
     * Calls of a client that have not ended. A call takes less than a kilobyte besides its key and value, so all take 64 MB, and there are not
     * that many threads that block.
     */
    public static final int MAX_CALLS = 65_536;

    /** Nanoseconds between two looks for partitions that are not used any more: a look takes microseconds. */
    private static final long IDLE_NANOS = 1_000_000_000;

    private final long client;
    private final RouterHost host;
    private final RetryPolicy policy;

    /** R6: who is asked first what it may have a copy of; null for nobody. */
    private @Nullable Incarnation nearby;

    private @Nullable VersionedTable table;
    private final WaitingCalls withoutTable = new WaitingCalls();

    /** The calls of each partition that is in use; and of the others the next sequence. */
    private @Nullable PartitionCalls[] inUse = {};

    private long[] nextSequences = {};

    /** How many calls there are. */
    private int count;

    /** When something is to be done, if not before then; it may turn out that there is nothing. */
    private long lookNanos;

    private long wishedNanos;

    /**
     * Makes the router of a client.
     *
     * @param client tells it from all other clients there ever are, as answers are remembered for it
     */
    public RequestRouter(long client, RouterHost host, RetryPolicy policy, long nowNanos) {
        this.client = client;
        this.host = host;
        this.policy = policy;
        this.lookNanos = nowNanos;
        this.wishedNanos = nowNanos - policy.tableNanos();
    }

    /** Has this member asked first what it may read from its copy (R6); nobody if null. If it must not answer, it says who can. */
    public void readAt(@Nullable Incarnation member) {
        nearby = member;
    }

    /** Returns how many calls have not ended. */
    public int calls() {
        return count;
    }

    /** Returns which partitions the cluster has; null until a table is known. */
    public @Nullable PartitionLayout layout() {
        return table == null ? null : table.table().layout();
    }

    private int partitions() {
        return inUse.length;
    }

    /** Returns to whom a call about a key is sent first, by the newest table that is known; null if none is. */
    public @Nullable Incarnation primaryOf(EntryKey key) {
        return table == null
                ? null
                : table.table().record(key.partition(table.table().layout())).primary();
    }

    /**
     * Begins a call about a key, unless there are {@link #MAX_CALLS}.
     *
     * @param minInSync how many copies must be in sync for a write, 1..{@link PartitionRecord#MAX_COPIES}
     * @param deadlineNanos when the owner gives up
     * @param owner is told the outcome, maybe before this returns
     * @throws IllegalArgumentException if {@code minInSync} is out of its range; then the owner is not told anything
     */
    public void submit(
            EntryKey key, Request.Task task, int minInSync, long deadlineNanos, long nowNanos, CallOwner owner) {
        submit(key, task, Batch.NONE, minInSync, deadlineNanos, nowNanos, owner);
    }

    /** Begins a call about a key that is a part of an operation on many, and is like others for the rest. */
    public void submit(
            EntryKey key,
            Request.Task task,
            Batch batch,
            int minInSync,
            long deadlineNanos,
            long nowNanos,
            CallOwner owner) {
        RoutedCall call = new RoutedCall(key, task, batch, checked(minInSync), deadlineNanos, owner);
        if (admits(call, nowNanos)) {
            place(call, nowNanos);
        }
    }

    /**
     * Begins a call about all entries of a cache in a partition, as {@link #submit} does about a key.
     *
     * @param partition one of the {@link #layout}
     * @throws IllegalArgumentException if there is no such partition, too
     */
    public void submitToPartition(
            int partition,
            int cache,
            Request.Task task,
            int minInSync,
            long deadlineNanos,
            long nowNanos,
            CallOwner owner) {
        if (partition < 0 || partition >= partitions()) {
            throw new IllegalArgumentException(
                    "partition: " + partition + " (expected: one of " + partitions() + ", counted from 0)");
        }
        RoutedCall call =
                new RoutedCall(EntryKey.ofAll(cache), task, Batch.NONE, checked(minInSync), deadlineNanos, owner);
        if (admits(call, nowNanos)) {
            place(call, partition, nowNanos);
        }
    }

    private static int checked(int minInSync) {
        if (minInSync < 1 || minInSync > PartitionRecord.MAX_COPIES) {
            throw new IllegalArgumentException(
                    "minInSync: " + minInSync + " (expected: 1.." + PartitionRecord.MAX_COPIES + ")");
        }
        return minInSync;
    }

    private boolean admits(RoutedCall call, long nowNanos) {
        if (call.isOver(nowNanos)) {
            call.owner().completed(TimedOut.TIMED_OUT);
            return false;
        } else if (count == MAX_CALLS) {
            call.owner().completed(Overloaded.OVERLOADED);
            return false;
        }
        count++;
        return true;
    }

    private void place(RoutedCall call, long nowNanos) {
        VersionedTable known = table;
        if (known == null) {
            withoutTable.add(call);
            wishForTable(nowNanos);
            lookAgain(call, nowNanos);
        } else {
            place(call, call.key().partition(known.table().layout()), nowNanos);
        }
    }

    private void place(RoutedCall call, int partition, long nowNanos) {
        PartitionCalls calls = use(partition);
        calls.waiting().add(call);
        beginWaiting(calls, nowNanos);
        lookAgain(call, nowNanos);
    }

    private PartitionCalls use(int partition) {
        PartitionCalls calls = inUse[partition];
        if (calls == null) {
            calls = new PartitionCalls(client, partition, nextSequences[partition]);
            inUse[partition] = calls;
        }
        return calls;
    }

    private void forEachInUse(Consumer<PartitionCalls> action) {
        for (PartitionCalls calls : inUse) {
            if (calls != null) {
                action.accept(calls);
            }
        }
    }

    private void beginWaiting(PartitionCalls calls, long nowNanos) {
        for (RoutedCall next = calls.begin(); next != null; next = calls.begin()) {
            attempt(calls, next, nowNanos);
        }
    }

    // ---- the table

    /**
     * Takes a table, unless it is not newer than the one that is known.
     *
     * @throws IllegalArgumentException if it has another number of partitions
     */
    public void onTable(VersionedTable seen, long nowNanos) {
        VersionedTable known = table;
        if (known != null && seen.version() <= known.version()) {
            return;
        }
        int partitions = seen.table().partitionCount();
        if (known == null) {
            inUse = new @Nullable PartitionCalls[partitions];
            nextSequences = new long[partitions];
            Arrays.fill(nextSequences, 1);
        } else if (partitions != inUse.length) {
            throw new IllegalArgumentException("number of partitions: " + partitions + " (expected: " + inUse.length
                    + ", which is fixed for the life of a cluster)");
        }
        table = seen;
        for (RoutedCall call = withoutTable.poll(); call != null; call = withoutTable.poll()) {
            place(call, nowNanos);
        }
        forEachInUse(calls -> followPrimary(calls, seen.table(), nowNanos));
    }

    /** Sends to the new primary what was sent to another one: that one may be gone, or be told by nobody. */
    private void followPrimary(PartitionCalls calls, PartitionTable records, long nowNanos) {
        Incarnation primary = calls.primary(records.record(calls.partition()));
        calls.forEachUnderWay(call -> {
            if (!call.wasSentTo(primary)) {
                call.lost();
                attempt(calls, call, nowNanos);
            }
        });
    }

    private void wishForTable(long nowNanos) {
        if (nowNanos - wishedNanos >= policy.tableNanos()) {
            wishedNanos = nowNanos;
            host.learnTable();
        }
    }

    // ---- attempts

    private void attempt(PartitionCalls calls, RoutedCall call, long nowNanos) {
        if (table == null) {
            throw new IllegalStateException("a call has its turn (expected: none before there is a table)");
        }
        PartitionRecord record = table.table().record(calls.partition());
        Request request = call.next(record.epoch().generation());
        Incarnation receiver = receiver(request, record, calls);
        if (host.send(receiver, new Call(calls.partition(), request))) {
            call.sent(request, receiver, nowNanos, policy.attemptNanos());
            lookAgain(call, nowNanos);
        } else {
            pause(call, nowNanos);
            wishForTable(nowNanos);
        }
    }

    private Incarnation receiver(Request request, PartitionRecord record, PartitionCalls calls) {
        Incarnation copy = nearby;
        return copy != null
                        && request.task().isForAnyCopy()
                        && request.attempt() == 1
                        && record.inSync().contains(copy)
                ? copy
                : calls.primary(record);
    }

    private void pause(RoutedCall call, long nowNanos) {
        call.pause(nowNanos, policy, host);
        lookAgain(call, nowNanos);
    }

    /** Takes in that nobody will tell what has become of an attempt. */
    private void lost(RoutedCall call, long nowNanos) {
        call.lost();
        pause(call, nowNanos);
        wishForTable(nowNanos);
    }

    /** J6: goes on at once with the one that a member has named instead of itself, if that is news. */
    private boolean follows(PartitionCalls calls, RoutedCall call, Answer answer, long nowNanos) {
        if (table == null || !(answer instanceof Moved moved)) {
            return false;
        }
        calls.moved(moved);
        if (call.wasSentTo(calls.primary(table.table().record(calls.partition())))) {
            return false;
        }
        attempt(calls, call, nowNanos);
        return true;
    }

    private void end(PartitionCalls calls, RoutedCall call, CallOutcome outcome, long nowNanos) {
        calls.end(call);
        complete(call, outcome);
        beginWaiting(calls, nowNanos);
    }

    private void complete(RoutedCall call, CallOutcome outcome) {
        count--;
        call.owner().completed(outcome);
    }

    // ---- answers

    /** Takes an answer, unless it is to an attempt that is not the last one, or to a call that has ended. */
    public void onReply(Reply reply, long nowNanos) {
        int partition = reply.partition();
        PartitionCalls calls = partition < inUse.length ? inUse[partition] : null;
        OperationId id = reply.operation();
        RoutedCall call = calls == null || id.client() != client ? null : calls.find(id.sequence());
        if (calls == null || call == null || !call.isAnsweredBy(reply)) {
            return;
        }
        if (reply.answer() instanceof Done done) {
            end(calls, call, new Answered(done.result(), done.tally()), nowNanos);
        } else if (!call.awaitsAnswer()) {
            return; // It pauses, and goes on by itself.
        } else if (reply.attempt() == Reply.ANY_ATTEMPT) {
            call.lost(); // It is in the log of a primary that was deposed: its successor may have it, too.
            if (!follows(calls, call, reply.answer(), nowNanos)) {
                lost(call, nowNanos);
            }
        } else {
            refused(calls, call, reply.answer(), nowNanos);
        }
    }

    /** Takes in that the attempt under way has had no effect, and will have none. */
    private void refused(PartitionCalls calls, RoutedCall call, Answer answer, long nowNanos) {
        if (answer instanceof TooFewCopies few && !call.isDoubtful()) {
            end(calls, call, new CallOutcome.TooFewCopies(few.inSync(), few.wanted()), nowNanos);
        } else if (answer instanceof PartitionLost lost && !call.isDoubtful()) {
            end(calls, call, new CallOutcome.PartitionLost(lost.generation()), nowNanos);
        } else if (answer == AlreadyAcknowledged.ALREADY_ACKNOWLEDGED
                || (answer == Answer.OutcomeUnknown.OUTCOME_UNKNOWN && call.isDoubtful())) {
            end(calls, call, OutcomeUnknown.OUTCOME_UNKNOWN, nowNanos);
        } else {
            // If the outcome is unknown of what cannot have had one, only the generation was not the one that is
            // served.
            call.refused(inTheEnd(answer));
            if (!follows(calls, call, answer, nowNanos)) {
                pause(call, nowNanos);
                if (answer != Busy.BUSY) {
                    wishForTable(nowNanos);
                }
            }
        }
    }

    /** Returns what a call ends as whose last answer this is. */
    private static NotCarriedOut inTheEnd(Answer answer) {
        if (answer == NoLicence.NO_LICENCE) {
            return CallOutcome.NoLicence.NO_LICENCE;
        }
        return answer == Busy.BUSY ? Overloaded.OVERLOADED : TimedOut.TIMED_OUT;
    }

    /** Takes in that the connection to a member has ended: what was sent over it may have arrived, and the answers will not. */
    public void onConnectionLost(Incarnation member, long nowNanos) {
        forEachInUse(calls -> calls.forEachUnderWay(call -> {
            if (call.awaitsAnswer() && call.wasSentTo(member)) {
                lost(call, nowNanos);
            }
        }));
    }

    // ---- time

    /** Lets time pass. To be called about every 10 ms; it costs something only if something is due. */
    public void onTick(long nowNanos) {
        if (nowNanos - lookNanos < 0) {
            return;
        }
        if (withoutTable.isEmpty()) {
            lookNanos = nowNanos + IDLE_NANOS;
        } else {
            lookNanos = nowNanos + policy.tableNanos();
            wishForTable(nowNanos);
            lookAtWaiting(withoutTable, nowNanos);
        }
        forEachInUse(calls -> look(calls, nowNanos));
    }

    /** Ends all calls, as the process ends: those of which no attempt may have had an effect are known not to have happened. */
    public void close(long nowNanos) {
        for (RoutedCall call = withoutTable.poll(); call != null; call = withoutTable.poll()) {
            complete(call, Closed.CLOSED);
        }
        forEachInUse(calls -> {
            for (RoutedCall call = calls.waiting().poll();
                    call != null;
                    call = calls.waiting().poll()) {
                complete(call, Closed.CLOSED);
            }
            calls.forEachUnderWay(call -> {
                call.lost();
                end(calls, call, call.isDoubtful() ? OutcomeUnknown.OUTCOME_UNKNOWN : Closed.CLOSED, nowNanos);
            });
        });
    }

    private void look(PartitionCalls calls, long nowNanos) {
        if (calls.isIdle()) {
            nextSequences[calls.partition()] = calls.nextSequence();
            inUse[calls.partition()] = null;
            return;
        }
        lookAtWaiting(calls.waiting(), nowNanos);
        calls.forEachUnderWay(call -> {
            if (call.isOver(nowNanos)) {
                end(calls, call, call.giveUp(), nowNanos);
            } else if (!call.isDue(nowNanos)) {
                lookAgain(call, nowNanos);
            } else if (call.awaitsAnswer()) {
                lost(call, nowNanos);
            } else {
                attempt(calls, call, nowNanos);
            }
        });
    }

    private void lookAtWaiting(WaitingCalls waiting, long nowNanos) {
        waiting.takeOverdue(nowNanos).forEach(call -> complete(call, call.giveUp()));
        waiting.forEach(call -> lookAgain(call, nowNanos));
    }

    /** Sees to it that a call is looked at when something is to be done about it. */
    private void lookAgain(RoutedCall call, long nowNanos) {
        long rest = call.restNanos(nowNanos);
        if (nowNanos + rest - lookNanos < 0) {
            lookNanos = nowNanos + rest;
        }
    }
}
