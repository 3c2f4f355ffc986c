package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of an entry because of one operation, and what the client is told: a {@link Decision} as it is replicated. Immutable. */
public record Verdict(List<Effect> effects, Done answer) {

    /** Keeps an unmodifiable copy of the effects. */
    public Verdict {
        effects = List.copyOf(effects);
    }

    /** Nothing becomes of the entry. */
    static Verdict without(OperationResult result, int tally) {
        return new Verdict(List.of(), new Done(result, tally));
    }

    /**
     * Returns what a decision means for an entry.
     *
     * @param notice who is told of it
     * @throws IllegalArgumentException if the result is none that can be told, see {@link OperationResult#of}
     * @throws ClassCastException if the value is not an encoded one
     */
    static Verdict of(EntryKey key, @Nullable StoredEntry before, Decision decision, Notice notice) {
        return new Verdict(
                effects(key, before, decision, notice),
                new Done(OperationResult.of(decision.result()), decision.tally()));
    }

    private static List<Effect> effects(EntryKey key, @Nullable StoredEntry before, Decision decision, Notice notice) {
        return switch (decision.effect()) {
            // A value that expires at once has a place in the log if somebody is to hear of it.
            case NONE -> notice == Notice.NONE ? List.of() : List.of(new Effect.ExpireAtOnce(key, valueOf(decision)));
            case REMOVE -> List.of(new Effect.Remove(key, notice));
            case TOUCH ->
                decision.deadlineMillis() == Expiry.UNCHANGED
                        ? List.of()
                        : List.of(new Effect.Prolong(key, decision.deadlineMillis()));
            case STORE -> {
                long deadline = decision.deadlineMillis();
                if (deadline == Expiry.UNCHANGED) {
                    deadline = before == null ? Expiry.NEVER : before.deadlineMillis();
                }
                yield List.of(new Effect.Store(key, valueOf(decision), deadline, notice));
            }
        };
    }

    private static EncodedValue valueOf(Decision decision) {
        return (EncodedValue) Objects.requireNonNull(decision.value());
    }

    /** Returns this where the value is too heavy to be kept: it goes with the effect by which it comes (E5). */
    Verdict evicting(EntryKey key) {
        return with(new Effect.Remove(key, Notice.EVICTED));
    }

    /** Returns this with one more effect, after the others. */
    Verdict with(Effect another) {
        List<Effect> all = new ArrayList<>(effects);
        all.add(another);
        return new Verdict(all, answer);
    }

    /** Tells whether the database is to be told of something later (Q1). */
    boolean leavesUnwritten() {
        return effects.stream()
                .anyMatch(
                        effect -> effect instanceof Effect.Store && effect.key().isUnwritten());
    }

    /** Returns this with values that live longer by {@code millis}, 0 or more: they came so much later than was thought. */
    Verdict laterBy(long millis) {
        return new Verdict(
                effects.stream()
                        .map(effect -> effect instanceof Effect.Store store ? later(store, millis) : effect)
                        .toList(),
                answer);
    }

    /** Returns this as the verdict about what says nothing. */
    Verdict withoutResult() {
        return new Verdict(effects, new Done(OperationResult.None.NONE, answer.tally()));
    }

    /** Returns this as the verdict about a read that found nothing, and loaded. */
    Verdict asMiss() {
        return new Verdict(effects, new Done(answer.result(), answer.tally() | CacheCounters.MISS));
    }

    private static Effect later(Effect.Store store, long millis) {
        long deadline = store.deadlineMillis() > Expiry.NEVER - millis ? Expiry.NEVER : store.deadlineMillis() + millis;
        return new Effect.Store(store.key(), store.value(), deadline, store.notice());
    }
}
