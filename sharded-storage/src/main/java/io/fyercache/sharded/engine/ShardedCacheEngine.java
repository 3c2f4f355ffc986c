package io.fyercache.sharded.engine;

import io.fyercache.core.engine.AdjustedDesign;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.FirstFailure;
import io.fyercache.core.engine.NearFigures;
import io.fyercache.core.engine.NearSettings;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.QueuedChanges;
import io.fyercache.core.engine.UnwrittenChangesException;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EncodedForm;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.PortableProcess;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedProcess;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.Count;
import io.fyercache.sharded.message.OperationResult.Flag;
import io.fyercache.sharded.message.OperationResult.Keys;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.near.NearCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose entries are in the members of a cluster. Each operation becomes calls to the primaries of the partitions that it is about: one
 * for each key, all under way at once, or one for each partition. What an operation does is decided there; here its values change their form.
 * Of an operation on many keys each member loads together what it misses, and writes through together what it has (U7).
 *
 * <p>A call that ends without an answer is an exception of this package. Of several calls all are made, whatever becomes of the others, and
 * the first exception comes out. Thread-safe.
 */
public final class ShardedCacheEngine implements CacheEngine {
    /** Calls that one operation has under way at once: they take 4 MB besides keys and values, and leave room for other callers. */
    static final int MAX_AT_ONCE = Batch.MAX_PARTS;

    /** How long a cache that is closed tries to tell partitions that nobody listens any more: else they wait for its process for 6 s. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final int number;
    private final String name;
    private final EncodedForm form;
    private final CallTerms terms;
    private final RouterAccess access;
    private final CataloguedCache catalogued;
    private final CallEnds ends;
    private final CacheCounters counters = new CacheCounters();
    private final ChangeListeners listeners;

    /** Null if nothing is read near. */
    private final @Nullable NearCache near;

    /** Null if the cache does not write behind. */
    private final @Nullable WriteBehindSettings writeBehind;

    private final @Nullable ClusterQueuedChanges queued;

    /** That changes were left when the cache was destroyed; null if none were. Written by whoever destroys it. */
    private volatile @Nullable UnwrittenChangesException unwritten;

    /** What the partitions were told last. Changed with the monitor of this. */
    private ChangeInterest listening = ChangeInterest.NONE;

    /** Operations on many keys are counted, so that members can tell which calls belong together. */
    private final AtomicLong lastBatch = new AtomicLong();

    /**
     * Makes the engine of a cache. If somebody listens to it, all partitions are told.
     *
     * @param number the one that the cluster gave the cache
     * @param catalogued the cache, as the cluster's catalogue has it
     * @throws IllegalArgumentException if the design's form is not one of bytes
     * @throws javax.cache.CacheException if a partition could not be told in time
     */
    public ShardedCacheEngine(
            int number, CacheDesign design, CallTerms terms, RouterAccess access, CataloguedCache catalogued) {
        this.number = number;
        this.name = design.name();
        this.form = MemberForm.encoded(name, design.form());
        this.terms = terms;
        this.access = access;
        this.catalogued = catalogued;
        this.ends = new CallEnds(name, terms.patience(), form);
        this.listeners = design.listeners();
        this.writeBehind = design.writeBehind();
        this.queued = writeBehind == null ? null : new ClusterQueuedChanges(new Asking(), form, access::nanoTime);
        NearSettings kept = design.near();
        this.near = kept == null ? null : access.openNear(number, kept);
        listenersChanged();
    }

    // ---- calls

    private Submission call(Object key, Task task) {
        return call(new EncodedKey(form.encodeKey(key)), task);
    }

    private Submission call(EncodedKey key, Task task) {
        EntryKey entry = new EntryKey(number, key);
        return (router, now, owner) -> router.submit(
                entry,
                task,
                terms.minInSync(),
                now + terms.patience().toNanos(),
                now,
                pastNear(entry, task, now, owner));
    }

    /** N3. */
    private CallOwner pastNear(EntryKey key, Task task, long nowNanos, CallOwner owner) {
        return near == null ? owner : near.asking(key, task, nowNanos, owner);
    }

    /** With a name of its own: a boxed number would be taken for a key. */
    private Submission callPartition(int partition, Task task) {
        return callPartition(partition, task, terms.patience());
    }

    private Submission callPartition(int partition, Task task, Duration patience) {
        return (router, now, owner) -> router.submitToPartition(
                partition,
                number,
                task,
                terms.minInSync(),
                now + patience.toNanos(),
                now,
                pastNear(EntryKey.ofAll(number), task, now, owner));
    }

    /** Makes a call for each key, as parts of one operation, and returns what has become of each. */
    private List<CallOutcome> carryOutTogether(List<EncodedKey> keys, IntFunction<Task> tasks) {
        List<CallOutcome> outcomes = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += MAX_AT_ONCE) {
            List<EntryKey> entries = keys.subList(from, Math.min(from + MAX_AT_ONCE, keys.size())).stream()
                    .map(key -> new EntryKey(number, key))
                    .toList();
            KeyBatch batch = new KeyBatch(lastBatch.incrementAndGet(), entries);
            List<Submission> submissions = new ArrayList<>(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                submissions.add(call(entries.get(i), tasks.apply(from + i), batch));
            }
            outcomes.addAll(access.carryOut(submissions));
        }
        return outcomes;
    }

    private Submission call(EntryKey entry, Task task, KeyBatch batch) {
        return (router, now, owner) -> router.submit(
                entry,
                task,
                batch.partOf(router, entry),
                terms.minInSync(),
                now + terms.patience().toNanos(),
                now,
                pastNear(entry, task, now, owner));
    }

    private List<EncodedKey> encoded(Collection<?> keys) {
        return keys.stream().map(key -> new EncodedKey(form.encodeKey(key))).toList();
    }

    private List<CallOutcome> carryOut(List<Submission> submissions) {
        List<CallOutcome> outcomes = new ArrayList<>(submissions.size());
        for (int from = 0; from < submissions.size(); from += MAX_AT_ONCE) {
            int to = Math.min(from + MAX_AT_ONCE, submissions.size());
            outcomes.addAll(access.carryOut(submissions.subList(from, to)));
        }
        return outcomes;
    }

    private OperationResult carryOut(Submission submission) {
        return take(carryOut(List.of(submission)).get(0));
    }

    private void takeAll(List<CallOutcome> outcomes) {
        FirstFailure failures = new FirstFailure();
        outcomes.forEach(outcome -> failures.during(() -> take(outcome)));
        failures.rethrow();
    }

    /** Returns what a call says, and counts it. */
    private OperationResult take(CallOutcome outcome) {
        return take(ends.answer(outcome));
    }

    /** Returns what an answer says, and counts it (S1). */
    OperationResult take(Answered answer) {
        counters.count(answer.tally());
        return ends.result(answer);
    }

    private static @Nullable Object stored(OperationResult result) {
        EncodedValue value = result.value();
        if (value != null) {
            return value.bytes();
        }
        return result instanceof Flag flag ? flag.done() : null;
    }

    // ---- one key

    @Override
    public @Nullable Object get(Object key) {
        return read(key, Task.Read.READ);
    }

    @Override
    public boolean containsKey(Object key) {
        return Boolean.TRUE.equals(read(key, Task.Peek.PEEK));
    }

    private @Nullable Object read(Object key, Task task) {
        EncodedKey encoded = new EncodedKey(form.encodeKey(key));
        Done atHand = readHere(new EntryKey(number, encoded), task);
        return stored(atHand == null ? carryOut(call(encoded, task)) : take(atHand));
    }

    /** Answers a read in this process: by a copy, or by what is near; returns null if the cluster must be asked. */
    private @Nullable Done readHere(EntryKey key, Task task) {
        Done atHand = access.readAtHand(key, task);
        return atHand == null && near != null ? near.read(key, task) : atHand;
    }

    /** Returns what was read at hand, and counts it (S1). */
    private OperationResult take(Done atHand) {
        counters.count(atHand.tally());
        return atHand.result();
    }

    @Override
    public @Nullable Object execute(Object key, EntryOperation operation) {
        if (!(operation instanceof Invoke invoke)) {
            return stored(carryOut(call(key, write(operation))));
        }
        PortableProcess process = portable(invoke.process());
        EncodedProcess sent = new EncodedProcess(new EncodedValue(process.encode()));
        Object result = stored(carryOut(call(key, new Task.Write(new Invoke(sent), waiting()))));
        return result == null ? null : process.decodeResult((byte[]) result);
    }

    private static Task write(EntryOperation operation) {
        return new Task.Write(operation.mapValues(stored -> new EncodedValue((byte[]) stored)), waiting());
    }

    /** V5: who runs a listener must not wait for others. */
    private static Task.Listeners waiting() {
        return ListenerThread.isTelling() ? Task.Listeners.NOT_AWAITED : Task.Listeners.AWAITED;
    }

    private PortableProcess portable(EntryProcess process) {
        if (process instanceof PortableProcess portable) {
            return portable;
        }
        throw new IllegalArgumentException("cache '" + name + "': process: "
                + process.getClass().getName()
                + " (expected: a portable process, as it runs on the member that has the entry)");
    }

    // ---- many keys

    @Override
    public Map<Object, Object> getAll(Collection<?> keys) {
        List<Object> asked = new ArrayList<>();
        List<EncodedKey> encoded = new ArrayList<>();
        Map<Object, Object> found = new HashMap<>();
        for (Object key : keys) {
            EncodedKey each = new EncodedKey(form.encodeKey(key));
            Done atHand = readHere(new EntryKey(number, each), Task.Read.READ);
            if (atHand == null) {
                asked.add(key);
                encoded.add(each);
            } else {
                putIfThere(found, key, take(atHand));
            }
        }
        List<CallOutcome> outcomes = carryOutTogether(encoded, place -> Task.Read.READ);
        FirstFailure failures = new FirstFailure();
        for (int i = 0; i < asked.size(); i++) {
            Object key = asked.get(i);
            CallOutcome outcome = outcomes.get(i);
            failures.during(() -> putIfThere(found, key, take(outcome)));
        }
        failures.rethrow();
        return found;
    }

    private static void putIfThere(Map<Object, Object> found, Object key, OperationResult result) {
        Object value = stored(result);
        if (value != null) {
            found.put(key, value);
        }
    }

    @Override
    public void putAll(Map<?, Object> entries) {
        List<Task> puts = new ArrayList<>(entries.size());
        entries.values().forEach(value -> puts.add(write(new Put(value))));
        takeAll(carryOutTogether(encoded(entries.keySet()), puts::get));
    }

    @Override
    public void removeAll(Collection<?> keys) {
        changeAll(encoded(keys), Remove.INSTANCE);
    }

    @Override
    public void loadAll(Collection<?> keys, EntryOperation.Load.Existing existing) {
        Task load = new Task.Load(existing);
        takeAll(carryOutTogether(encoded(keys), place -> load));
    }

    // ---- all entries

    @Override
    public void removeAll() {
        walk(Task.ListKeys::new, keys -> changeAll(keys, Remove.INSTANCE));
    }

    @Override
    public void clear() {
        walk(Task.Clear::new, held -> changeAll(held, Invalidate.INSTANCE));
    }

    private IntStream partitions() {
        return access.layout().partitionsOf(number);
    }

    private void changeAll(List<EncodedKey> keys, EntryOperation operation) {
        Task change = write(operation);
        takeAll(carryOutTogether(keys, place -> change));
    }

    /** Walks over all partitions at once, page by page (P1), and acts on the keys of several pages together. */
    private void walk(Function<CachePosition, Task> step, Consumer<List<EncodedKey>> action) {
        List<EncodedKey> keys = new ArrayList<>();
        Map<Integer, CachePosition> open = new TreeMap<>();
        partitions().forEach(partition -> open.put(partition, CachePosition.START));
        while (!open.isEmpty()) {
            List<Integer> partitions = List.copyOf(open.keySet());
            List<Submission> steps = new ArrayList<>();
            open.forEach((partition, position) -> steps.add(callPartition(partition, step.apply(position))));
            List<CallOutcome> outcomes = carryOut(steps);
            for (int i = 0; i < partitions.size(); i++) {
                Keys page = (Keys) take(outcomes.get(i));
                if (page.next().isEnd()) {
                    open.remove(partitions.get(i));
                } else {
                    open.put(partitions.get(i), page.next());
                }
                keys.addAll(page.keys());
                if (keys.size() >= MAX_AT_ONCE) {
                    action.accept(keys);
                    keys.clear();
                }
            }
        }
        action.accept(keys);
    }

    @Override
    public Iterator<Map.Entry<Object, Object>> iterator() {
        return new EntryWalk(this, form, partitions().iterator());
    }

    /** Returns the page of keys that comes at a position. */
    Keys page(int partition, CachePosition position) {
        return (Keys) carryOut(callPartition(partition, new Task.ListKeys(position)));
    }

    /** Returns the answers to whoever meets these entries, not counted yet, in the same order. */
    List<Answered> meet(List<EncodedKey> keys) {
        List<Submission> reads = keys.stream()
                .map(key -> call(key, Task.ReadPresent.READ_PRESENT))
                .toList();
        return carryOut(reads).stream().map(ends::answer).toList();
    }

    /** Removes an entry that was met. */
    void remove(EncodedKey key) {
        carryOut(call(key, write(Remove.INSTANCE)));
    }

    @Override
    public long size() {
        List<Submission> counts = partitions()
                .mapToObj(partition -> callPartition(partition, Task.CountEntries.COUNT_ENTRIES))
                .toList();
        return carryOut(counts).stream()
                .mapToLong(outcome -> ((Count) take(outcome)).entries())
                .sum();
    }

    /** Returns the number of entries: what they weigh is known on the members alone. */
    @Override
    public long weight() {
        return size();
    }

    /**
     * First what waits is written, within the limit of the settings; then nobody stores anything any more, and what is there goes. What was not
     * written {@link #close} tells.
     */
    @Override
    public void destroy() {
        if (writeBehind != null && queued != null) {
            unwritten = new WriteBehindDrain(name, writeBehind, queued, access).drain();
        }
        catalogued.destroy();
        clear();
        if (writeBehind != null) {
            walk(Task.DropUnwritten::new, none -> {});
        }
    }

    @Override
    public @Nullable QueuedChanges queuedChanges() {
        return queued;
    }

    /** Asks for what waits to be written. */
    private final class Asking implements ClusterQueuedChanges.Partitions {
        @Override
        public int[] numbers() {
            return partitions().toArray();
        }

        @Override
        public List<OperationResult> ask(SortedMap<Integer, Task> tasks) {
            List<Submission> calls = new ArrayList<>(tasks.size());
            tasks.forEach((partition, task) -> calls.add(callPartition(partition, task)));
            return carryOut(calls).stream().map(ShardedCacheEngine.this::take).toList();
        }

        @Override
        public OperationResult ask(EncodedKey key, Task task) {
            return carryOut(call(key, task));
        }
    }

    @Override
    public void adjust(AdjustedDesign design) {
        catalogued.adjust(design.portable());
    }

    @Override
    public SortedMap<String, PortableDefinition.Setting> amendments() {
        return catalogued.amendments();
    }

    @Override
    public @Nullable NearFigures near() {
        return near == null ? null : near.figures();
    }

    @Override
    public CacheCounters counters() {
        return counters;
    }

    // ---- listeners

    /** V3. */
    @Override
    public synchronized void listenersChanged() {
        ChangeInterest wanted = listeners.interest();
        if (!wanted.equals(listening)) {
            listen();
            listening = wanted;
        }
    }

    private void listen() {
        Task.Listen wish = access.listen(number, new DecodedListeners(form, listeners));
        takeAll(carryOut(partitions()
                .mapToObj(partition -> callPartition(partition, wish))
                .toList()));
        access.listens(number, wish);
    }

    /**
     * Sees to it that no listener is told any more. The entries stay: they are the cluster's, and other processes use them. A partition that
     * cannot be told is told later, as long as the process lives, or forgets it. What waits to be written the members write, as long as the cache is
     * not destroyed.
     *
     * @throws UnwrittenChangesException if the cache was {@linkplain #destroy destroyed} before all was written
     */
    @Override
    public void close() {
        catalogued.leave();
        listenNoMore();
        if (near != null) {
            access.closeNear(near);
        }
        UnwrittenChangesException left = unwritten;
        if (left != null) {
            throw left;
        }
    }

    private synchronized void listenNoMore() {
        if (!listening.isNone()) {
            listening = ChangeInterest.NONE;
            Task.Listen nothing = access.listen(number, ChangeListeners.NONE);
            access.listens(number, nothing);
            access.carryOut(partitions()
                    .mapToObj(partition -> callPartition(partition, nothing, FAREWELL))
                    .toList());
        }
    }
}
