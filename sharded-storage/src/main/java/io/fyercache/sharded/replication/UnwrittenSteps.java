package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.DeadLetters;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.message.codec.UnwrittenForm;
import io.fyercache.sharded.replication.NewestEntries.Newest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a primary does about what the database is still to be told (Q1 to Q6): it looks it up for whoever decides, gives changes their places, takes in
 * what came of writes, and answers operators. It remembers nothing, so one of these is made for a step.
 */
record UnwrittenSteps(ReplicaMember member, PrimaryLog log, WaitingAnswers answers, LoggedOperations operations) {

    private PartitionWrites writes() {
        return member.host().writes();
    }

    /** Returns what the database is still to be told of a key, null if nothing. */
    private @Nullable UnwrittenChange find(EntryKey key) {
        StoredEntry kept = log.newest().find(key.unwritten()).entry();
        return kept == null ? null : UnwrittenForm.decode(kept.value());
    }

    private boolean isWrittenBehind(EntryKey key) {
        return member.host().cache(key.cache()).writeBehind() != null;
    }

    /** Returns what is known of a key whose live entry is given. */
    KeyState state(HostedCache cache, EntryKey key, @Nullable StoredEntry entry, long partitionMillis) {
        return new KeyState(entry, cache.writeBehind() == null ? null : find(key), partitionMillis);
    }

    /** Q3: returns what is known of a key when user code is called for it. */
    KeyState stateForUserCode(EntryKey key, @Nullable StoredEntry entry, long partitionMillis) {
        return member.rules().keep(Rule.LOADS_KNOW_UNWRITTEN)
                ? state(member.host().cache(key.cache()), key, entry, partitionMillis)
                : new KeyState(entry, partitionMillis);
    }

    // ---- places

    /** Q6: tells whether there is room for what a verdict leaves to be written, and takes it. */
    boolean admits(EntryKey key, Verdict verdict) {
        return !verdict.leavesUnwritten() || writes().admit(key);
    }

    /** Q6: tells whether there is room for what may come of a call, and takes it. */
    boolean admits(Request request) {
        return !(request.task() instanceof Task.Write)
                || !isWrittenBehind(request.key())
                || writes().admit(request.key());
    }

    /** Takes back the place of a key if a call has left nothing to be written. */
    void settle(Request request, Verdict verdict) {
        EntryKey key = request.key();
        if (request.task() instanceof Task.Write
                && isWrittenBehind(key)
                && !verdict.leavesUnwritten()
                && find(key) == null) {
            writes().release(key);
        }
    }

    // ---- what came of writes

    /** Q4: takes in that a change was written, or given up, unless a newer one has taken its place meanwhile. */
    void ended(EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left, long wallMillis) {
        Newest kept = log.newest().find(key.unwritten());
        UnwrittenChange newest = find(key);
        // What was tried is committed; what is not is later, though it may look the same, as two deletions do.
        boolean isNewest = (kept.number() == 0 && tried.equals(newest))
                || (newest != null && left == null && !member.rules().keep(Rule.WRITTEN_IS_COMPARED));
        if (isNewest) {
            Effect effect = left == null ? WritingBehind.remove(key) : WritingBehind.store(key, left);
            log.append(log.partitionMillis(wallMillis), List.of(effect));
        }
    }

    // ---- for operators

    /** Tells how much waits. */
    void count(Request request, Task.Haste haste) {
        OperationResult backlog = writes().backlog(request.key().cache(), haste);
        answers.add(request, new Done(backlog, 0), 0);
    }

    /** Tells some of the changes that were given up. */
    void listDeadLetters(Request request, CachePosition from) {
        CachePage page = page(request, from);
        List<DeadLetters.Letter> letters = new ArrayList<>();
        for (EntryKey key : page.keys()) {
            UnwrittenChange change = find(key);
            if (change != null && change.givenUp() != null) {
                letters.add(new DeadLetters.Letter(key.key(), change));
            }
        }
        answers.add(request, new Done(new DeadLetters(letters, page.next()), 0), 0);
    }

    private CachePage page(Request request, CachePosition from) {
        int unwritten = request.key().unwritten().cache();
        return CachePage.at(from, unwritten, log.committed(), member.limits().partBytes());
    }

    /** Has a change that was given up written anew, or drops it. */
    void carryOut(Request request, Task.OfDeadLetter wish, long wallMillis) {
        if (operations.isFull()) {
            busy(request);
            return;
        }
        EntryKey key = request.key();
        Newest kept = log.newest().find(key.unwritten());
        UnwrittenChange change = find(key);
        boolean isDead = change != null && change.givenUp() != null;
        List<Effect> effects = List.of();
        if (change != null && isDead) {
            member.host().cache(key.cache()).forgetMiss(key);
            effects = List.of(
                    wish == Task.OfDeadLetter.REPLAY
                            ? WritingBehind.store(key, change.replayed())
                            : WritingBehind.remove(key));
        }
        Verdict verdict = new Verdict(effects, new Done(new OperationResult.Flag(isDead), 0));
        operations.conclude(request, verdict, log.partitionMillis(wallMillis), kept.number());
    }

    /** Drops some of the changes, whatever there is of them. */
    void drop(Request request, CachePosition from, long wallMillis) {
        if (operations.isFull()) {
            busy(request);
            return;
        }
        CachePage page = page(request, from);
        List<Effect> effects = page.keys().stream()
                .filter(key -> log.newest().find(key).entry() != null)
                .map(key -> WritingBehind.remove(key.owner()))
                .toList();
        Done answer = new Done(new OperationResult.Keys(List.of(), page.next()), 0);
        operations.conclude(request, new Verdict(effects, answer), log.partitionMillis(wallMillis), log.last());
    }

    private void busy(Request request) {
        member.host().answer(request.id(), request.attempt(), Busy.BUSY);
    }
}
