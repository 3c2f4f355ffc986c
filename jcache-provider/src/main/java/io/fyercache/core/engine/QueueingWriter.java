package io.fyercache.core.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.time.Clock;
import io.fyercache.core.write.Change;
import io.fyercache.core.write.DeadLetter;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.UnwrittenChanges;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.core.write.WriteQueue;
import io.fyercache.core.write.WriteQueueFullException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a cache in this JVM that writes behind: what it is told it queues, and a thread of its own tells the user's writer, a batch after
 * the other. The queue is in memory: it ends with the JVM, or is written when the cache is closed.
 *
 * <p>Operations queue a change with its key held, before it becomes visible, exactly where a cache that writes through would write it. So changes
 * of a key are queued in their order, and what cannot be queued has not happened.
 *
 * <p>Thread-safe: one monitor, never owned while the user's writer runs. Who waits for room holds the key of the change, so nobody waits longer
 * than the settings say, and the thread that makes room not at all.
 */
final class QueueingWriter implements EntryWriter, UnwrittenChanges, QueuedChanges {
    private static final Logger LOGGER = System.getLogger(QueueingWriter.class.getName());

    /** How long the thread stays when nothing is queued, in milliseconds, 10 s: a cache that is used does not start one for each change. */
    private static final long IDLE_MILLIS = 10_000;

    private final String cacheName;
    private final BatchWriter writer;
    private final StoredForm form;
    private final WriteBehindSettings settings;
    private final CacheCounters counters;
    private final Clock clock;
    private final DoubleSupplier chance;
    private final ThreadFactory threads;

    /** Used by the thread alone. */
    private final WriterLog log;

    @GuardedBy("this")
    private final WriteQueue<Object, Change> queue;

    /** Null while there is nothing to do. */
    @GuardedBy("this")
    private @Nullable Thread thread;

    /** When the thread looks again by itself. */
    @GuardedBy("this")
    private long looksAtMillis;

    @GuardedBy("this")
    private Stage stage = Stage.OPEN;

    /** What the writer threw last, as text. */
    @GuardedBy("this")
    private String lastFailure = "none";

    private enum Stage {
        OPEN,
        /** All is written as soon as possible, and then it is over. */
        DRAINING,
        /** Nothing is written any more. */
        CLOSED
    }

    /**
     * Makes the queue in front of a writer.
     *
     * @param definition of a cache that has a writer, and settings to write behind
     * @param chance returns a number drawn from 0..1
     */
    QueueingWriter(
            CacheDefinition definition,
            CacheCounters counters,
            Clock clock,
            DoubleSupplier chance,
            ThreadFactory threads) {
        this.cacheName = definition.name();
        this.writer = new BatchWriter(Objects.requireNonNull(definition.writer()));
        this.form = definition.form();
        this.settings = Objects.requireNonNull(definition.writeBehind());
        this.counters = counters;
        this.clock = clock;
        this.chance = chance;
        this.threads = threads;
        this.log = new WriterLog(cacheName);
        this.queue = new WriteQueue<>(settings);
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
    }

    // ---- queueing

    @Override
    public void write(Object key, Object value) {
        enqueue(form.keep(key), new Change(value));
    }

    @Override
    public void delete(Object key) {
        enqueue(form.keep(key), Change.DELETE);
    }

    @Override
    public void writeAll(Map<Object, Object> entries) {
        for (Iterator<Map.Entry<Object, Object>> all = entries.entrySet().iterator(); all.hasNext(); all.remove()) {
            Map.Entry<Object, Object> next = all.next();
            write(next.getKey(), next.getValue());
        }
    }

    @Override
    public void deleteAll(Set<Object> keys) {
        for (Iterator<Object> all = keys.iterator(); all.hasNext(); all.remove()) {
            delete(all.next());
        }
    }

    private synchronized void enqueue(Object kept, Change change) {
        long startNanos = clock.nanoTime();
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(settings.queueWaitMillis());
        requireOpen();
        while (!queue.offer(kept, change, nowMillis())) {
            long leftNanos = limitNanos - (clock.nanoTime() - startNanos);
            if (leftNanos <= 0 || Thread.currentThread() == thread) {
                throw full();
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WriteQueueFullException("cache '" + cacheName
                        + "': interrupted while a change waited for room among those to be written");
            }
            requireOpen();
        }
        look();
    }

    @GuardedBy("this")
    private void requireOpen() {
        if (stage == Stage.CLOSED) {
            throw new IllegalStateException(
                    "cache '" + cacheName + "': changed after it was closed (expected: only before)");
        }
    }

    @GuardedBy("this")
    private WriteQueueFullException full() {
        return new WriteQueueFullException("cache '" + cacheName + "': " + settings.maximumQueued()
                + " keys have changes that are not written, " + queue.deadLetterCount()
                + " of them dead letters, and none was written within " + settings.queueWaitMillis()
                + " ms (expected: room for one more); the database is slower than the changes, or fails (last failure: "
                + lastFailure + ")");
    }

    /** Sees to it that the thread looks at the queue when something of it is due. */
    @GuardedBy("this")
    private void look() {
        if (thread == null) {
            looksAtMillis = queue.nextDueMillis();
            Thread fresh = threads.newThread(this::run);
            fresh.start(); // If it cannot be, the next change tries again.
            thread = fresh;
        } else if (queue.nextDueMillis() < looksAtMillis) {
            notifyAll();
        }
    }

    @Override
    public synchronized @Nullable Change find(Object key) {
        return queue.find(key);
    }

    // ---- writing

    private void run() {
        try {
            for (List<DueWrite<Object, Change>> batch = next(); !batch.isEmpty(); batch = next()) {
                long startNanos = clock.nanoTime();
                BatchOutcome outcome = writer.write(batch);
                int given = conclude(batch, outcome, clock.nanoTime() - startNanos);
                log.tell(outcome, given);
            }
        } finally {
            ended();
        }
    }

    /** Lets another thread come in place of this one, should it have died by an error that is not the writer's. */
    private synchronized void ended() {
        if (thread == Thread.currentThread()) {
            thread = null;
            notifyAll();
        }
    }

    /** Waits for the next batch; it is empty if the thread is to end. */
    private synchronized List<DueWrite<Object, Change>> next() {
        boolean wasEmpty = false;
        while (stage == Stage.OPEN || (stage == Stage.DRAINING && queue.depth() > 0)) {
            long now = nowMillis();
            List<DueWrite<Object, Change>> batch = queue.take(now);
            if (!batch.isEmpty()) {
                return batch;
            }
            boolean isEmpty = queue.nextDueMillis() == WriteQueue.NEVER;
            if (isEmpty && wasEmpty) {
                break;
            }
            wasEmpty = isEmpty;
            looksAtMillis = isEmpty ? now + IDLE_MILLIS : queue.nextDueMillis();
            try {
                wait(looksAtMillis - now);
            } catch (InterruptedException e) {
                // Only user code that ran here can have meant it, for itself; or the cache is closed, which is seen.
                LOGGER.log(Level.DEBUG, "cache {0}: the thread that writes was interrupted", cacheName);
            }
        }
        thread = null;
        notifyAll();
        return List.of();
    }

    /** Takes in what came of a batch, and returns how many of its changes have become dead letters. */
    private synchronized int conclude(List<DueWrite<Object, Change>> batch, BatchOutcome outcome, long nanos) {
        counters.write(batch.size() - outcome.failures().size(), nanos, outcome.isWhole());
        long now = nowMillis();
        int given = 0;
        for (DueWrite<Object, Change> each : batch) {
            String failure = outcome.failures().get(each.key());
            if (failure == null) {
                queue.written(each.key());
            } else {
                lastFailure = failure;
                given += queue.failed(each.key(), failure, chance.getAsDouble(), now) ? 1 : 0;
            }
        }
        counters.giveUpWrites(given);
        notifyAll();
        return given;
    }

    // ---- what operators see

    @Override
    public synchronized int depth() {
        return queue.depth();
    }

    @Override
    public synchronized long lagMillis() {
        long oldest = queue.oldestMillis();
        return oldest == WriteQueue.NEVER ? 0 : nowMillis() - oldest;
    }

    @Override
    public synchronized int deadLetterCount() {
        return queue.deadLetterCount();
    }

    @Override
    public long failures() {
        return counters.writeFailures();
    }

    @Override
    public synchronized List<DeadLetter<Object, Change>> deadLetters() {
        return queue.deadLetters();
    }

    @Override
    public synchronized boolean replay(Object key) {
        boolean replayed = queue.replay(key, nowMillis());
        if (replayed) {
            look();
        }
        return replayed;
    }

    @Override
    public synchronized boolean discard(Object key) {
        boolean discarded = queue.discard(key);
        if (discarded) {
            notifyAll(); // There is room.
        }
        return discarded;
    }

    // ---- the end

    /**
     * Writes what is queued, for as long as the settings allow, and nothing afterwards. A call that is under way then is interrupted.
     *
     * @throws UnwrittenChangesException if something is left, dead letters included
     */
    synchronized void close() {
        if (stage == Stage.CLOSED) {
            return;
        }
        stage = Stage.DRAINING;
        queue.hurry();
        if (queue.depth() > 0) {
            look();
        }
        notifyAll();
        awaitDrained();
        stage = Stage.CLOSED;
        notifyAll();
        if (thread != null && thread != Thread.currentThread() && queue.depth() > 0) {
            thread.interrupt();
        }
        if (queue.depth() > 0 || queue.deadLetterCount() > 0) {
            throw new UnwrittenChangesException(
                    cacheName, queue.depth(), queue.deadLetterCount(), settings.drainLimitMillis(), lastFailure);
        }
    }

    @GuardedBy("this")
    private void awaitDrained() {
        long startNanos = clock.nanoTime();
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(settings.drainLimitMillis());
        long leftNanos = limitNanos;
        // Whoever closes the cache from within its writer would wait for himself.
        while (queue.depth() > 0 && leftNanos > 0 && Thread.currentThread() != thread) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Whoever interrupts a closing thread wants it to hurry.
                return;
            }
            leftNanos = limitNanos - (clock.nanoTime() - startNanos);
        }
    }
}
