package io.fyercache.sharded.client;

import io.fyercache.sharded.client.CallOutcome.NotCarriedOut;
import io.fyercache.sharded.client.CallOutcome.OutcomeUnknown;
import io.fyercache.sharded.client.CallOutcome.TimedOut;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.Incarnation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call: what is asked, and what is known of its attempts. It waits for its turn, then an attempt is under way, or it pauses before the next
 * one. Used by one thread.
 */
final class RoutedCall {
    private static final long LIFE_NANOS = Request.LIFE_MILLIS * 1_000_000;

    private final EntryKey key;
    private final Task task;
    private final Batch batch;
    private final int minInSync;
    private final CallOwner owner;

    private long deadlineNanos;

    /** Null until its turn has come. */
    private @Nullable OperationId id;

    private long acknowledgedBelow;

    /** When something is to be done if nothing happens until then: the attempt under way is given up, or the pause is over. */
    private long dueNanos;

    /** The last attempt, and to whom it was sent; null before the first. */
    private @Nullable Request sent;

    private @Nullable Incarnation receiver;
    private boolean awaiting;

    /** Whether an attempt of before may have had, or may yet have, an effect that nobody has told of. */
    private boolean doubtful;

    /** How often it has paused since the receiver was another one. */
    private int pauses;

    /** What the call ends as if nothing better comes, and no attempt is doubtful. */
    private NotCarriedOut refusal = TimedOut.TIMED_OUT;

    RoutedCall(EntryKey key, Task task, Batch batch, int minInSync, long deadlineNanos, CallOwner owner) {
        this.key = key;
        this.task = task;
        this.batch = batch;
        this.minInSync = minInSync;
        this.deadlineNanos = deadlineNanos;
        this.dueNanos = deadlineNanos;
        this.owner = owner;
    }

    EntryKey key() {
        return key;
    }

    CallOwner owner() {
        return owner;
    }

    // ---- attempts

    /** Takes in that the call's turn has come. */
    void begin(OperationId operation, long lowestWithoutAnswer) {
        id = operation;
        acknowledgedBelow = lowestWithoutAnswer;
    }

    /** Returns which operation this is. Its turn must have come. */
    OperationId id() {
        return Objects.requireNonNull(id);
    }

    /**
     * Returns the next attempt.
     *
     * @param generation the partition's generation now
     */
    Request next(long generation) {
        Request last = sent;
        if (last == null) {
            return new Request(id(), 1, acknowledgedBelow, generation, minInSync, key, task, batch);
        }
        return isDoubtful() ? last.again() : last.again(generation);
    }

    /** Takes in that an attempt is under way. The last one may be sent {@link Request#LIFE_MILLIS} after the first. */
    void sent(Request attempt, Incarnation to, long nowNanos, long attemptNanos) {
        if (sent == null && deadlineNanos - nowNanos > LIFE_NANOS) {
            deadlineNanos = nowNanos + LIFE_NANOS;
        }
        if (!to.equals(receiver)) {
            pauses = 0;
        }
        sent = attempt;
        receiver = to;
        awaiting = true;
        dueNanos = nowNanos + attemptNanos;
    }

    boolean awaitsAnswer() {
        return awaiting;
    }

    /** Tells whether the last attempt went to this member. */
    boolean wasSentTo(Incarnation member) {
        return member.equals(receiver);
    }

    /** Tells whether an answer counts: one to an earlier attempt may be wrong for a later one. */
    boolean isAnsweredBy(Reply reply) {
        return reply.attempt() == Reply.ANY_ATTEMPT || (sent != null && reply.attempt() == sent.attempt());
    }

    /** Takes in that nobody will tell what has become of the attempt under way, if there is one. */
    void lost() {
        doubtful |= awaiting;
        awaiting = false;
    }

    /** Takes in that nothing has become of the attempt, and what the call ends as if no other fares better. */
    void refused(NotCarriedOut as) {
        refusal = as;
        awaiting = false;
    }

    void pause(long nowNanos, RetryPolicy policy, RouterHost host) {
        dueNanos = nowNanos + policy.pauseNanos(pauses++, host);
    }

    /** Tells whether an attempt of before may have had an effect. A read has none. */
    boolean isDoubtful() {
        return doubtful && !task.isRead();
    }

    // ---- time

    boolean isOver(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    /** Returns in how many nanoseconds to look at the call again. */
    long restNanos(long nowNanos) {
        return Math.min(dueNanos - nowNanos, deadlineNanos - nowNanos);
    }

    /** Returns what has become of the call when its time is over. */
    CallOutcome giveUp() {
        lost();
        return isDoubtful() ? OutcomeUnknown.OUTCOME_UNKNOWN : refusal;
    }
}
