package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.AlreadyAcknowledged;
import io.fyercache.sharded.message.Answer.NoLicence;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.Answer.OutcomeUnknown;
import io.fyercache.sharded.message.Answer.TooFewCopies;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.ControllerRequest.Relinquished;
import io.fyercache.sharded.message.ControllerRequest.Shrink;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.replication.NewestEntries.Newest;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The primary of a partition, for one epoch: orders the operations, has the copies keep them, and answers. Used by one thread.
 */
final class PrimaryReplica {
    private final ReplicaMember member;
    private final LoggedCopy data;

    private PartitionRecord record;
    private ReplicaState state = ReplicaState.TAKING_OVER;

    /** Those in sync, and those being filled once their stream has started. */
    private final Followers followers;

    /** Copies that are being made. Some of their receivers are pending: this has asked to count them as in sync, and does not know more. */
    private final TreeMap<Incarnation, CopyStream> streams = new TreeMap<>();

    private long lastStream;

    /** Who must acknowledge what is committed, and who must grant a lease: the maximal set, as of the last change of record or pending. */
    private List<Incarnation> acknowledgers;

    private List<Incarnation> grantors;

    private long askedNanos;

    /** J3: whether the epoch is to be given up as soon as that can be. */
    private boolean shallRelinquish;

    /** J3: whether it has said that it has given up its epoch. From then on it answers nothing. */
    private boolean hasGivenUp;

    private final PrimaryLog log;
    private final EntryLifetimes lifetimes;
    private final WaitingAnswers answers;
    private final PrimaryListeners listeners;
    private final LoggedOperations logged;
    private final KeptRequests kept;
    private final PrimaryOperations operations;

    /** Null if nothing was lost before. */
    private final @Nullable LossGate losses;

    /** Begins an epoch: sends the log to the others in sync. */
    PrimaryReplica(ReplicaMember member, PartitionRecord record, LoggedCopy data, long nowNanos) {
        this.member = member;
        this.record = record;
        this.data = data;
        this.followers = new Followers(member, epoch(), data.log(), nowNanos);
        this.log = new PrimaryLog(member, data, followers);
        this.lifetimes = new EntryLifetimes(log, new ExpirySweep(data.copy(), nowNanos));
        this.answers = new WaitingAnswers(member.host(), epoch());
        this.listeners = new PrimaryListeners(member, log, answers);
        this.logged = new LoggedOperations(member, log, answers, listeners);
        this.kept = new KeptRequests(member.host(), nowNanos);
        this.operations = new PrimaryOperations(member, log, lifetimes, answers, logged, listeners, kept);
        this.losses = LossGate.of(member, data.copy(), record.epoch());
        this.askedNanos = nowNanos;
        this.acknowledgers = maximalSet(Rule.COMMIT_NEEDS_PENDING);
        this.grantors = acknowledgers;
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
    private List<Incarnation> maximalSet(Rule pendingCount) {
        TreeSet<Incarnation> members = new TreeSet<>(others(record.inSync()));
        if (member.rules().keep(pendingCount)) {
            streams.forEach((joining, stream) -> {
                if (stream.isPending()) {
                    members.add(joining);
                }
            });
        }
        return List.copyOf(members);
    }

    private void maximalSetChanged() {
        acknowledgers = maximalSet(Rule.COMMIT_NEEDS_PENDING);
        List<Incarnation> members = maximalSet(Rule.LEASE_NEEDS_PENDING);
        grantors = members.equals(acknowledgers) ? acknowledgers : members;
        member.host().mayBeRead(null); // What was let was let by fewer.
    }

    private boolean isLicensed(long nowNanos) {
        return member.agreements().licence().isValid(nowNanos);
    }

    // ---- the record and the epoch

    /** Takes in a later record of the same epoch. */
    void recordChanged(PartitionRecord next, long nowNanos) {
        if (next.version() != record.version() + 1 && member.rules().keep(Rule.COPY_NAMES_RECORD)) {
            streams.clear(); // Whoever is joining may have been taken out in between, and dropped what it had.
        }
        record = next;
        streams.keySet().retainAll(next.joining());
        // Whatever was asked was asked for an earlier version: it has been done, or never will be.
        streams.values().forEach(stream -> stream.setPending(false));
        maximalSetChanged();
        retainFollowers();
        others(next.inSync()).forEach(other -> followers.addInSync(other, nowNanos));
        advance(nowNanos);
        if (hasGivenUp) {
            sayGivenUp(nowNanos);
        }
    }

    private void retainFollowers() {
        followers.retain(each -> record.inSync().contains(each) || streams.containsKey(each));
    }

    /** Ends the epoch: what is not committed is not answered here, and what comes of user code that is under way counts no more (U3). */
    void depose() {
        serveNoMore();
        operations.end();
        kept.turnAway();
    }

    /**
     * J3: lets nobody answer reads any more, and when nobody may (R6) starts no user code; when none is under way takes nothing new, and gives up
     * its epoch as soon as all that it holds is held by all. What was under way is answered until then.
     */
    void relinquish(long nowNanos) {
        shallRelinquish = true;
        relinquishIfIdle(nowNanos);
    }

    private void relinquishIfIdle(long nowNanos) {
        boolean read = followers.isSublet(nowNanos) && member.rules().keep(Rule.RELINQUISH_WAITS_FOR_SUBLEASE);
        if (state != ReplicaState.SERVING || !shallRelinquish || read) {
            return;
        }
        operations.leave();
        if (operations.hasLeft() && !member.host().writes().areUnderWay()) {
            lifetimes.sendTouches(data.copy().partitionMillis());
            serveNoMore();
            advance(nowNanos);
        }
    }

    private void giveUpIfLevel(long nowNanos) {
        if (state == ReplicaState.RELINQUISHED
                && !hasGivenUp
                && followers.acknowledgedBy(acknowledgers) == data.log().last()) {
            hasGivenUp = true;
            answers.turnAway();
            sayGivenUp(nowNanos);
        }
    }

    private void sayGivenUp(long nowNanos) {
        askedNanos = nowNanos;
        member.host().ask(new Relinquished(record.version()));
    }

    private void serveNoMore() {
        if (state == ReplicaState.SERVING) {
            served().end();
        }
        state = ReplicaState.RELINQUISHED;
        member.host().mayBeRead(null);
    }

    /** T5, J6: begins to serve, if it may, with those who wait for that. */
    void serveIfReady(long nowNanos, long wallMillis, boolean holdIsOver) {
        if (state != ReplicaState.TAKING_OVER || (!holdIsOver && member.rules().keep(Rule.NEW_PRIMARY_WAITS))) {
            return;
        }
        long last = data.log().last();
        if (followers.acknowledgedBy(others(record.inSync())) == last
                || !member.rules().keep(Rule.RECONCILE_BEFORE_SERVING)) {
            state = ReplicaState.SERVING;
            commit(last);
            served().begin();
            log.newest().servingSince(log.partitionMillis(wallMillis));
            kept.takeAll().forEach(request -> carryOut(request, nowNanos, wallMillis));
            advance(nowNanos);
        }
    }

    // ---- operations

    void onRequest(Request request, long nowNanos, long wallMillis) {
        carryOut(request, nowNanos, wallMillis);
        advance(nowNanos);
        if (request.task().isForAnyCopy()) {
            letOthersRead(nowNanos);
        }
    }

    /** E5. An entry that is not there any more is none to the order. */
    void onUsedElsewhere(EntryKey key) {
        if (state == ReplicaState.SERVING && data.copy().find(key) != null) {
            member.host().cache(key.cache()).used(key);
        }
    }

    /**
     * R7: lets other threads of the process read what is committed, as long as this primary may, and nothing is about to change. After a loss each
     * cache has its own say, which is not for other threads to ask for.
     */
    private void letOthersRead(long nowNanos) {
        if (losses == null && isLeased(nowNanos)) {
            member.host().mayBeRead(new ReadLeave(data.copy().shared(), null, leasedUntilNanos()));
        }
    }

    /** Returns until when {@link #isLeased} stays true if it is, and nothing changes. */
    private long leasedUntilNanos() {
        MemberLeases agreements = member.agreements();
        return agreements.leases().until(grantors, agreements.licence().untilNanos());
    }

    private void carryOut(Request request, long nowNanos, long wallMillis) {
        if (state != ReplicaState.SERVING) {
            kept.add(request);
            return;
        }
        Answer refusal = refusal(request, nowNanos);
        boolean lost = losses != null && losses.isLost(request.key().cache());
        if (refusal != null) {
            member.host().answer(request.id(), request.attempt(), refusal);
        } else if (request.task() instanceof Task.AcknowledgeLoss loss) {
            operations.acknowledgeLoss(
                    request, lost && loss.generation() == record.epoch().generation(), wallMillis);
        } else if (request.task() instanceof Task.Listen wish) {
            operations.listen(request, wish, wallMillis);
        } else if (lost) {
            operations.tellLoss(request, record.epoch().generation());
        } else {
            operations.carryOut(request, wallMillis);
        }
    }

    /** W1. */
    private @Nullable Answer refusal(Request request, long nowNanos) {
        if (!isLicensed(nowNanos)) {
            return NoLicence.NO_LICENCE;
        } else if (losses != null && losses.mustWait(request.key().cache(), record.epoch())) {
            return NotServing.NOT_SERVING;
        } else if (request.task().isRead()) {
            return null;
        } else if (record.inSync().size() < request.minInSync()) {
            return new TooFewCopies(record.inSync().size(), request.minInSync());
        } else if (request.firstGeneration() != record.epoch().generation()
                && member.rules().keep(Rule.GENERATION_BINDS_RETRY)) {
            return OutcomeUnknown.OUTCOME_UNKNOWN;
        } else if (data.copy().results().isAcknowledged(request.id())) {
            return AlreadyAcknowledged.ALREADY_ACKNOWLEDGED;
        }
        return null;
    }

    /** U3: takes what came of user code, and lets those go on who wait for its key. */
    void onUserCode(UserCodeOutcome outcome, long nowNanos, long wallMillis) {
        HeldKey key = operations.conclude(outcome, wallMillis);
        if (key == null) {
            return;
        }
        letGo(key, nowNanos, wallMillis);
        operations.startCalls(wallMillis);
        relinquishIfIdle(nowNanos);
        advance(nowNanos);
    }

    private void letGo(HeldKey key, long nowNanos, long wallMillis) {
        served().changed(key.key()); // It may have been chosen to go while it was held.
        for (Request next = operations.nextWaiting(key); next != null; next = operations.nextWaiting(key)) {
            carryOut(next, nowNanos, wallMillis);
        }
    }

    // ---- writing behind

    /** Q5: tells whether changes may be written: it serves, may read, and will for a while; and the log can take what comes of it. */
    boolean mayWrite(long nowNanos) {
        boolean leased = hasLeases(nowNanos) || !member.rules().keep(Rule.WRITE_NEEDS_LEASE);
        return state == ReplicaState.SERVING && isLicensed(nowNanos) && leased && !shallRelinquish && !log.isFull();
    }

    /** Q4: takes in that a change was written, or given up. */
    void onWriteEnded(
            EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left, long nowNanos, long wallMillis) {
        if (state == ReplicaState.SERVING) {
            operations.writeEnded(key, tried, left, wallMillis);
            advance(nowNanos);
        }
    }

    /**
     * E5: takes out an entry that the order of its cache has chosen. If it is about to change, or its key is held, the order hears of it again
     * when that is over.
     */
    void evict(EntryKey key, long nowNanos, long wallMillis) {
        Newest newest = log.newest().find(key);
        boolean isSettled = newest.entry() != null && newest.number() == 0 && !operations.isHeld(key);
        if (state == ReplicaState.SERVING && isSettled) {
            log.append(log.partitionMillis(wallMillis), List.of(new Effect.Remove(key, Notice.EVICTED)));
            advance(nowNanos);
        }
    }

    /** V3: sees to it that a process counts no longer as one that listens. */
    void forgetListener(long client, long nowNanos, long wallMillis) {
        if (state == ReplicaState.SERVING && isLicensed(nowNanos)) {
            listeners.forget(client, wallMillis);
            advance(nowNanos);
        }
    }

    /** V5: takes in what listeners threw. */
    void onListenerFailures(List<ListenerFailure> failures) {
        listeners.failed(failures);
    }

    /** V1, V5: more of the changes have arrived. */
    void onChangesArrived(long nowNanos) {
        advance(nowNanos);
    }

    // ---- commit

    /** T4: a copy learned of the epoch when the log had been sent to it. */
    void onMissed(Incarnation from, long nowNanos) {
        followers.missed(from, nowNanos);
    }

    void onAcknowledge(Incarnation from, Acknowledge acknowledge, long nowNanos) {
        if (followers.acknowledged(from, acknowledge, nowNanos)) {
            advance(nowNanos);
            followers.send();
        }
    }

    /** W4: commits what all have, answers what has become true, and takes the next step of each copy that is being made. */
    private void advance(long nowNanos) {
        long common = followers.committableBy(acknowledgers, nowNanos);
        boolean commits = state == ReplicaState.SERVING || state == ReplicaState.RELINQUISHED;
        if (commits && common > data.log().committed() && isLicensed(nowNanos)) {
            commit(common);
        }
        giveUpListeners(nowNanos);
        listeners.heard(data.log().told());
        giveAnswers(nowNanos);
        giveUpIfLevel(nowNanos);
        if (!streams.isEmpty()) {
            streams.forEach((joining, stream) -> countIfFilled(joining, stream, nowNanos));
            giveUpCopiesFarBehind();
        }
        forgetEntries();
    }

    /** B6. */
    private void giveUpListeners(long nowNanos) {
        long number = log.giveUpListeners(nowNanos);
        if (number > 0) {
            member.host().changesGivenUp(record.epoch().generation(), number);
        }
    }

    /**
     * B4: whoever is joining and holds up half of the log is to begin anew, with the data as it is then, and needs none of these entries. Who
     * is pending may be in sync by now, and is waited for.
     */
    private void giveUpCopiesFarBehind() {
        if (log.isFarBehind(data.log().forgotten())) {
            streams.entrySet()
                    .removeIf(each -> !each.getValue().isPending()
                            && log.isFarBehind(acknowledgedBy(each.getKey(), each.getValue())));
            retainFollowers();
        }
    }

    private long acknowledgedBy(Incarnation joining, CopyStream stream) {
        return stream.isStarted() ? followers.acknowledgedBy(List.of(joining)) : stream.base();
    }

    private void commit(long number) {
        CommitReport report = new CommitReport(
                member.host(),
                record.epoch().generation(),
                data,
                log.newest(),
                logged,
                state == ReplicaState.SERVING ? served() : null);
        data.commit(number, report);
    }

    private ServedEntries served() {
        return new ServedEntries(member.host(), data.copy());
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
        return state == ReplicaState.SERVING && isLicensed(nowNanos) && hasLeases(nowNanos);
    }

    private boolean hasLeases(long nowNanos) {
        return member.agreements().leases().covers(grantors, nowNanos);
    }

    /**
     * R6: lets a copy answer reads, if nothing is about to change: the record is as it should be, so that nobody is to be added or to take over,
     * and this primary may itself answer for as long. Tells whether it does.
     */
    boolean sublet(Incarnation to, long nowNanos) {
        if (state != ReplicaState.SERVING
                || !record.inSync().contains(to)
                || !record.isSettled()
                || shallRelinquish
                || !mayReadUntil(nowNanos + member.times().subleaseNanos())) {
            return false;
        }
        followers.sublet(to, nowNanos);
        return true;
    }

    private boolean mayReadUntil(long nanos) {
        return isLeased(nanos) || !member.rules().keep(Rule.SUBLEASE_WITHIN_LEASE);
    }

    /** R2, R3, R4. */
    private void giveAnswers(long nowNanos) {
        boolean answering = state == ReplicaState.SERVING || (state == ReplicaState.RELINQUISHED && !hasGivenUp);
        if (!answers.isEmpty() && answering && isLicensed(nowNanos)) {
            answers.give(data.log().committed(), grantors, hasLeases(nowNanos), nowNanos);
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
        stream.progressed(progress);
        if (!wasStarted && stream.isStarted()) {
            followers.addFilling(from, stream.number(), stream.base(), nowNanos);
        }
        sendIfDue(from, stream, nowNanos);
        advance(nowNanos);
    }

    /** J2, V2: whoever has all, and need not tell of any of it, is pending from now on; only then may the controller be asked. */
    private void countIfFilled(Incarnation joining, CopyStream stream, long nowNanos) {
        if (state == ReplicaState.SERVING
                && stream.isComplete()
                && !stream.isPending()
                && !(followers.isSublet(nowNanos) && member.rules().keep(Rule.EXPAND_WAITS_FOR_SUBLEASE))
                && data.log().told() >= stream.asOf()
                && followers.acknowledgedBy(List.of(joining)) >= data.log().committed()) {
            stream.setPending(true);
            maximalSetChanged();
            askedNanos = nowNanos;
            member.host().ask(new Expand(record.version(), joining));
        }
    }

    // ---- time

    /**
     * Tells whether nothing is under way: then time alone brings about no more than what is due every 100 ms, such as a look for expired entries.
     */
    boolean isAtRest() {
        ReplicaLog entries = data.log();
        return state == ReplicaState.SERVING
                && entries.last() == entries.forgotten()
                && entries.told() == entries.committed()
                && record.joining().isEmpty()
                && answers.isEmpty()
                && operations.isIdle()
                && !shallRelinquish;
    }

    void onTick(long nowNanos, long wallMillis) {
        kept.onTick(nowNanos);
        followers.remind(nowNanos);
        if (state == ReplicaState.SERVING && isLicensed(nowNanos)) {
            lifetimes.onTick(nowNanos, log.partitionMillis(wallMillis), operations::isHeld);
        }
        if (!isAtRest()) {
            goOn(nowNanos, wallMillis);
        }
    }

    /** Does what time brings about while something is under way. */
    private void goOn(long nowNanos, long wallMillis) {
        if (state == ReplicaState.SERVING && isLicensed(nowNanos)) {
            operations.startCalls(wallMillis);
            operations.turnAwayRoomless(nowNanos, wallMillis).forEach(key -> letGo(key, nowNanos, wallMillis));
        }
        relinquishIfIdle(nowNanos);
        sendCopies(nowNanos);
        answers.remind(grantors, nowNanos, member.times().resendNanos());
        if (nowNanos - askedNanos >= member.times().resendNanos()) {
            askedNanos = nowNanos;
            askAgain(nowNanos);
        }
        advance(nowNanos);
    }

    /** J1: opens the streams that are missing, and sends again what may be lost. */
    private void sendCopies(long nowNanos) {
        if (state == ReplicaState.SERVING) {
            for (Incarnation joining : record.joining()) {
                if (!streams.containsKey(joining)) {
                    streams.put(
                            joining,
                            new CopyStream(
                                    epoch(),
                                    ++lastStream,
                                    record.version(),
                                    data,
                                    member.limits().partBytes()));
                }
            }
        }
        streams.forEach((joining, stream) -> sendIfDue(joining, stream, nowNanos));
    }

    private void sendIfDue(Incarnation joining, CopyStream stream, long nowNanos) {
        if (stream.isDue(nowNanos, member.times().resendNanos())
                && member.pace().permits(nowNanos)) {
            member.host().send(joining, stream.next(nowNanos));
            member.pace().count(stream.sentBytes(), nowNanos);
        }
    }

    private void askAgain(long nowNanos) {
        // T6: whoever does not answer stalls everybody.
        TreeSet<Incarnation> silent = new TreeSet<>(followers.overdue(nowNanos));
        silent.addAll(answers.silent(grantors));
        silent.forEach(each -> member.host().ask(new Shrink(record.version(), each)));
        streams.forEach((joining, stream) -> {
            if (stream.isPending()) {
                member.host().ask(new Expand(record.version(), joining));
            }
        });
        if (hasGivenUp) {
            member.host().ask(new Relinquished(record.version()));
        }
    }

    @Override
    public String toString() {
        return state + ", " + data.log() + ", followers " + followers + ", streams " + streams;
    }
}
