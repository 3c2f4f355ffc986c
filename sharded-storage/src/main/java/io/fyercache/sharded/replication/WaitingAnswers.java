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
    private final ReplicaHost host;
    private final long epoch;
    private final ConfirmationRounds rounds = new ConfirmationRounds();

    /** By the entry that must be committed; null as long as none waits. */
    private @Nullable TreeMap<Long, List<Waiting>> untilCommitted;

    /** Those for which it is only to be certain that this member is the primary. */
    private List<Waiting> untilCertain = List.of();

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
        untilCommitted
                .computeIfAbsent(number, first -> new ArrayList<>())
                .add(new Waiting(request.id(), request.attempt(), answer, rounds.next()));
    }

    boolean isEmpty() {
        return untilCertain.isEmpty() && (untilCommitted == null || untilCommitted.isEmpty());
    }

    /** Tells clients to ask somebody else. */
    void turnAway() {
        takeCommitted(Long.MAX_VALUE);
        untilCertain.forEach(each -> host.answer(each.request(), each.attempt(), NotServing.NOT_SERVING));
        untilCertain = List.of();
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
        long lastRound = rounds.endIfConfirmedBy(grantors);
        takeCommitted(committed);
        List<Waiting> later = new ArrayList<>();
        for (Waiting each : untilCertain) {
            if (leased || each.sinceRound() <= lastRound) {
                host.answer(each.request(), each.attempt(), each.answer());
            } else {
                later.add(each);
            }
        }
        untilCertain = later;
        if (!leased && !isEmpty() && !rounds.isOpen()) {
            rounds.begin(nowNanos);
            askToConfirm(grantors);
        }
    }

    private void askToConfirm(Collection<Incarnation> grantors) {
        grantors.forEach(grantor -> host.send(grantor, new Confirm(epoch, rounds.current())));
    }

    /** Takes in that a member knows no later epoch. */
    void confirmed(Incarnation from, long round) {
        rounds.confirm(from, round);
    }

    /** Asks again those whose answers may be lost. */
    void remind(Collection<Incarnation> grantors, long nowNanos, long resendNanos) {
        if (rounds.isOverdue(nowNanos, resendNanos)) {
            askToConfirm(grantors);
        }
    }
}
