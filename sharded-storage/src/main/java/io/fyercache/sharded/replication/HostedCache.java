package io.fyercache.sharded.replication;

import io.fyercache.core.engine.Adjustment;
import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.EvictionObserver;
import io.fyercache.core.engine.UserCodeDecisions;
import io.fyercache.core.entry.AdjustableExpiry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.operation.OperationApplier;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.write.Change;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.UnwrittenChanges;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedProcess;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.Failed;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.reading.AsideReader;
import io.fyercache.sharded.reading.Holder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache as its members have it: what operations do to its entries, and in which of them user code has a say. Its keys are {@link EncodedKey
 * encoded}, its values in stored form are {@link EncodedValue}s, for the user code, too: whoever makes a hosted cache decodes them there. The
 * definition's listeners are not told by it: they are elsewhere.
 *
 * <p>As thread-safe as the user code. {@link #run} must not be called by the thread of a partition.
 */
public final class HostedCache {
    private final Expiry expiry;
    private volatile HostedBounds bounds;
    private final StoredForm form;
    private final OperationApplier applier;
    private final UserCodeDecisions decisions;
    private final ProcessForm processes;
    private final @Nullable LoadCoordinator loads;
    private final @Nullable LoadCoordinator readThrough;
    private final LossPolicy lossPolicy;
    private final CacheDefinition.Near near;

    /** Null if the cache writes each change first, or none. */
    private final @Nullable WritingBehind behind;

    private final Function<Throwable, Failed> failures;

    /** Count whatever this member serves, and what becomes of entries besides. */
    private final CacheCounters counters;

    /** Null if nothing is loaded. */
    private final @Nullable KnownMisses misses;

    /**
     * Makes a cache without bounds that is reset when all copies of a partition are lost.
     *
     * @param loads calls the loader; null if the cache has none
     * @throws IllegalArgumentException if the definition has bounds
     */
    public HostedCache(CacheDefinition definition, @Nullable LoadCoordinator loads) {
        this(definition, loads, null, LossPolicy.RESET);
    }

    /** Makes a cache of which callers are told in text what user code threw; otherwise as the next one. */
    public HostedCache(
            CacheDefinition definition,
            @Nullable LoadCoordinator loads,
            @Nullable EvictionOrder evictions,
            LossPolicy lossPolicy) {
        this(definition, loads, evictions, lossPolicy, Failed::of, CacheCounters.ofServer());
    }

    /**
     * Makes a cache.
     *
     * @param loads calls the loader; null if the cache has none
     * @param evictions says what goes if the cache has too much; null if it has no bounds. Its weigher is called by the threads of
     *     partitions, so it must be quick
     * @param lossPolicy one that the cluster's settings allow for
     * @param failures says what callers are told of what user code threw; throws nothing
     * @param counters count what is served of it
     * @throws IllegalArgumentException if there is the one of bounds and order without the other
     */
    public HostedCache(
            CacheDefinition definition,
            @Nullable LoadCoordinator loads,
            @Nullable EvictionOrder evictions,
            LossPolicy lossPolicy,
            Function<Throwable, Failed> failures,
            CacheCounters counters) {
        this.counters = counters;
        this.bounds = HostedBounds.of(definition, evictions);
        this.lossPolicy = lossPolicy;
        this.failures = failures;
        this.expiry = definition.adjustable().expiry();
        this.near = definition.near();
        this.form = definition.form();
        this.applier = new OperationApplier(expiry, form);
        this.behind = WritingBehind.of(definition);
        // What is written later no decision waits for.
        this.decisions =
                new UserCodeDecisions(behind == null ? definition : definition.writingTo(null), applier, loads);
        this.processes = definition.processes();
        this.loads = loads;
        this.misses = loads == null ? null : new KnownMisses(loads.settings().missTimeToLiveMillis());
        this.readThrough = definition.reading() == CacheDefinition.Reading.THROUGH ? loads : null;
    }

    /**
     * Goes by other settings from now on (E6). What is kept stays as it is; a smaller maximum is for {@link #approachMaximum} to come to. By one thread at a
     * time.
     */
    public void adjust(Adjustment next) {
        if (next.expiry() != null && expiry instanceof AdjustableExpiry adjustable) {
            adjustable.adjust(next.expiry());
        }
        if (loads != null) {
            loads.adjust(next.loading());
        }
        if (misses != null) {
            misses.adjust(next.loading().missTimeToLiveMillis());
        }
        if (bounds.order() != null && next.maximum() != Bounds.UNLIMITED) {
            bounds = bounds.withMaximum(next.maximum());
        }
    }

    /** E6: takes a step towards the maximum; tells whether it is reached. By one thread at a time. */
    public boolean approachMaximum() {
        return bounds.approachMaximum();
    }

    /** Returns what counts what this member serves of the cache (S2). */
    public CacheCounters counters() {
        return counters;
    }

    /** Returns what becomes of its entries when all copies of a partition are lost. */
    LossPolicy lossPolicy() {
        return lossPolicy;
    }

    /** Tells whether a value that a read does not find is to be loaded. */
    boolean readsThrough() {
        return readThrough != null;
    }

    /**
     * R6, R7: answers a read of an entry that is committed, or of one that is not there, in place of the thread that owns the primary.
     *
     * @return null if that thread must: the entry may have expired, it lives on by being read, or its value is to be loaded
     */
    public @Nullable Done readAside(
            Task task, EntryKey key, @Nullable StoredEntry entry, Holder holder, AsideReader reader) {
        if (expiry.changesOnAccess() || (entry != null && mayHaveExpired(entry, reader))) {
            return null;
        } else if (task == Task.Peek.PEEK) {
            return new Done(new OperationResult.Flag(entry != null), 0);
        } else if (task != Task.Read.READ || (entry == null && readsThrough())) {
            return null;
        }
        if (entry == null) {
            return PrimaryOperations.NOT_FOUND;
        }
        if (holder == Holder.PRIMARY) {
            used(key);
        } else if (bounds.order() != null) {
            reader.usedAtBackup(key);
        }
        return found(task, entry, entry.deadlineMillis() == Expiry.NEVER ? 0 : reader.latestMillis());
    }

    /**
     * Returns what is told to whoever reads an entry that is there; of a cache that is read near also how long it lives (N3).
     *
     * @param nowMillis the partition's time, at the latest; of no account if the entry never expires
     */
    Done found(Task task, StoredEntry entry, long nowMillis) {
        OperationResult result = isReadNear() && task == Task.Read.READ
                ? new OperationResult.NearValue(entry.value(), lifeMillis(entry, nowMillis))
                : new OperationResult.Value(entry.value());
        return new Done(result, CacheCounters.HIT);
    }

    private static long lifeMillis(StoredEntry entry, long nowMillis) {
        return entry.deadlineMillis() == Expiry.NEVER
                ? OperationResult.NearValue.ENDLESS
                : Math.max(0, entry.deadlineMillis() - nowMillis);
    }

    /** Tells whether processes keep entries near that they have read (N). */
    public boolean isReadNear() {
        return near == CacheDefinition.Near.KEPT;
    }

    private static boolean mayHaveExpired(StoredEntry entry, AsideReader reader) {
        return entry.deadlineMillis() != Expiry.NEVER && entry.isExpiredAt(reader.latestMillis());
    }

    /** Tells whether the expiry policy is the user's own and must be asked about a value that is read. */
    boolean asksAboutReads() {
        return expiry.changesOnAccess() && expiry.runsUserCode();
    }

    /** Returns the deadline of an entry that is read, without asking the user; {@link Expiry#UNCHANGED} for the one that it has. */
    long deadlineAfterRead(long partitionMillis) {
        return expiry.changesOnAccess() && !expiry.runsUserCode()
                ? expiry.afterAccess(partitionMillis)
                : Expiry.UNCHANGED;
    }

    /**
     * Returns until when an entry may live that stands in the log with a deadline, if an earlier primary may have put it off: the time for
     * which touches wait, and as much again for their way, is added where a read before the change could have brought more than that deadline.
     *
     * @param servingSinceMillis the partition's time at the change
     */
    long inheritedDeadline(long deadlineMillis, long servingSinceMillis) {
        long latest = deadlineAfterRead(servingSinceMillis);
        return latest == Expiry.UNCHANGED || latest <= deadlineMillis
                ? deadlineMillis
                : deadlineMillis + 2 * Touches.waitMillis(latest - servingSinceMillis);
    }

    /**
     * Tells whether user code has a say in the operation, so that only {@link #run} may decide it. It has one in a comparison of values, if their
     * bytes do not settle that.
     *
     * @param current the newest entry, null for none
     */
    boolean needsUserCode(EntryOperation operation, @Nullable StoredEntry current) {
        Object expected = expected(operation);
        return decisions.concern(operation)
                || (expected != null && current != null && form.asksUser(current.value(), expected));
    }

    private static @Nullable Object expected(EntryOperation operation) {
        if (operation instanceof ReplaceIfEqual replace) {
            return replace.expected();
        }
        return operation instanceof RemoveIfEqual remove ? remove.expected() : null;
    }

    /**
     * Decides an operation in which no user code has a say.
     *
     * @param state of the key as the operation finds it
     */
    Verdict decide(EntryKey key, EntryOperation operation, KeyState state) {
        forgetMiss(key);
        try {
            return verdict(key, state, applier.decide(operation, state.value(), state.partitionMillis()));
        } catch (RuntimeException e) {
            return Verdict.without(Failed.of(e), 0); // The user's weigher threw, for one.
        }
    }

    /** V1, Q1: what there is to tell, to listeners and later to the database, is decided with the effect. */
    Verdict verdict(EntryKey key, KeyState state, Decision decision) {
        EntryChange.Kind change = decision.change();
        Notice notice = change == null ? Notice.NONE : Notice.of(change);
        Verdict verdict = Verdict.of(key, state.entry(), decision, notice);
        if (bounds.isTooHeavy(key, decision)) {
            verdict = verdict.evicting(key);
        }
        Effect unwritten = behind == null ? null : WritingBehind.effect(key, decision, state);
        return unwritten == null ? verdict : verdict.with(unwritten);
    }

    // ---- writing behind

    /** Returns how changes wait until they are written; null if none does. */
    public @Nullable WriteBehindSettings writeBehind() {
        return behind == null ? null : behind.settings();
    }

    /** Returns how the cache {@link #writeBehind writes behind}. */
    WritingBehind behind() {
        return Objects.requireNonNull(behind);
    }

    /**
     * Has changes written that have waited, of a cache that {@link #writeBehind writes behind}. What the writer throws is part of the outcome, by
     * the encoded keys that it has not written. Not to be called by the thread of a partition.
     *
     * @param fence of the writer's calls, by encoded keys
     */
    public BatchOutcome write(List<DueWrite<EntryKey, UnwrittenChange>> batch, WriteFence fence) {
        return behind().write(batch, fence);
    }

    // ---- bounds

    /** Returns who says what goes if there is too much; null if the cache has no bounds. */
    @Nullable
    EvictionOrder evictions() {
        return bounds.order();
    }

    /** Notes that an entry was used. */
    void used(EntryKey key) {
        bounds.used(key);
    }

    /** Returns what an entry that was kept weighs. If the weigher throws only now, it counts as 1: nobody is there to be told. */
    public int weight(EntryKey key, EncodedValue value) {
        return bounds.weight(key, value);
    }

    /** Returns who is to be told of evictions, after the fact; null for nobody. That runs user code. */
    public @Nullable EvictionObserver evictionObserver() {
        return bounds.observer();
    }

    // ---- user code

    /**
     * Runs the user code of a call. What it throws is part of what comes out.
     *
     * @param fence of the writer's call, by encoded keys
     */
    public UserCodeOutcome run(UserCodeCall call, WriteFence fence) {
        return outcome(call, () -> verdict(call, fence));
    }

    /** Tells whether, in an operation on many keys, user code may run for several of them at once: the loader or the writer (U7). */
    public boolean runsTogether(Task task) {
        if (task instanceof Task.Write write) {
            return decisions.writesThrough() && !(write.operation() instanceof Invoke);
        }
        return task == Task.Read.READ ? readThrough != null : task instanceof Task.Load && loads != null;
    }

    /**
     * Runs the user code of several calls: the loader once for all keys whose values are missing, the writer once for all that are put, and once
     * for all that are removed. What one of them throws is part of what comes out for each key that it has not done, and for no other.
     *
     * @param calls of one operation on many keys, each of another key, whose tasks {@link #runsTogether}
     * @param fence of the writer's calls, by encoded keys
     * @return what came of each, in the same order
     */
    public List<UserCodeOutcome> runTogether(List<UserCodeCall> calls, WriteFence fence) {
        return new TogetherRun(this, calls, fence).run();
    }

    /** Returns what comes of a call by such a step. */
    UserCodeOutcome outcome(UserCodeCall call, Supplier<Verdict> step) {
        try {
            return new UserCodeOutcome(call, step.get());
        } catch (RuntimeException | Error e) {
            return failed(call, e);
        }
    }

    /** Returns that a call fails by what user code threw. */
    UserCodeOutcome failed(UserCodeCall call, Throwable thrown) {
        return new UserCodeOutcome(call, Verdict.without(failures.apply(thrown), tallyOfFailure(call)));
    }

    private Verdict verdict(UserCodeCall call, WriteFence fence) {
        if (call.task() instanceof Task.Write write) {
            return verdict(call.key(), call.state(), decide(call, write, fence));
        }
        return verdict(call, wantsLoad(call) ? loads().load(call.key().key(), unwritten(call)) : null);
    }

    /** U8: forgets all misses that are remembered, as all entries are dropped. */
    public void forgetMisses() {
        if (misses != null) {
            misses.forgetAll();
        }
    }

    /** U8: forgets that the loader knew no value for a key. */
    void forgetMiss(EntryKey key) {
        if (misses != null) {
            misses.forget(key);
        }
    }

    /** Q3: returns what the database does not know yet of the key of a call. */
    static UnwrittenChanges unwritten(UserCodeCall call) {
        UnwrittenChange known = call.state().unwritten();
        return known == null ? UnwrittenChanges.NONE : key -> new Change(known.value());
    }

    /** Returns what calls the loader, for a call that {@link #wantsLoad}. */
    LoadCoordinator loads() {
        return Objects.requireNonNull(loads);
    }

    /** Tells whether a call is one for which a value is to be loaded. */
    boolean wantsLoad(UserCodeCall call) {
        if (call.task() instanceof Task.Load load) {
            return loads != null && (call.current() == null || load.existing() != Load.Existing.KEEP);
        }
        return call.task() == Task.Read.READ
                && call.current() == null
                && readThrough != null
                && (misses == null || !misses.contains(call));
    }

    /** Decides about a call that is no write, now that the value is here which it {@link #wantsLoad wants}; null if the loader has none. */
    Verdict verdict(UserCodeCall call, @Nullable Object loaded) {
        if (call.task() instanceof Task.Load load) {
            return loaded == null
                    ? Verdict.without(OperationResult.None.NONE, 0)
                    : decide(call.key(), new Load(loaded, load.existing()), call.state())
                            .withoutResult(); // U5
        }
        StoredEntry current = call.current();
        if (current != null) {
            return access(call, current);
        } else if (call.task() != Task.Read.READ) {
            return Verdict.without(OperationResult.None.NONE, 0);
        }
        return loaded == null
                ? missed(call)
                : decide(call.key(), new Load(loaded, Load.Existing.KEEP), call.state())
                        .asMiss();
    }

    private Verdict missed(UserCodeCall call) {
        if (misses != null && !misses.contains(call)) {
            misses.remember(call);
        }
        return Verdict.without(OperationResult.None.NONE, CacheCounters.MISS);
    }

    /** Decides about a write, and leaves it to the caller to have it written through. */
    Decision decideUnwritten(UserCodeCall call, Task.Write write) {
        forgetMiss(call.key());
        return decisions.decideUnwritten(
                call.key().key(),
                runnable(call.key(), write.operation()),
                call.state().value(),
                call.partitionMillis(),
                unwritten(call));
    }

    /** Has written through what was decided about several keys; returns what the writer threw of those that it has not written. */
    Map<Object, Throwable> writeTogether(Map<Object, Decision> decided, WriteFence fence) {
        return decisions.writeTogether(decided, fence);
    }

    /** What fails counts as nothing, but a read has missed before it loads. */
    private static int tallyOfFailure(UserCodeCall call) {
        return call.task() == Task.Read.READ && call.current() == null ? CacheCounters.MISS : 0;
    }

    private Decision decide(UserCodeCall call, Task.Write write, WriteFence fence) {
        Decision decision = decideUnwritten(call, write);
        decisions.writeThrough(call.key().key(), decision, fence);
        return decision;
    }

    private EntryOperation runnable(EntryKey key, EntryOperation operation) {
        return operation instanceof Invoke invoke && invoke.process() instanceof EncodedProcess encoded
                ? new Invoke(processes.decode(key.key(), encoded.code().bytes()))
                : operation;
    }

    private Verdict access(UserCodeCall call, StoredEntry current) {
        long deadline = expiry.afterAccess(call.partitionMillis());
        return new Verdict(
                deadline == Expiry.UNCHANGED ? List.of() : List.of(new Effect.Prolong(call.key(), deadline)),
                new Done(new OperationResult.Value(current.value()), CacheCounters.HIT));
    }
}
