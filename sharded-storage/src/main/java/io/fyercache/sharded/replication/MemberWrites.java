package io.fyercache.sharded.replication;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult.Backlog;
import io.fyercache.sharded.message.Request.Task.Haste;
import io.fyercache.sharded.message.UnwrittenChange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a member is to write later, as the primary of its partitions: for each cache that writes behind the changes that wait, and the one batch that is
 * being written. What primaries say of their changes it takes in; what comes of a batch it tells them. Used by one thread.
 */
public final class MemberWrites {
    private final Host host;

    /** By number; a cache has an element from its first change on. */
    private final Map<Integer, CacheWrites> caches = new TreeMap<>();

    private long nowMillis;

    /** What it needs of the member. */
    public interface Host {
        /** Returns how changes of a cache wait; null if it is none any more, or they do not. */
        @Nullable
        WriteBehindSettings settings(int cache);

        /** Tells whether the changes of a partition may be written at this moment (Q5). */
        boolean mayWrite(int partition);

        /** Has changes written, each of another key, on a thread that nobody waits for, and then {@link #conclude} called. Not within the call. */
        void write(int cache, List<DueWrite<EntryKey, UnwrittenChange>> batch);

        /**
         * Tells the primary of a partition what came of a change (Q4).
         *
         * @param left what is to be kept instead of it; null if it was written
         */
        void ended(int partition, EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left);

        /** Returns a number drawn from 0..1. */
        double draw();
    }

    /** Has nothing to write yet. What is committed before the first tick counts from now on. */
    public MemberWrites(Host host, long nowNanos) {
        this.host = host;
        this.nowMillis = nowNanos / 1_000_000;
    }

    /** Returns the part of a partition. */
    public PartitionWrites of(int partition) {
        return new OfPartition(partition);
    }

    /** Has written what is due. To be called often: time counts as it was said last. */
    public void onTick(long nowNanos) {
        nowMillis = nowNanos / 1_000_000;
        if (!caches.isEmpty()) {
            caches.keySet().removeIf(cache -> host.settings(cache) == null);
            caches.forEach(this::writeDue);
        }
    }

    private void writeDue(int cache, CacheWrites writes) {
        if (host.settings(cache) == null) {
            return; // It is destroyed, and its writer may be closed.
        }
        List<DueWrite<EntryKey, UnwrittenChange>> batch = writes.take(host::mayWrite, nowMillis);
        if (!batch.isEmpty()) {
            host.write(cache, batch);
        }
    }

    /** Takes in what came of the batch of a cache, and has the next one written; returns how many changes were given up. */
    public int conclude(int cache, BatchOutcome outcome) {
        CacheWrites writes = caches.get(cache);
        if (writes == null) {
            return 0;
        }
        int given = writes.conclude(outcome, host::draw, nowMillis, host::ended);
        writeDue(cache, writes);
        return given;
    }

    /** Returns how many changes are to be written, of all caches. */
    public int depth() {
        return caches.values().stream().mapToInt(CacheWrites::depth).sum();
    }

    /** Returns how many changes were given up, of all caches. */
    public int deadLetters() {
        return caches.values().stream().mapToInt(CacheWrites::deadLetters).sum();
    }

    /** Has all that waits written as soon as possible. */
    public void hurry() {
        caches.values().forEach(CacheWrites::hurry);
    }

    /** Returns the changes of a cache, which are none yet if it is new; null if it does not write behind. */
    private @Nullable CacheWrites find(int cache) {
        CacheWrites known = caches.get(cache);
        if (known == null) {
            WriteBehindSettings settings = host.settings(cache);
            if (settings != null) {
                known = new CacheWrites(settings);
                caches.put(cache, known);
            }
        }
        return known;
    }

    /** The part of a partition. */
    private final class OfPartition implements PartitionWrites {
        private final int partition;

        OfPartition(int partition) {
            this.partition = partition;
        }

        @Override
        public boolean admit(EntryKey key) {
            CacheWrites writes = find(key.cache());
            return writes == null || writes.admit(partition, key);
        }

        @Override
        public void release(EntryKey key) {
            CacheWrites writes = caches.get(key.cache());
            if (writes != null) {
                writes.release(key);
            }
        }

        @Override
        public void committed(EntryKey key, @Nullable UnwrittenChange change, long partitionMillis) {
            CacheWrites writes = find(key.cache());
            if (writes != null) {
                long age = change == null ? 0 : Math.max(0, partitionMillis - change.sinceMillis());
                writes.committed(partition, key, change, age, nowMillis);
            }
        }

        @Override
        public void end() {
            caches.values().forEach(writes -> writes.end(partition));
        }

        @Override
        public boolean areUnderWay() {
            return caches.values().stream().anyMatch(writes -> writes.areUnderWay(partition));
        }

        @Override
        public Backlog backlog(int cache, Haste haste) {
            CacheWrites writes = caches.get(cache);
            if (writes == null) {
                return new Backlog(0, 0, 0, 0);
            }
            if (haste == Haste.AT_ONCE) {
                writes.hurry();
            }
            return writes.backlog(partition, nowMillis);
        }
    }
}
