package io.fyercache.sharded.replication;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.write.DeadLetter;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.core.write.WriteQueue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult.Backlog;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.message.UnwrittenChange.GivenUp;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one cache that a member is to write, of all partitions that it serves: which wait, and what is being written. A key has a
 * <i>place</i> from when its change is admitted until it is forgotten, or until the partition is served elsewhere; so places are what is bounded.
 * Used by one thread.
 */
final class CacheWrites {
    private final WriteBehindSettings settings;
    private final WriteQueue<EntryKey, UnwrittenChange> queue;

    /** Which keys have a place, and the partition of each. */
    private final Map<EntryKey, Integer> places = new LinkedHashMap<>();

    /** The same, by partition. */
    private final Map<Integer, Set<EntryKey>> ofPartitions = new LinkedHashMap<>();

    /** Batches that failed, by the partition of the first key of each that was not written. */
    private final Map<Integer, Long> failures = new LinkedHashMap<>();

    /** What was taken last, and is being written; empty if nothing is. */
    private List<DueWrite<EntryKey, UnwrittenChange>> underWay = List.of();

    /** Is told what came of a change. */
    interface Ends {
        /**
         * Takes in that a change was written, or given up.
         *
         * @param left what is to be kept instead of it; null if it was written
         */
        void ended(int partition, EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left);
    }

    CacheWrites(WriteBehindSettings settings) {
        this.settings = settings;
        this.queue = new WriteQueue<>(settings);
    }

    // ---- places

    boolean admit(int partition, EntryKey key) {
        if (places.size() >= settings.maximumQueued() && !places.containsKey(key)) {
            return false;
        }
        occupy(partition, key);
        return true;
    }

    private void occupy(int partition, EntryKey key) {
        places.put(key, partition);
        ofPartitions.computeIfAbsent(partition, first -> new LinkedHashSet<>()).add(key);
    }

    void release(EntryKey key) {
        if (queue.find(key) == null) {
            vacate(key);
        }
    }

    private void vacate(EntryKey key) {
        Integer partition = places.remove(key);
        if (partition != null) {
            ofPartitions.computeIfPresent(partition, (same, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
        }
    }

    /** Takes in what is committed. What has no place is of an earlier primary, and gets one though there be no room. */
    void committed(int partition, EntryKey key, @Nullable UnwrittenChange change, long ageMillis, long nowMillis) {
        UnwrittenChange known = queue.find(key);
        if (change == null) {
            queue.drop(key);
            vacate(key);
        } else if (!change.equals(known)) {
            occupy(partition, key);
            keep(key, change, known, nowMillis - ageMillis, nowMillis);
        }
    }

    private void keep(
            EntryKey key, UnwrittenChange change, @Nullable UnwrittenChange known, long sinceMillis, long nowMillis) {
        GivenUp givenUp = change.givenUp();
        if (givenUp != null) {
            queue.keepDead(new DeadLetter<>(key, change, givenUp.attempts(), givenUp.failure()), sinceMillis);
            return;
        }
        if (known != null && change.equals(known.replayed())) {
            boolean unused = queue.replay(key, nowMillis);
        }
        queue.keep(key, change, sinceMillis, nowMillis);
    }

    /** Takes in that a partition is served elsewhere. What comes of writes under way does not count any more. */
    void end(int partition) {
        failures.remove(partition);
        Set<EntryKey> keys = ofPartitions.remove(partition);
        if (keys != null) {
            places.keySet().removeAll(keys);
            keys.forEach(queue::drop);
        }
    }

    // ---- writing

    /** Takes out what is to be written now, if nothing is being written; empty if nothing is due that may be written. */
    List<DueWrite<EntryKey, UnwrittenChange>> take(IntPredicate mayWrite, long nowMillis) {
        if (!underWay.isEmpty()) {
            return List.of();
        }
        Map<Integer, Boolean> asked = new LinkedHashMap<>();
        underWay = queue.take(nowMillis, key -> asked.computeIfAbsent(partitionOf(key), mayWrite::test));
        return underWay;
    }

    private int partitionOf(EntryKey key) {
        return Objects.requireNonNull(places.get(key));
    }

    boolean areUnderWay(int partition) {
        return underWay.stream()
                .map(DueWrite::key)
                .anyMatch(key -> queue.isUnderWay(key) && partitionOf(key) == partition);
    }

    /**
     * Takes in what came of what was taken, as far as its partitions are still served here, and tells {@code ends}.
     *
     * @param chance returns a number drawn from 0..1
     * @return how many changes were given up
     */
    int conclude(BatchOutcome outcome, DoubleSupplier chance, long nowMillis, Ends ends) {
        int given = 0;
        boolean counted = outcome.isWhole();
        for (DueWrite<EntryKey, UnwrittenChange> each : underWay) {
            EntryKey key = each.key();
            if (!queue.isUnderWay(key)) {
                continue; // Another primary writes it, or this one anew.
            }
            int partition = partitionOf(key);
            String failure = outcome.failures().get(key.key());
            if (failure == null) {
                queue.written(key);
                ends.ended(partition, key, each.change(), null);
                continue;
            }
            if (!counted) {
                counted = true;
                failures.merge(partition, 1L, Long::sum);
            }
            if (queue.failed(key, failure, chance.getAsDouble(), nowMillis)) {
                given++;
                int attempts = settings.retries().attempts();
                ends.ended(partition, key, each.change(), each.change().givenUp(attempts, failure));
            }
        }
        underWay = List.of();
        return given;
    }

    // ---- figures

    void hurry() {
        queue.hurry();
    }

    /** Looks at all changes of the partition. */
    Backlog backlog(int partition, long nowMillis) {
        int waiting = 0;
        int dead = 0;
        long oldest = nowMillis;
        Set<EntryKey> keys = ofPartitions.get(partition);
        for (EntryKey key : keys == null ? List.<EntryKey>of() : keys) {
            UnwrittenChange change = queue.find(key);
            if (change != null && change.givenUp() != null) {
                dead++;
            } else if (change != null) {
                waiting++;
                oldest = Math.min(oldest, queue.sinceMillis(key));
            }
        }
        return new Backlog(waiting, nowMillis - oldest, dead, failures.getOrDefault(partition, 0L));
    }

    /** Returns how many changes there are; those that were given up do not count. */
    int depth() {
        return queue.depth();
    }

    /** Returns how many changes were given up, and wait for somebody to replay or discard them. */
    int deadLetters() {
        return queue.deadLetterCount();
    }
}
