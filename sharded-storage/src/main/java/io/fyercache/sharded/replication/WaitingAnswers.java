package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait until they are true: until the entry that they rest on is committed, and it is certain that this member is the primary,
 * by its leases or because all have confirmed it since (R1 to R4). Used by one thread.
 */
final class WaitingAnswers {
    /** Answers that wait, 8,192: at 100,000 reads a second those of 80 ms. All are looked at whenever one can be given. */
    static final int MAX_WAITING = 8 * 1_024;

    private final ReplicaHost host;
    private final long epoch;

    /** Null until the first answer waits: most partitions of a large cluster may be asked nothing. */
    private @Nullable ConfirmationRounds rounds;

    /** By the entry that must be committed; null as long as none waits. */
    private @Nullable TreeMap<Long, List<Waiting>> untilCommitted;

    /** Those for which it is only to be certain that this member is the primary. */
    private List<Waiting> untilCertain = List.of();

    private int waiting;

    /**
     * One of them.
     *
     * @param sinceRound the first round of confirmation that began after the value was taken
     */
    private record Waiting(OperationId request, int attempt, Answer answer, long sinceRound) {}

    WaitingAnswers(ReplicaHost host, long epoch) {
        this.host = host;
        this.epoch = epoch;
    }

    /** Adds the answer to a request, which rests on entry {@code number}; 0 for none. */
    void add(Request request, Answer answer, long number) {
        if (untilCommitted == null) {
            untilCommitted = new TreeMap<>();
        }
        if (rounds == null) {
            rounds = new ConfirmationRounds();
        }
        waiting++;
        untilCommitted
                .computeIfAbsent(number, first -> new ArrayList<>())
                .add(new Waiting(request.id(), request.attempt(), answer, rounds.next()));
    }

    /** B4: tells whether as many wait as may. */
    boolean isFull() {
        return waiting >= MAX_WAITING;
    }

    boolean isEmpty() {
        return untilCertain.isEmpty() && (untilCommitted == null || untilCommitted.isEmpty());
    }

    /** Tells clients to ask somebody else. */
    void turnAway() {
        takeCommitted(Long.MAX_VALUE);
        untilCertain.forEach(each -> host.answer(each.request(), each.attempt(), NotServing.NOT_SERVING));
        untilCertain = List.of();
        waiting = 0;
    }

    private void takeCommitted(long committed) {
        if (untilCommitted != null) {
            Map<Long, List<Waiting>> taken = untilCommitted.headMap(committed, true);
            if (!taken.isEmpty()) {
                List<Waiting> all = new ArrayList<>(untilCertain);
                taken.values().forEach(all::addAll);
                taken.clear();
                untilCertain = all;
            }
        }
    }

    /**
     * Gives those answers that are true by now.
     *
     * @param committed the last committed entry
     * @param grantors who must have granted a lease, or confirm
     * @param leased whether they have
     */
    void give(long committed, Collection<Incarnation> grantors, boolean leased, long nowNanos) {
        ConfirmationRounds asking = rounds;
        if (asking == null) {
            return;
        }
        long lastRound = asking.endIfConfirmedBy(grantors);
        takeCommitted(committed);
        List<Waiting> later = new ArrayList<>();
        for (Waiting each : untilCertain) {
            if (leased || each.sinceRound() <= lastRound) {
                waiting--;
                host.answer(each.request(), each.attempt(), each.answer());
            } else {
                later.add(each);
            }
        }
        untilCertain = later.isEmpty() ? List.of() : later;
        if (!leased && !isEmpty() && !asking.isOpen()) {
            asking.begin(nowNanos);
            askToConfirm(asking.current(), grantors);
        }
    }

    private void askToConfirm(long round, Collection<Incarnation> grantors) {
        grantors.forEach(grantor -> host.send(grantor, new Confirm(epoch, round)));
    }

    /** Takes in that a member knows no later epoch. */
    void confirmed(Incarnation from, long round) {
        if (rounds != null) {
            rounds.confirm(from, round);
        }
    }

    /** Asks again those whose answers may be lost. */
    void remind(Collection<Incarnation> grantors, long nowNanos, long resendNanos) {
        if (rounds != null && rounds.isOverdue(nowNanos, resendNanos)) {
            askToConfirm(rounds.current(), grantors);
        }
    }
}
