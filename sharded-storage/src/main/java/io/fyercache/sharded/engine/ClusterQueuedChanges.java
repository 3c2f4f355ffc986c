package io.fyercache.sharded.engine;

import io.fyercache.core.engine.QueuedChanges;
import io.fyercache.core.operation.EncodedForm;
import io.fyercache.core.write.Change;
import io.fyercache.core.write.DeadLetter;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.Backlog;
import io.fyercache.sharded.message.OperationResult.DeadLetters;
import io.fyercache.sharded.message.OperationResult.Flag;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.Request.Task.Haste;
import io.fyercache.sharded.message.Request.Task.OfDeadLetter;
import io.fyercache.sharded.message.UnwrittenChange.GivenUp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a cache that the members of its cluster are to write, asked of the primaries of all partitions. Figures are those of a second ago
 * at most: who watches asks for one after the other. Thread-safe.
 */
final class ClusterQueuedChanges implements QueuedChanges {
    /** Nanoseconds, 1 s, for which figures count: to ask for them takes a call for each partition. */
    static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Partitions partitions;
    private final EncodedForm form;
    private final LongSupplier clock;

    /** Null until somebody has asked. Replaced as a whole. */
    private volatile @Nullable Figures figures;

    private record Figures(Backlog backlog, long sinceNanos) {}

    /** What asks the primaries. */
    interface Partitions {
        /** Returns the partitions that the cache has entries in. */
        int[] numbers();

        /** Returns what partitions answer, each its own task, in the order of their numbers. */
        List<OperationResult> ask(SortedMap<Integer, Task> tasks);

        /** Returns what the partition of a key answers. */
        OperationResult ask(EncodedKey key, Task task);
    }

    /** Asks by {@code partitions}, in nanoseconds of {@code clock}; {@code form} reads keys. */
    ClusterQueuedChanges(Partitions partitions, EncodedForm form, LongSupplier clock) {
        this.partitions = partitions;
        this.form = form;
        this.clock = clock;
    }

    // ---- figures

    @Override
    public int depth() {
        return recent().waiting();
    }

    @Override
    public long lagMillis() {
        return recent().oldestMillis();
    }

    @Override
    public int deadLetterCount() {
        return recent().givenUp();
    }

    @Override
    public long failures() {
        return recent().failures();
    }

    private Backlog recent() {
        Figures known = figures;
        return known != null && clock.getAsLong() - known.sinceNanos() < FRESH_NANOS
                ? known.backlog()
                : ask(Haste.AS_SET);
    }

    /** Returns how much waits in all partitions, as of now. */
    Backlog ask(Haste haste) {
        long sinceNanos = clock.getAsLong();
        Backlog sum = new Backlog(0, 0, 0, 0);
        for (OperationResult result : partitions.ask(ofAll(new Task.CountUnwritten(haste)))) {
            Backlog each = (Backlog) result;
            sum = new Backlog(
                    sum.waiting() + each.waiting(),
                    Math.max(sum.oldestMillis(), each.oldestMillis()),
                    sum.givenUp() + each.givenUp(),
                    sum.failures() + each.failures());
        }
        figures = new Figures(sum, sinceNanos);
        return sum;
    }

    private SortedMap<Integer, Task> ofAll(Task task) {
        SortedMap<Integer, Task> tasks = new TreeMap<>();
        for (int partition : partitions.numbers()) {
            tasks.put(partition, task);
        }
        return tasks;
    }

    // ---- dead letters

    /** Returns the dead letters, by partition and key: nobody knows which of two partitions' was first. */
    @Override
    public List<DeadLetter<Object, Change>> deadLetters() {
        SortedMap<Integer, List<DeadLetter<Object, Change>>> found = new TreeMap<>();
        SortedMap<Integer, Task> open = ofAll(new Task.ListDeadLetters(CachePosition.START));
        while (!open.isEmpty()) {
            Iterator<OperationResult> pages = partitions.ask(open).iterator();
            for (int partition : List.copyOf(open.keySet())) {
                DeadLetters page = (DeadLetters) pages.next();
                page.letters()
                        .forEach(each -> found.computeIfAbsent(partition, first -> new ArrayList<>())
                                .add(letter(each)));
                if (page.next().isEnd()) {
                    open.remove(partition);
                } else {
                    open.put(partition, new Task.ListDeadLetters(page.next()));
                }
            }
        }
        return found.values().stream().flatMap(List::stream).toList();
    }

    private DeadLetter<Object, Change> letter(DeadLetters.Letter letter) {
        GivenUp givenUp = Objects.requireNonNull(letter.change().givenUp());
        EncodedValue value = letter.change().value();
        return new DeadLetter<>(
                form.decodeKey(letter.key().bytes()),
                value == null ? Change.DELETE : new Change(value.bytes()),
                givenUp.attempts(),
                givenUp.failure());
    }

    @Override
    public boolean replay(Object key) {
        return carryOut(key, OfDeadLetter.REPLAY);
    }

    @Override
    public boolean discard(Object key) {
        return carryOut(key, OfDeadLetter.DISCARD);
    }

    private boolean carryOut(Object key, OfDeadLetter wish) {
        figures = null;
        return ((Flag) partitions.ask(new EncodedKey(form.encodeKey(key)), wish)).done();
    }
}
