package io.fyercache.core.write;

import io.fyercache.core.write.QueuedKey.State;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a cache that its database has not got yet: of each key the newest alone, since whoever writes that one need not write those
 * before. It says what is due, is told what came of it, and never drops a change by itself.
 *
 * <pre>
 *   offer ----&gt; WAITING
 *   WAITING     take -----&gt; UNDER WAY
 *   UNDER WAY   written --&gt; gone
 *               failed ---&gt; FAILED, or DEAD at the last attempt
 *               offer ----&gt; OVERTAKEN
 *   OVERTAKEN   written, failed --&gt; WAITING
 *   FAILED      take -----&gt; UNDER WAY
 *               offer ----&gt; WAITING
 *   DEAD        offer, replay --&gt; WAITING
 *               discard --&gt; gone
 *   any         drop -----&gt; gone
 * </pre>
 *
 * <p><b>Order.</b> One write of a key is under way at a time, and the next one is a newer change of it. A write that failed may have reached
 * the database all the same; it is followed by itself or by a newer one. So the database gets the changes of a key in their order, some of them
 * never, the last one at least once. Between keys there is no order.
 *
 * <p><b>When.</b> A change is due when its delay is over, which counts from the first change that it stands for, so that a key which changes
 * all the time is written all the same. If the queue is full, every change is due that has not failed: nobody should wait for room longer than
 * for the database.
 *
 * <p><b>Batches.</b> A change that failed is not written together with others that have not, and with fewer of its kind each time: half as many,
 * and at the last attempt by itself. So one that the database refuses does not take others with it, even if the writer does not say which of a
 * batch it was.
 *
 * <p>Times are milliseconds of one clock that does not run back. Used by one thread, or with a lock.
 *
 * @param <K> the type of keys
 * @param <C> the type of changes
 */
public final class WriteQueue<K, C> {
    /** The due time of nothing. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How often a batch can be halved at most, 31: the largest one has one change left by then. */
    private static final int MOST_HALVINGS = Integer.SIZE - 1;

    /** Changes that are looked at for a batch, 16,384: if that many must not be written at this moment, the next look is soon. */
    private static final int MOST_LOOKS = 16_384;

    private final WriteBehindSettings settings;
    private final Map<K, QueuedKey<K, C>> keys = new LinkedHashMap<>();
    private final SortedSet<QueuedKey<K, C>> waiting = new TreeSet<>(QueuedKey.BY_DUE_TIME);
    private final SortedSet<QueuedKey<K, C>> failed = new TreeSet<>(QueuedKey.BY_DUE_TIME);

    /** In the order in which they were given up. */
    private final Map<K, QueuedKey<K, C>> dead = new LinkedHashMap<>();

    private long arrivals;
    private boolean hurried;

    /** Makes an empty queue. */
    public WriteQueue(WriteBehindSettings settings) {
        this.settings = settings;
    }

    // ---- what is to be written

    /** Returns the newest change of a key that is not known to be written; null if there is none. */
    public @Nullable C find(K key) {
        QueuedKey<K, C> queued = keys.get(key);
        return queued == null ? null : queued.change;
    }

    /**
     * Takes in a change, in place of an earlier one of the key.
     *
     * @return false if the queue is full and has none of the key; then nothing has happened
     */
    public boolean offer(K key, C change, long nowMillis) {
        if (isFull() && !keys.containsKey(key)) {
            return false;
        }
        keep(key, change, nowMillis, nowMillis);
        return true;
    }

    /**
     * Takes in a change, in place of an earlier one of the key, be the queue full or not: whoever keeps it elsewhere has seen to the room, or has
     * it from somebody else.
     *
     * @param sinceMillis since when it waits; does not count if it takes the place of another one
     */
    public void keep(K key, C change, long sinceMillis, long nowMillis) {
        QueuedKey<K, C> queued = keys.get(key);
        if (queued == null) {
            await(added(key, change, sinceMillis), sinceMillis + settings.delayMillis());
        } else {
            queued.change = change;
            offeredAgain(queued, nowMillis);
        }
    }

    /** Takes in a change that was given up, as {@link #keep} does: it is a dead letter, whatever there was of the key. */
    public void keepDead(DeadLetter<K, C> letter, long sinceMillis) {
        drop(letter.key());
        QueuedKey<K, C> queued = added(letter.key(), letter.change(), sinceMillis);
        queued.failures = letter.attempts();
        queued.failure = letter.failure();
        bury(queued);
    }

    private QueuedKey<K, C> added(K key, C change, long sinceMillis) {
        QueuedKey<K, C> queued = new QueuedKey<>(key, ++arrivals, change, sinceMillis);
        keys.put(key, queued);
        return queued;
    }

    /** Forgets a key, whatever becomes of its change: somebody else sees to it. What comes of a write under way is not to be told any more. */
    public void drop(K key) {
        QueuedKey<K, C> queued = keys.remove(key);
        if (queued != null) {
            waiting.remove(queued);
            failed.remove(queued);
            dead.remove(key);
        }
    }

    private void offeredAgain(QueuedKey<K, C> queued, long nowMillis) {
        switch (queued.state) {
            case WAITING, OVERTAKEN -> {}
            case UNDER_WAY -> {
                queued.state = State.OVERTAKEN;
                queued.overtakenMillis = nowMillis;
            }
            case FAILED -> {
                failed.remove(queued);
                await(queued, queued.dueMillis); // Another value may fare better, but a database in trouble needs rest.
            }
            case DEAD -> {
                dead.remove(queued.key);
                await(queued, nowMillis + settings.delayMillis());
            }
        }
    }

    private void await(QueuedKey<K, C> queued, long dueMillis) {
        queued.state = State.WAITING;
        queued.failures = 0;
        queued.dueMillis = dueMillis;
        waiting.add(queued);
    }

    /** Tells whether a change of a key that has none here would be turned away. */
    public boolean isFull() {
        return keys.size() >= settings.maximumQueued();
    }

    /** Says that every change is to be written as soon as possible, and those that have failed without a further pause. */
    public void hurry() {
        hurried = true;
        List<QueuedKey<K, C>> pausing = new ArrayList<>(failed);
        failed.clear();
        pausing.forEach(each -> {
            each.dueMillis = each.sinceMillis;
            failed.add(each);
        });
    }

    // ---- writing

    /**
     * Takes out what is to be written together now, each with its newest change; empty if nothing is due. Whoever takes it says of each key
     * what came of it, by {@link #written} or {@link #failed}.
     */
    public List<DueWrite<K, C>> take(long nowMillis) {
        return take(nowMillis, key -> true);
    }

    /**
     * Takes out what is to be written together now, as {@link #take(long)} does, but leaves what must not be written at this moment.
     *
     * @param mayWrite tells whether the change of a key may be written
     */
    public List<DueWrite<K, C>> take(long nowMillis, Predicate<K> mayWrite) {
        boolean failedFirst = firstDueMillis(failed) <= firstDueMillis(waiting);
        List<DueWrite<K, C>> batch = take(failedFirst ? failed : waiting, nowMillis, mayWrite);
        return batch.isEmpty() ? take(failedFirst ? waiting : failed, nowMillis, mayWrite) : batch;
    }

    private List<DueWrite<K, C>> take(SortedSet<QueuedKey<K, C>> source, long nowMillis, Predicate<K> mayWrite) {
        List<DueWrite<K, C>> batch = new ArrayList<>();
        int limit = settings.batchSize();
        int looks = 0;
        Iterator<QueuedKey<K, C>> all = source.iterator();
        while (all.hasNext() && looks++ < MOST_LOOKS) {
            QueuedKey<K, C> next = all.next();
            if (dueMillis(next) > nowMillis) {
                break;
            }
            if (mayWrite.test(next.key)) {
                limit = Math.min(limit, largestBatchWith(next));
                if (batch.size() >= limit) {
                    break;
                }
                all.remove();
                next.state = State.UNDER_WAY;
                batch.add(next.asDue());
            }
        }
        return batch;
    }

    /** Tells whether a change of the key was taken, and what came of it is still to be told. */
    public boolean isUnderWay(K key) {
        QueuedKey<K, C> queued = keys.get(key);
        return queued != null && (queued.state == State.UNDER_WAY || queued.state == State.OVERTAKEN);
    }

    private int largestBatchWith(QueuedKey<K, C> queued) {
        boolean isLastAttempt = queued.failures + 1 >= settings.retries().attempts();
        return isLastAttempt ? 1 : Math.max(1, settings.batchSize() >> Math.min(queued.failures, MOST_HALVINGS));
    }

    private long firstDueMillis(SortedSet<QueuedKey<K, C>> source) {
        return source.isEmpty() ? NEVER : dueMillis(source.first());
    }

    private long dueMillis(QueuedKey<K, C> queued) {
        boolean atOnce = queued.state == State.WAITING && (hurried || isFull());
        return atOnce ? Math.min(queued.sinceMillis, queued.dueMillis) : queued.dueMillis;
    }

    /** Returns when something is due next, in the past if something is; {@link #NEVER} if nothing is waiting. */
    public long nextDueMillis() {
        return Math.min(firstDueMillis(waiting), firstDueMillis(failed));
    }

    /** Says that what was taken of a key is in the database. */
    public void written(K key) {
        QueuedKey<K, C> queued = underWay(key);
        if (queued.state == State.OVERTAKEN) {
            queued.sinceMillis = queued.overtakenMillis;
            await(queued, queued.sinceMillis + settings.delayMillis());
        } else {
            keys.remove(key);
        }
    }

    /**
     * Says that what was taken of a key could not be written, or nobody knows whether it was.
     *
     * @param failure says why, as text
     * @param drawn by chance, 0..1: how much shorter the pause before the next attempt is than it may be
     * @return whether the change has become a dead letter
     */
    public boolean failed(K key, String failure, double drawn, long nowMillis) {
        QueuedKey<K, C> queued = underWay(key);
        if (queued.state == State.OVERTAKEN) {
            await(queued, nowMillis + settings.retries().afterFailures(1, drawn));
            return false;
        }
        queued.failures++;
        queued.failure = failure;
        if (queued.failures >= settings.retries().attempts()) {
            bury(queued);
            return true;
        }
        queued.state = State.FAILED;
        queued.dueMillis = nowMillis + settings.retries().afterFailures(queued.failures, drawn);
        failed.add(queued);
        return false;
    }

    private void bury(QueuedKey<K, C> queued) {
        queued.state = State.DEAD;
        dead.put(queued.key, queued);
    }

    private QueuedKey<K, C> underWay(K key) {
        QueuedKey<K, C> queued = keys.get(key);
        if (queued == null || (queued.state != State.UNDER_WAY && queued.state != State.OVERTAKEN)) {
            throw new IllegalStateException("outcome of a write: of a key that is "
                    + (queued == null ? "not queued" : queued.state) + " (expected: one that is under way)");
        }
        return queued;
    }

    // ---- dead letters

    /** Returns the changes that were given up, those first that were first. */
    public List<DeadLetter<K, C>> deadLetters() {
        return dead.values().stream().map(QueuedKey::asDeadLetter).toList();
    }

    /** Has a dead letter written anew, as soon as possible and with all its attempts; tells whether the key had one. */
    public boolean replay(K key, long nowMillis) {
        QueuedKey<K, C> queued = dead.remove(key);
        if (queued != null) {
            await(queued, nowMillis);
        }
        return queued != null;
    }

    /** Drops a dead letter, so that what the database has counts; tells whether the key had one. */
    public boolean discard(K key) {
        return dead.remove(key) != null && keys.remove(key) != null;
    }

    // ---- figures

    /** Returns since when the database has been behind with a key; {@link #NEVER} if it is not. */
    public long sinceMillis(K key) {
        QueuedKey<K, C> queued = keys.get(key);
        return queued == null ? NEVER : queued.sinceMillis;
    }

    /** Returns how many keys have a change that is to be written; dead letters do not count. */
    public int depth() {
        return keys.size() - dead.size();
    }

    /** Returns how many dead letters there are. */
    public int deadLetterCount() {
        return dead.size();
    }

    /** Returns since when a change waits to be written, the oldest of them; {@link #NEVER} if there is none. Looks at all of them. */
    public long oldestMillis() {
        return keys.values().stream()
                .filter(each -> each.state != State.DEAD)
                .mapToLong(each -> each.sinceMillis)
                .min()
                .orElse(NEVER);
    }
}
