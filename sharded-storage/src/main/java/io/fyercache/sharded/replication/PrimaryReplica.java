package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.AlreadyAcknowledged;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NoLicence;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.Answer.OutcomeUnknown;
import io.fyercache.sharded.message.Answer.TooFewCopies;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.ControllerRequest.Relinquished;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.replication.NewestEntries.Newest;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The primary of a partition, for one epoch: orders the operations, has the copies keep them, and answers. Used by one thread.
 */
final class PrimaryReplica {
    private final ReplicaMember member;
    private final LoggedCopy data;
    private final ReplicaHost host;
    private final Rules rules;

    private PartitionRecord record;
    private ReplicaState state = ReplicaState.TAKING_OVER;

    /** Those in sync, and those being filled once their stream has started. */
    private final Followers followers;

    private final TreeMap<Incarnation, CopyStream> streams = new TreeMap<>();
    private long lastStream;

    /** Members that this has asked to be counted as in sync, and of whom it does not know whether they are. */
    private final TreeSet<Incarnation> pending = new TreeSet<>();

    /** Who must acknowledge what is committed, and who must grant a lease: the maximal set, as of the last change of record or pending. */
    private Set<Incarnation> acknowledgers;

    private Set<Incarnation> grantors;

    private long askedNanos;

    private final NewestEntries newest;
    private final Map<OperationId, LogEntry> inFlight = new LinkedHashMap<>();
    private final WaitingAnswers answers;
    private final UserCodeCalls calls;
    private final ExpirySweep sweep;

    /** Whether this gives up its epoch as soon as no user code is under way. */
    private boolean leaving;

    /** Begins an epoch: sends the log to the others in sync. */
    PrimaryReplica(ReplicaMember member, PartitionRecord record, LoggedCopy data, long nowNanos) {
        this.member = member;
        this.host = member.host();
        this.rules = member.rules();
        this.record = record;
        this.data = data;
        this.newest = new NewestEntries(data.copy(), member.host());
        this.followers = new Followers(member, epoch(), data.log());
        this.answers = new WaitingAnswers(host, epoch());
        this.calls = new UserCodeCalls(rules);
        this.sweep = new ExpirySweep(data.copy(), nowNanos);
        this.askedNanos = nowNanos;
        this.acknowledgers = maximalSet(Rule.COMMIT_NEEDS_PENDING);
        this.grantors = maximalSet(Rule.LEASE_NEEDS_PENDING);
        others(record.inSync()).forEach(other -> followers.addInSync(other, nowNanos));
    }

    ReplicaState state() {
        return state;
    }

    LoggedCopy data() {
        return data;
    }

    private long epoch() {
        return record.epoch().number();
    }

    private List<Incarnation> others(Collection<Incarnation> members) {
        return members.stream().filter(each -> !each.equals(member.self())).toList();
    }

    /** The maximal set, without this member: whoever might be in sync by now. */
    private Set<Incarnation> maximalSet(Rule pendingCount) {
        Set<Incarnation> members = new TreeSet<>(others(record.inSync()));
        if (rules.keep(pendingCount)) {
            members.addAll(pending);
        }
        return members;
    }

    private void maximalSetChanged() {
        acknowledgers = maximalSet(Rule.COMMIT_NEEDS_PENDING);
        grantors = maximalSet(Rule.LEASE_NEEDS_PENDING);
    }

    private boolean isLicensed(long nowNanos) {
        return member.agreements().licence().isValid(nowNanos);
    }

    // ---- the record and the epoch

    /** Takes in a later record of the same epoch. */
    void recordChanged(PartitionRecord next, long nowNanos) {
        record = next;
        pending.clear(); // Whatever was asked was asked for an earlier version: it has been done, or never will be.
        maximalSetChanged();
        streams.keySet().retainAll(next.joining());
        followers.retain(each -> next.inSync().contains(each) || streams.containsKey(each));
        others(next.inSync()).forEach(other -> followers.addInSync(other, nowNanos));
        advance(nowNanos);
    }

    /** Ends the epoch: what is not committed is not answered here, and what comes of user code that is under way counts no more (U3). */
    void depose() {
        state = ReplicaState.RELINQUISHED;
        answers.turnAway();
        turnAway(calls.takeAll());
        inFlight.keySet().forEach(operation -> host.answer(operation, ReplicaHost.ANY_ATTEMPT, NotServing.NOT_SERVING));
        inFlight.clear();
    }

    private void turnAway(List<Request> requests) {
        requests.forEach(each -> host.answer(each.id(), each.attempt(), NotServing.NOT_SERVING));
    }

    /** J3: starts no user code any more; serves no more when none is under way, and says so when all that it holds is held by all. */
    void relinquish(long nowNanos) {
        if (state == ReplicaState.SERVING) {
            leaving = true;
            turnAway(calls.takeNotStarted());
            relinquishIfIdle(nowNanos);
        }
    }

    private void relinquishIfIdle(long nowNanos) {
        if (leaving && !calls.areUnderWay()) {
            appendTouches(data.copy().partitionMillis());
            state = ReplicaState.RELINQUISHED;
            answers.turnAway();
            askedNanos = nowNanos - member.times().resendNanos();
        }
    }

    /** T5. */
    private void serveIfReady(long wallMillis, boolean holdIsOver) {
        if (state != ReplicaState.TAKING_OVER || (!holdIsOver && rules.keep(Rule.NEW_PRIMARY_WAITS))) {
            return;
        }
        long last = data.log().last();
        if (followers.acknowledgedBy(others(record.inSync())) == last || !rules.keep(Rule.RECONCILE_BEFORE_SERVING)) {
            state = ReplicaState.SERVING;
            data.commit(last).forEach(host::committed);
            newest.servingSince(partitionMillis(wallMillis));
        }
    }

    // ---- operations

    void onRequest(Request request, long nowNanos, long wallMillis) {
        carryOut(request, nowNanos, wallMillis);
        advance(nowNanos);
    }

    private void carryOut(Request request, long nowNanos, long wallMillis) {
        Answer refusal = refusal(request, nowNanos);
        if (refusal != null) {
            host.answer(request.id(), request.attempt(), refusal);
        } else if (request.task() instanceof Request.Task.Write write) {
            write(request, write.operation(), wallMillis);
        } else {
            read(request, wallMillis);
        }
    }

    /** W1. */
    private @Nullable Answer refusal(Request request, long nowNanos) {
        if (state != ReplicaState.SERVING) {
            return NotServing.NOT_SERVING;
        } else if (!isLicensed(nowNanos)) {
            return NoLicence.NO_LICENCE;
        } else if (request.task() == Request.Task.Read.READ) {
            return null;
        } else if (record.inSync().size() < request.minInSync()) {
            return new TooFewCopies(record.inSync().size(), request.minInSync());
        } else if (request.firstGeneration() != record.epoch().generation()
                && rules.keep(Rule.GENERATION_BINDS_RETRY)) {
            return OutcomeUnknown.OUTCOME_UNKNOWN;
        } else if (data.copy().results().isAcknowledged(request.id())) {
            return AlreadyAcknowledged.ALREADY_ACKNOWLEDGED;
        }
        return null;
    }

    /** R1. */
    private void read(Request request, long wallMillis) {
        EntryKey key = request.key();
        long partitionMillis = partitionMillis(wallMillis);
        // Whether a held key's entry has expired is for those to find out who decide upon it, and its deadline is
        // theirs.
        boolean held = calls.isHeld(key);
        HostedCache cache = host.cache(key.cache());
        Newest present = held ? newest.find(key) : live(key, partitionMillis);
        StoredEntry entry = present.entry();
        if (entry != null && !entry.isExpiredAt(partitionMillis) && (held || !cache.asksAboutReads())) {
            long number = held ? 0 : touch(key, entry, cache.deadlineAfterRead(partitionMillis), partitionMillis);
            answers.add(request, new OperationResult.Value(entry.value()), Math.max(number, present.number()));
        } else if (entry != null || cache.readsThrough()) {
            withUserCode(request, wallMillis);
        } else {
            answers.add(request, OperationResult.None.NONE, present.number());
        }
    }

    /** E3: counts a read as a use of an entry; returns the entry of the log that says so and must be committed first, 0 for none. */
    private long touch(EntryKey key, StoredEntry entry, long deadlineMillis, long partitionMillis) {
        if (deadlineMillis == Expiry.UNCHANGED || deadlineMillis == entry.deadlineMillis()) {
            return 0;
        }
        if (deadlineMillis < entry.deadlineMillis() || deadlineMillis == Expiry.NEVER) {
            // No successor could allow for what it does not know of.
            return append(
                            partitionMillis,
                            null,
                            List.of(new Effect.Prolong(key, deadlineMillis)),
                            OperationResult.None.NONE)
                    .number();
        }
        if (!newest.touches().add(key, deadlineMillis, partitionMillis)) {
            appendTouches(partitionMillis);
        }
        return 0;
    }

    private void appendTouches(long partitionMillis) {
        List<Effect> effects = newest.touches().take();
        if (!effects.isEmpty()) {
            append(partitionMillis, null, effects, OperationResult.None.NONE);
        }
    }

    /** W2, W3. */
    private void write(Request request, EntryOperation operation, long wallMillis) {
        OperationResult known = data.copy().results().find(request.id());
        if (known != null) {
            host.answer(request.id(), ReplicaHost.ANY_ATTEMPT, new Done(known));
            return;
        }
        LogEntry earlier = inFlight.get(request.id());
        if (earlier != null) {
            if (!rules.keep(Rule.RESULT_FOLLOWS_COMMIT)) {
                host.answer(request.id(), ReplicaHost.ANY_ATTEMPT, new Done(earlier.result()));
            }
            return; // Answered with the first attempt.
        }
        EntryKey key = request.key();
        HostedCache cache = host.cache(key.cache());
        if (calls.isHeld(key) || cache.needsUserCode(operation)) {
            withUserCode(request, wallMillis);
            return;
        }
        long partitionMillis = partitionMillis(wallMillis);
        Newest present = live(key, partitionMillis);
        conclude(request, cache.decide(key, operation, present.entry(), partitionMillis), partitionMillis, present);
    }

    private void conclude(Request request, Verdict verdict, long partitionMillis, Newest before) {
        if (verdict.effects().isEmpty() && request.attempt() == 1) {
            // It leaves no trace. A later attempt does, or an earlier one that comes after it could find something to
            // do.
            answers.add(request, verdict.result(), before.number());
        } else {
            Origin origin = new Origin(request.id(), request.acknowledgedBelow());
            inFlight.put(request.id(), append(partitionMillis, origin, verdict.effects(), verdict.result()));
        }
    }

    // ---- user code

    /** U1, U2: holds the key and has user code run, or lets the request wait for the key. */
    private void withUserCode(Request request, long wallMillis) {
        if (leaving && !calls.isHeld(request.key())) {
            host.answer(request.id(), request.attempt(), NotServing.NOT_SERVING);
        } else if (!calls.add(request)) {
            host.answer(request.id(), request.attempt(), Busy.BUSY);
        } else {
            startCalls(wallMillis);
        }
    }

    private void startCalls(long wallMillis) {
        for (HeldKey next = calls.nextToStart(); next != null; next = calls.nextToStart()) {
            long partitionMillis = partitionMillis(wallMillis);
            StoredEntry current = live(next.key(), partitionMillis).entry();
            host.runUserCode(calls.start(next, epoch(), current, partitionMillis));
        }
    }

    /** U3. */
    void onUserCode(UserCodeOutcome outcome, long nowNanos, long wallMillis) {
        UserCodeCall call = outcome.call();
        HeldKey held = call.epoch() == epoch() ? calls.end(call.number()) : null;
        if (held == null) {
            return;
        }
        long partitionMillis = partitionMillis(wallMillis);
        Request owner = calls.takeOwner(held);
        if (owner.task() == Request.Task.Read.READ) {
            // The time of what was loaded counts from when it is here.
            Verdict loaded = outcome.verdict().laterBy(partitionMillis - call.partitionMillis());
            concludeLoad(owner, calls.takeReads(held), loaded, partitionMillis);
        } else {
            conclude(owner, outcome.verdict(), partitionMillis, newest.find(call.key()));
        }
        for (Request next = calls.takeWaiting(held); next != null; next = calls.takeWaiting(held)) {
            carryOut(next, nowNanos, wallMillis);
        }
        startCalls(wallMillis);
        relinquishIfIdle(nowNanos);
        advance(nowNanos);
    }

    /** U2: keeps what was loaded, and tells it to all who wanted to read it. */
    private void concludeLoad(Request owner, List<Request> others, Verdict loaded, long partitionMillis) {
        long number = loaded.effects().isEmpty()
                ? newest.find(owner.key()).number()
                : append(partitionMillis, null, loaded.effects(), OperationResult.None.NONE)
                        .number();
        answers.add(owner, loaded.result(), number);
        others.forEach(each -> answers.add(each, loaded.result(), number));
    }

    // ---- time and the log

    /** Returns the partition's time: the wall clock's, unless that is behind what entries have said. */
    private long partitionMillis(long wallMillis) {
        return rules.keep(Rule.TIME_TRAVELS) ? Math.max(data.copy().partitionMillis(), wallMillis) : wallMillis;
    }

    /** Returns the newest state of a key. If its time is over, it goes now, by a decision that is replicated (E1). */
    private Newest live(EntryKey key, long partitionMillis) {
        Newest present = newest.find(key);
        StoredEntry entry = present.entry();
        if (entry == null || !entry.isExpiredAt(partitionMillis)) {
            return present;
        }
        append(partitionMillis, null, List.of(new Effect.Remove(key)), OperationResult.None.NONE);
        return rules.keep(Rule.GONE_FOLLOWS_COMMIT) ? newest.find(key) : new Newest(null, present.number());
    }

    /** W3: gives the entry its number and sends it to all who follow. */
    private LogEntry append(
            long partitionMillis, @Nullable Origin origin, List<Effect> effects, OperationResult result) {
        LogEntry entry = new LogEntry(data.log().last() + 1, epoch(), partitionMillis, origin, effects, result);
        data.log().append(entry);
        data.copy().advanceTo(partitionMillis);
        newest.prepared(entry);
        followers.send(entry);
        return entry;
    }

    // ---- commit

    void onAcknowledge(Incarnation from, Acknowledge acknowledge, long nowNanos) {
        if (followers.acknowledged(from, acknowledge, nowNanos)) {
            advance(nowNanos);
        }
    }

    /** W4: commits what all have, answers what has become true, and takes the next step of each copy that is being made. */
    private void advance(long nowNanos) {
        long common = followers.acknowledgedBy(acknowledgers);
        boolean commits = state == ReplicaState.SERVING || state == ReplicaState.RELINQUISHED;
        if (commits && common > data.log().committed() && isLicensed(nowNanos)) {
            data.commit(common).forEach(this::committed);
        }
        giveAnswers(nowNanos);
        streams.forEach((joining, stream) -> countIfFilled(joining, stream, nowNanos));
        forgetEntries();
    }

    private void committed(LogEntry entry) {
        newest.committed(entry);
        host.committed(entry);
        if (entry.origin() != null) {
            OperationId operation = entry.origin().operation();
            inFlight.remove(operation);
            host.answer(operation, ReplicaHost.ANY_ATTEMPT, new Done(entry.result()));
        }
    }

    private void forgetEntries() {
        long needed = followers.acknowledgedByAll();
        for (CopyStream stream : streams.values()) {
            needed = stream.isStarted() ? needed : Math.min(needed, stream.base());
        }
        data.log().forget(needed);
    }

    /** R3. */
    boolean isLeased(long nowNanos) {
        return state == ReplicaState.SERVING
                && isLicensed(nowNanos)
                && member.agreements().leases().covers(grantors, nowNanos);
    }

    /** R2, R3, R4. */
    private void giveAnswers(long nowNanos) {
        if (!answers.isEmpty() && state == ReplicaState.SERVING && isLicensed(nowNanos)) {
            answers.give(data.log().committed(), grantors, isLeased(nowNanos), nowNanos);
        }
    }

    void onConfirmed(Incarnation from, long round, long nowNanos) {
        answers.confirmed(from, round);
        giveAnswers(nowNanos);
    }

    // ---- copies that are being made

    void onCopyProgress(Incarnation from, CopyProgress progress, long nowNanos) {
        CopyStream stream = streams.get(from);
        if (stream == null) {
            return;
        }
        boolean wasStarted = stream.isStarted();
        if (stream.progressed(progress.stream(), progress.buckets())) {
            host.send(from, stream.next(nowNanos));
        }
        if (!wasStarted && stream.isStarted()) {
            followers.addFilling(from, stream.number(), stream.base(), nowNanos);
        }
        advance(nowNanos);
    }

    /** J2: whoever has all is pending from now on; only then may the controller be asked. */
    private void countIfFilled(Incarnation joining, CopyStream stream, long nowNanos) {
        if (state == ReplicaState.SERVING
                && stream.isComplete()
                && followers.acknowledgedBy(List.of(joining)) >= data.log().committed()
                && pending.add(joining)) {
            maximalSetChanged();
            askedNanos = nowNanos;
            host.ask(new Expand(record.version(), joining));
        }
    }

    // ---- time

    void onTick(long nowNanos, long wallMillis, boolean holdIsOver) {
        serveIfReady(wallMillis, holdIsOver);
        sendTouches(nowNanos, wallMillis);
        takeOutExpired(nowNanos, wallMillis);
        sendCopies(nowNanos);
        followers.remind(nowNanos);
        answers.remind(grantors, nowNanos, member.times().resendNanos());
        if (nowNanos - askedNanos >= member.times().resendNanos()) {
            askedNanos = nowNanos;
            askAgain();
        }
        advance(nowNanos);
    }

    /** E3. */
    private void sendTouches(long nowNanos, long wallMillis) {
        long partitionMillis = partitionMillis(wallMillis);
        if (state == ReplicaState.SERVING
                && isLicensed(nowNanos)
                && newest.touches().areDue(partitionMillis)) {
            appendTouches(partitionMillis);
        }
    }

    /** E1: takes out some of what has expired. What is held is left to those who decide upon it. */
    private void takeOutExpired(long nowNanos, long wallMillis) {
        if (state != ReplicaState.SERVING || !isLicensed(nowNanos)) {
            return;
        }
        long partitionMillis = partitionMillis(wallMillis);
        List<Effect> removals = new ArrayList<>();
        for (EntryKey key : sweep.next(nowNanos, partitionMillis)) {
            StoredEntry entry = newest.find(key).entry();
            if (entry != null && entry.isExpiredAt(partitionMillis) && !calls.isHeld(key)) {
                removals.add(new Effect.Remove(key));
            }
        }
        if (!removals.isEmpty()) {
            append(partitionMillis, null, removals, OperationResult.None.NONE);
        }
    }

    /** J1: opens the streams that are missing, and sends again what may be lost. */
    private void sendCopies(long nowNanos) {
        if (state == ReplicaState.SERVING) {
            for (Incarnation joining : record.joining()) {
                if (!streams.containsKey(joining)) {
                    CopyStream stream = new CopyStream(epoch(), ++lastStream, data, nowNanos);
                    streams.put(joining, stream);
                    host.send(joining, stream.next(nowNanos));
                }
            }
        }
        streams.forEach((joining, stream) -> {
            if (stream.isOverdue(nowNanos, member.times().resendNanos())) {
                host.send(joining, stream.next(nowNanos));
            }
        });
    }

    private void askAgain() {
        pending.forEach(joining -> host.ask(new Expand(record.version(), joining)));
        if (state == ReplicaState.RELINQUISHED
                && followers.acknowledgedBy(acknowledgers) == data.log().last()) {
            host.ask(new Relinquished(record.version()));
        }
    }
}
