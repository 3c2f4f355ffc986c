package io.fyercache.sharded.replication;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a primary does about those who listen: it has their wishes entered in the log (V3), and lets answers wait for them (V5). Used by one
 * thread.
 */
final class PrimaryListeners {
    /** What a client is told whose process may not listen: an exception of JCache, which nothing here knows. */
    private static final String TOO_MANY_LISTENING = "javax.cache.CacheException";

    private final ReplicaMember member;
    private final PrimaryLog log;
    private final WaitingAnswers answers;

    /** Operations in the log that do not wait for listeners; null until there is one. */
    private @Nullable Set<OperationId> hasty;

    /** Null until an answer waits for listeners: most caches have none. */
    private @Nullable UnheardAnswers unheard;

    PrimaryListeners(ReplicaMember member, PrimaryLog log, WaitingAnswers answers) {
        this.member = member;
        this.log = log;
        this.answers = answers;
        // If it gave its epoch up and gets the partition back, it still waits to hear of what it carried out then.
        log.heldBack().forEach(entry -> unheard().add(entry));
    }

    // ---- who listens

    /** Decides about a wish: nothing becomes of it if that wish is known, or a later one. */
    Verdict decide(Listening wish) {
        ListenerRegister register = log.committed().listeners();
        Listening known = register == null ? null : register.find(wish.cache(), wish.client());
        if (known == null ? wish.interest().isNone() : known.version() >= wish.version()) {
            return Verdict.without(new OperationResult.Flag(true), 0);
        } else if (known == null && register != null && register.isFull()) {
            return Verdict.without(
                    new OperationResult.Failed(
                            TOO_MANY_LISTENING,
                            "processes that listen, in one partition: " + Listening.MAX_LISTENING
                                    + ", each counted once for each cache (expected: fewer); let fewer of them listen"),
                    0);
        }
        return new Verdict(List.of(new Effect.Listen(wish)), new Done(new OperationResult.Flag(false), 0));
    }

    /** Takes out a process that listens no more, unless that is under way. */
    void forget(long client, long wallMillis) {
        if (log.isFull()) {
            return; // It can wait until there is room.
        }
        List<Effect> effects = new ArrayList<>();
        for (Listening each : log.committed().listening()) {
            boolean isUnderWay = log.newest().find(EntryKey.ofAll(each.cache())).number() > 0;
            if (each.client() == client && !isUnderWay && effects.size() < LogEntry.MAX_EFFECTS) {
                effects.add(
                        new Effect.Listen(new Listening(each.cache(), client, each.version(), ChangeInterest.NONE)));
            }
        }
        if (!effects.isEmpty()) {
            log.append(log.partitionMillis(wallMillis), effects);
        }
    }

    // ---- answers

    private static boolean isAwaited(Request request) {
        return !(request.task() instanceof Task.Write write) || write.listeners() == Task.Listeners.AWAITED;
    }

    private UnheardAnswers unheard() {
        if (unheard == null) {
            unheard = new UnheardAnswers(member.host(), answers);
        }
        return unheard;
    }

    /** B4: tells whether as many answers wait for listeners as may. */
    boolean areFull() {
        return unheard != null && unheard.isFull();
    }

    /** Tells whether a request came before, and is to be answered when listeners have returned. */
    boolean isHeldUp(Request request) {
        return unheard != null && unheard.has(request.id()) && isAwaited(request);
    }

    /** Takes in that a request has got its place in the log. */
    void began(Request request) {
        if (!isAwaited(request)) {
            hasty = hasty == null ? new LinkedHashSet<>() : hasty;
            hasty.add(request.id());
        }
    }

    /**
     * Takes in that an entry is committed, and tells whether its operation is to be answered when listeners have returned.
     *
     * @param awaited whether somebody listens who is to be waited for
     */
    boolean holdUp(LogEntry entry, OperationId operation, boolean awaited) {
        boolean isHasty = hasty != null && hasty.remove(operation);
        if (!awaited || isHasty || !member.rules().keep(Rule.ANSWER_FOLLOWS_LISTENERS)) {
            return false;
        }
        unheard().add(entry);
        return true;
    }

    /** Adds the answer to a read by which the entry {@code number} has come about; 0 if none has. */
    void addRead(Request request, Done answer, long number) {
        ListenerRegister register = log.committed().listeners();
        if (register != null && register.awaits(request.key().cache(), EntryChange.Kind.CREATED)) {
            unheard().add(request, answer, number);
        } else {
            answers.add(request, answer, number);
        }
    }

    /** Takes in what listeners threw. */
    void failed(List<ListenerFailure> failures) {
        if (unheard != null) {
            for (ListenerFailure failure : failures) {
                unheard.failed(PlacedChange.entryAt(failure.place()), failure.message());
            }
        }
    }

    /** Gives the answers that wait for listeners to hear of entries up to {@code last}. */
    void heard(long last) {
        if (unheard != null) {
            unheard.heard(last);
        }
    }

    /** Tells clients to ask somebody else. */
    void turnAway() {
        hasty = null;
        if (unheard != null) {
            log.holdBack(unheard.operations());
            unheard.turnAway();
        }
    }
}
