package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait until they are true: until the entry that they rest on is committed, and it is certain that this member is the primary,
 * by its leases or because all have confirmed it since (R1 to R4). Each is looked at when it can be given, and at no other time. Used by one
 * thread.
 */
final class WaitingAnswers {
    /** Answers that wait, 8,192: at 100,000 reads a second those of 80 ms. */
    static final int MAX_WAITING = 8 * 1_024;

    private final ReplicaHost host;
    private final long epoch;

    /** Null until the first answer waits: most partitions of a large cluster may be asked nothing. */
    private @Nullable Lines lines;

    /** Those who wait, and what makes them certain. */
    private static final class Lines {
        private final ConfirmationRounds rounds = new ConfirmationRounds();

        /** Those whose entry is not committed: by its number, and those of one entry in the order in which they came. */
        private final PriorityQueue<Waiting> untilCommitted =
                new PriorityQueue<>(Comparator.comparingLong(Waiting::number).thenComparingLong(Waiting::order));

        /** Those that the round under way will make certain. */
        private final ArrayDeque<Waiting> ofThisRound = new ArrayDeque<>();

        /** Those that only the next one can. */
        private final ArrayDeque<Waiting> ofNextRound = new ArrayDeque<>();

        private long lastOrder;

        int size() {
            return untilCommitted.size() + ofThisRound.size() + ofNextRound.size();
        }

        void add(Request request, Answer answer, long number) {
            Waiting waiting = new Waiting(request.id(), request.attempt(), answer, number, rounds.next(), ++lastOrder);
            (number == 0 ? ofNextRound : untilCommitted).add(waiting);
        }

        void beginRound(long nowNanos) {
            rounds.begin(nowNanos);
            ofThisRound.addAll(ofNextRound);
            ofNextRound.clear();
        }
    }

    /**
     * One of them.
     *
     * @param number the entry that it rests on
     * @param sinceRound the first round of confirmation that began after the value was taken
     * @param order grows with each that comes
     */
    private record Waiting(OperationId request, int attempt, Answer answer, long number, long sinceRound, long order) {}

    WaitingAnswers(ReplicaHost host, long epoch) {
        this.host = host;
        this.epoch = epoch;
    }

    /** Adds the answer to a request, which rests on entry {@code number}; 0 for none. What it did is counted (S2). */
    void add(Request request, Answer answer, long number) {
        if (answer instanceof Done done) {
            host.cache(request.key().cache()).counters().count(done.tally());
        }
        if (lines == null) {
            lines = new Lines();
        }
        lines.add(request, answer, number);
    }

    /** B4: tells whether as many wait as may. */
    boolean isFull() {
        return lines != null && lines.size() >= MAX_WAITING;
    }

    boolean isEmpty() {
        return lines == null || lines.size() == 0;
    }

    /** Tells clients to ask somebody else. */
    void turnAway() {
        Lines present = lines;
        if (present != null) {
            turnAway(present.ofThisRound);
            turnAway(present.ofNextRound);
            turnAway(present.untilCommitted);
        }
    }

    private void turnAway(Queue<Waiting> line) {
        line.forEach(each -> host.answer(each.request(), each.attempt(), NotServing.NOT_SERVING));
        line.clear();
    }

    /**
     * Gives those answers that are true by now.
     *
     * @param committed the last committed entry
     * @param grantors who must have granted a lease, or confirm
     * @param leased whether they have
     */
    void give(long committed, Collection<Incarnation> grantors, boolean leased, long nowNanos) {
        Lines present = lines;
        if (present == null) {
            return;
        }
        ConfirmationRounds rounds = present.rounds;
        long lastRound = rounds.endIfConfirmedBy(grantors);
        if (leased || !rounds.isOpen()) {
            giveAll(present.ofThisRound);
        }
        if (leased) {
            giveAll(present.ofNextRound);
        }
        takeCommitted(present, committed, leased ? Long.MAX_VALUE : lastRound);
        if (!leased && !isEmpty() && !rounds.isOpen()) {
            present.beginRound(nowNanos);
            askToConfirm(rounds.current(), grantors);
        }
    }

    private void giveAll(ArrayDeque<Waiting> line) {
        while (!line.isEmpty()) {
            give(line.remove());
        }
    }

    private void give(Waiting waiting) {
        host.answer(waiting.request(), waiting.attempt(), waiting.answer());
    }

    /** Takes those whose entry is committed by now, and gives those that no later round than this need make certain. */
    private void takeCommitted(Lines present, long committed, long certainRound) {
        PriorityQueue<Waiting> waiting = present.untilCommitted;
        while (!waiting.isEmpty() && waiting.element().number() <= committed) {
            Waiting next = waiting.remove();
            if (next.sinceRound() <= certainRound) {
                give(next);
            } else if (next.sinceRound() <= present.rounds.current()) {
                present.ofThisRound.add(next);
            } else {
                present.ofNextRound.add(next);
            }
        }
    }

    private void askToConfirm(long round, Collection<Incarnation> grantors) {
        grantors.forEach(grantor -> host.send(grantor, new Confirm(epoch, round)));
    }

    /** Takes in that a member knows no later epoch. */
    void confirmed(Incarnation from, long round) {
        if (lines != null) {
            lines.rounds.confirm(from, round);
        }
    }

    /** Asks again those whose answers may be lost. */
    void remind(Collection<Incarnation> grantors, long nowNanos, long resendNanos) {
        if (lines != null && lines.rounds.isOverdue(nowNanos, resendNanos)) {
            askToConfirm(lines.rounds.current(), grantors);
        }
    }

    /** T6: returns those of the grantors who do not confirm, for which answers wait. */
    List<Incarnation> silent(Collection<Incarnation> grantors) {
        return lines == null ? List.of() : lines.rounds.silent(grantors, ProtocolTimes.REPETITIONS);
    }
}
