package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How operations come to their one effect (protocol, 6): each gets its place in the log, or leaves no trace, is answered when that is true,
 * and is known when it comes again. Used by one thread.
 */
final class LoggedOperations {
    private final ReplicaMember member;
    private final PrimaryLog log;
    private final WaitingAnswers answers;
    private final PrimaryListeners listeners;

    /** Operations whose entries are in the log and not committed: no more than the log may have. Null until the first one. */
    private @Nullable Map<OperationId, LogEntry> inFlight;

    LoggedOperations(ReplicaMember member, PrimaryLog log, WaitingAnswers answers, PrimaryListeners listeners) {
        this.member = member;
        this.log = log;
        this.answers = answers;
        this.listeners = listeners;
    }

    /** B4: tells whether there is no room for what an operation leaves: its entry in the log, or the answer that waits. */
    boolean isFull() {
        return log.isFull() || answers.isFull() || listeners.areFull();
    }

    /** W2: tells whether the request came before, and is answered by what came of it. */
    boolean isRepeated(Request request) {
        if (listeners.isHeldUp(request)) {
            return true; // Answered with the first attempt.
        }
        Done known = log.committed().results().find(request.id());
        if (known != null) {
            member.host().answer(request.id(), Reply.ANY_ATTEMPT, known);
            return true;
        }
        LogEntry earlier = inFlight == null ? null : inFlight.get(request.id());
        if (earlier != null && !member.rules().keep(Rule.RESULT_FOLLOWS_COMMIT)) {
            member.host().answer(request.id(), Reply.ANY_ATTEMPT, earlier.answer());
        }
        return earlier != null; // Answered with the first attempt.
    }

    /**
     * W3: enters a verdict in the log, if it has an effect, and has what it did counted (S2).
     *
     * @param number of the entry that it rests on
     */
    void conclude(Request request, Verdict verdict, long partitionMillis, long number) {
        if (verdict.effects().isEmpty() && request.attempt() == 1) {
            // It leaves no trace. A later attempt does, or an earlier one that comes after it could find something.
            answers.add(request, verdict.answer(), number);
        } else {
            if (inFlight == null) {
                inFlight = new LinkedHashMap<>();
            }
            member.host()
                    .cache(request.key().cache())
                    .counters()
                    .count(verdict.answer().tally());
            listeners.began(request);
            Origin origin = new Origin(request.id(), request.acknowledgedBelow());
            inFlight.put(request.id(), log.append(partitionMillis, origin, verdict));
        }
    }

    /**
     * W4, V5: answers the operation that an entry came from, now that it is committed; if listeners are to return first, then. That is also
     * for entries that an earlier primary has ordered, whose clients come here now.
     *
     * @param awaited whether somebody listens who is to be waited for
     */
    void committed(LogEntry entry, boolean awaited) {
        if (entry.origin() != null) {
            OperationId operation = entry.origin().operation();
            boolean isMine = inFlight != null && inFlight.remove(operation) != null;
            if (!listeners.holdUp(entry, operation, awaited) && isMine) {
                member.host().answer(operation, Reply.ANY_ATTEMPT, entry.answer());
            }
        }
    }

    /** Turns away those whose entries are not committed: another primary may commit them, so the answer names no attempt (D5). */
    void end() {
        if (inFlight != null) {
            inFlight.keySet()
                    .forEach(operation -> member.host().answer(operation, Reply.ANY_ATTEMPT, NotServing.NOT_SERVING));
            inFlight.clear();
        }
    }
}
