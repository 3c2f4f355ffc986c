package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.Answer.PartitionLost;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.replication.NewestEntries.Newest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a primary does about reads and writes that it accepts: it decides them at once, or holds the key and has user code run. What is about
 * all entries of a cache it leaves to {@link WholeCacheSteps}. Used by one thread.
 */
final class PrimaryOperations {
    static final Done NOT_FOUND = new Done(OperationResult.None.NONE, CacheCounters.MISS);

    private final ReplicaMember member;
    private final PrimaryLog log;
    private final PrimaryListeners listeners;
    private final EntryLifetimes lifetimes;
    private final WaitingAnswers answers;
    private final LoggedOperations operations;
    private final KeptRequests kept;

    /** Null until user code is to run: most caches have none. */
    private @Nullable UserCodeCalls calls;

    /** Whether no more user code is to be started. */
    private boolean leaving;

    PrimaryOperations(
            ReplicaMember member,
            PrimaryLog log,
            EntryLifetimes lifetimes,
            WaitingAnswers answers,
            LoggedOperations operations,
            PrimaryListeners listeners,
            KeptRequests kept) {
        this.member = member;
        this.log = log;
        this.lifetimes = lifetimes;
        this.answers = answers;
        this.operations = operations;
        this.listeners = listeners;
        this.kept = kept;
    }

    /** Carries out a request, or lets it wait. */
    void carryOut(Request request, long wallMillis) {
        Task task = request.task();
        if (task.isRead()) {
            look(request, wallMillis);
        } else if (!operations.isRepeated(request)) {
            change(request, wallMillis);
        }
    }

    private void look(Request request, long wallMillis) {
        if (answers.isFull()) {
            answer(request, Busy.BUSY);
        } else if (request.task() == Task.Peek.PEEK) {
            peek(request, wallMillis);
        } else if (request.task() instanceof Task.ListKeys list) {
            wholeCache().listKeys(request, list.from(), wallMillis);
        } else if (request.task() == Task.CountEntries.COUNT_ENTRIES) {
            wholeCache().count(request);
        } else if (request.task() instanceof Task.CountUnwritten count) {
            unwritten().count(request, count.haste());
        } else if (request.task() instanceof Task.ListDeadLetters list) {
            unwritten().listDeadLetters(request, list.from());
        } else {
            read(request, wallMillis);
        }
    }

    private void change(Request request, long wallMillis) {
        if (request.task() instanceof Task.Write write) {
            write(request, write.operation(), wallMillis);
        } else if (request.task() instanceof Task.Clear clear) {
            wholeCache().clear(request, clear.from(), wallMillis);
        } else if (request.task() instanceof Task.DropUnwritten drop) {
            unwritten().drop(request, drop.from(), wallMillis);
        } else if (request.task() instanceof Task.OfDeadLetter wish && !isHeld(request.key())) {
            unwritten().carryOut(request, wish, wallMillis);
        } else {
            withUserCode(request, wallMillis); // U5
        }
    }

    private UnwrittenSteps unwritten() {
        return new UnwrittenSteps(member, log, answers, operations);
    }

    private WholeCacheSteps wholeCache() {
        return new WholeCacheSteps(member, log, answers, operations, this::isHeld);
    }

    private HostedCache cache(EntryKey key) {
        return member.host().cache(key.cache());
    }

    private void answer(Request request, Answer answer) {
        member.host().answer(request.id(), request.attempt(), answer);
    }

    /** R1. */
    private void read(Request request, long wallMillis) {
        EntryKey key = request.key();
        long partitionMillis = log.partitionMillis(wallMillis);
        HostedCache cache = cache(key);
        // Those who decide upon a held key's entry find out whether it has expired, and what its deadline is.
        boolean held = isHeld(key);
        if (log.isFull() && !held && readingMayChange(key, cache, partitionMillis)) {
            answer(request, Busy.BUSY);
            return;
        }
        Newest present = held ? log.newest().find(key) : log.live(key, partitionMillis);
        StoredEntry entry = present.entry();
        if (entry != null && !entry.isExpiredAt(partitionMillis) && (held || !cache.asksAboutReads())) {
            long touch =
                    held ? 0 : lifetimes.touch(key, entry, cache.deadlineAfterRead(partitionMillis), partitionMillis);
            cache.used(key);
            Done found = cache.found(request.task(), entry, partitionMillis);
            answers.add(request, found, Math.max(touch, present.number()));
        } else if (entry != null || (cache.readsThrough() && request.task() == Task.Read.READ)) {
            withUserCode(request, wallMillis);
        } else {
            Done nothing = request.task() == Task.Read.READ ? NOT_FOUND : Done.NOTHING;
            answers.add(request, nothing, present.number());
        }
    }

    /** Tells whether the log must have something about an entry because it is read: that it is gone, or lives until another time. */
    private boolean readingMayChange(EntryKey key, HostedCache cache, long partitionMillis) {
        StoredEntry entry = log.newest().find(key).entry();
        return isOver(entry, partitionMillis)
                || (entry != null && cache.deadlineAfterRead(partitionMillis) != Expiry.UNCHANGED);
    }

    /** Tells whether there is an entry whose time is over. */
    private static boolean isOver(@Nullable StoredEntry entry, long partitionMillis) {
        return entry != null && entry.isExpiredAt(partitionMillis);
    }

    /** R5. */
    private void peek(Request request, long wallMillis) {
        EntryKey key = request.key();
        long partitionMillis = log.partitionMillis(wallMillis);
        boolean held = isHeld(key);
        if (log.isFull() && !held && isOver(log.newest().find(key).entry(), partitionMillis)) {
            answer(request, Busy.BUSY); // That it is gone has no place in the log.
            return;
        }
        Newest present = held ? log.newest().find(key) : log.live(key, partitionMillis);
        StoredEntry entry = present.entry();
        if (held && isOver(entry, partitionMillis)) {
            withUserCode(request, wallMillis); // It waits: whoever holds the key finds out.
        } else {
            answers.add(request, new Done(new OperationResult.Flag(entry != null), 0), present.number());
        }
    }

    // ---- changes

    /** W2, W3. */
    private void write(Request request, EntryOperation operation, long wallMillis) {
        EntryKey key = request.key();
        HostedCache cache = cache(key);
        if (isHeld(key) || cache.needsUserCode(operation, log.newest().find(key).entry())) {
            withUserCode(request, wallMillis);
            return;
        }
        if (operations.isFull()) {
            answer(request, Busy.BUSY);
            return;
        }
        long partitionMillis = log.partitionMillis(wallMillis);
        Newest present = log.live(key, partitionMillis);
        if (present.entry() != null) {
            cache.used(key);
        }
        UnwrittenSteps unwritten = unwritten();
        Verdict verdict = cache.decide(key, operation, unwritten.state(cache, key, present.entry(), partitionMillis));
        if (unwritten.admits(key, verdict)) {
            operations.conclude(request, verdict, partitionMillis, present.number());
        } else {
            withUserCode(request, wallMillis); // It holds the key until there is room.
        }
    }

    /**
     * L4: enters in the log that a loss is acknowledged.
     *
     * @param lost whether there is one to acknowledge
     */
    void acknowledgeLoss(Request request, boolean lost, long wallMillis) {
        if (operations.isRepeated(request)) {
            return;
        }
        if (operations.isFull() || (lost && !log.hasRoomForLosses())) {
            answer(request, Busy.BUSY);
            return;
        }
        List<Effect> effects = lost ? List.of(new Effect.AcknowledgeLoss(request.key())) : List.of();
        operations.conclude(
                request,
                new Verdict(effects, new Done(new OperationResult.Flag(lost), 0)),
                log.partitionMillis(wallMillis),
                log.newest().find(request.key()).number());
    }

    /** V3: enters in the log that a client wants to hear of changes, unless the log has that, or a later wish. */
    void listen(Request request, Task.Listen wish, long wallMillis) {
        if (operations.isRepeated(request)) {
            return;
        }
        if (operations.isFull()) {
            answer(request, Busy.BUSY);
            return;
        }
        Listening wanted = new Listening(request.key().cache(), request.id().client(), wish.version(), wish.interest());
        operations.conclude(
                request,
                listeners.decide(wanted),
                log.partitionMillis(wallMillis),
                log.newest().find(request.key()).number());
    }

    /** L4: says that the partition was lost. Somebody may have acknowledged it to a later primary, so it waits until this one is certain. */
    void tellLoss(Request request, long generation) {
        if (answers.isFull()) {
            answer(request, Busy.BUSY);
        } else {
            answers.add(request, new PartitionLost(generation), 0);
        }
    }

    // ---- user code

    /** Tells whether no user code is under way, nor waits. */
    boolean isIdle() {
        return calls == null || calls.isIdle();
    }

    boolean isHeld(EntryKey key) {
        return calls != null && calls.isHeld(key);
    }

    /** U1, U2: holds the key and has user code run, or lets the request wait for the key. */
    private void withUserCode(Request request, long wallMillis) {
        if (leaving && !isHeld(request.key())) {
            kept.add(request);
            return;
        }
        if (calls == null) {
            calls = new UserCodeCalls(member.rules());
        }
        if (!calls.joined(request) && (operations.isFull() || !calls.add(request))) {
            answer(request, Busy.BUSY);
        } else {
            startCalls(wallMillis);
        }
    }

    /** Starts as many calls as may be under way, but none while the log is full: what comes of a call cannot be refused. */
    void startCalls(long wallMillis) {
        UserCodeCalls present = calls;
        while (present != null && !log.isFull()) {
            HeldKey next = present.nextToStart(unwritten()::admits);
            if (next == null) {
                return;
            }
            long partitionMillis = log.partitionMillis(wallMillis);
            StoredEntry current = log.live(next.key(), partitionMillis).entry();
            KeyState state = unwritten().stateForUserCode(next.key(), current, partitionMillis);
            member.host().runUserCode(present.start(next, log.epoch(), state));
        }
    }

    /** Q6: turns away whose change has waited too long for room; returns their keys, which are let go, for those who wait. */
    List<HeldKey> turnAwayRoomless(long nowNanos, long wallMillis) {
        UserCodeCalls present = calls;
        if (present == null) {
            return List.of();
        }
        List<HeldKey> roomless = present.takeRoomless(key -> cache(key).behind().roomWaitNanos(), nowNanos);
        for (HeldKey held : roomless) {
            Request owner = present.takeOwner(held);
            if (operations.isFull()) {
                answer(owner, Busy.BUSY);
            } else {
                operations.conclude(
                        owner,
                        Verdict.without(cache(held.key()).behind().noRoom(), 0),
                        log.partitionMillis(wallMillis),
                        log.newest().find(held.key()).number());
            }
        }
        return roomless;
    }

    /** Q4: takes in that a change was written, or given up. */
    void writeEnded(EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left, long wallMillis) {
        unwritten().ended(key, tried, left, wallMillis);
    }

    /** U3: takes what came of a call, and lets its key go; returns the key for those who wait, or null if the call does not count. */
    @Nullable
    HeldKey conclude(UserCodeOutcome outcome, long wallMillis) {
        UserCodeCall call = outcome.call();
        UserCodeCalls present = calls;
        HeldKey held = present != null && call.epoch() == log.epoch() ? present.end(call.number()) : null;
        if (present == null || held == null) {
            return null;
        }
        long partitionMillis = log.partitionMillis(wallMillis);
        Request owner = present.takeOwner(held);
        // The time of what was loaded counts from when it is here.
        Verdict verdict = owner.task() instanceof Task.Write
                ? outcome.verdict()
                : outcome.verdict().laterBy(partitionMillis - call.partitionMillis());
        if (owner.task().isRead()) {
            boolean shared = owner.task() == Task.Read.READ;
            concludeRead(owner, shared ? present.takeReads(held) : List.of(), verdict, partitionMillis);
        } else {
            operations.conclude(
                    owner,
                    verdict,
                    partitionMillis,
                    log.newest().find(call.key()).number());
            unwritten().settle(owner, verdict);
        }
        return held;
    }

    /** U2: keeps what was loaded, and tells it to all who wanted to read it. */
    private void concludeRead(Request owner, List<Request> others, Verdict loaded, long partitionMillis) {
        long number = loaded.effects().isEmpty()
                ? log.newest().find(owner.key()).number()
                : log.append(partitionMillis, loaded.effects());
        listeners.addRead(owner, loaded.answer(), number);
        others.forEach(each -> listeners.addRead(each, loaded.answer().asRead(), number));
    }

    /** Returns the next of those who wait for a key that was let go, to be carried out; null if it is held again or none waits. */
    @Nullable
    Request nextWaiting(HeldKey key) {
        return calls == null ? null : calls.takeWaiting(key);
    }

    // ---- the end

    /** Starts no more user code; whoever waits for a start is kept. */
    void leave() {
        leaving = true;
        kept.addAll(calls == null ? List.of() : calls.takeNotStarted());
    }

    /** Tells whether this {@linkplain #leave was left} and no user code is under way. */
    boolean hasLeft() {
        return leaving && (calls == null || !calls.areUnderWay());
    }

    /** Turns everybody away; what comes of user code that is under way counts no more (U3). */
    void end() {
        answers.turnAway();
        listeners.turnAway();
        turnAway(calls == null ? List.of() : calls.takeAll());
        operations.end();
    }

    private void turnAway(List<Request> requests) {
        requests.forEach(each -> answer(each, NotServing.NOT_SERVING));
    }
}
