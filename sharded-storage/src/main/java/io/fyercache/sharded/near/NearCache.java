package io.fyercache.sharded.near;

import io.fyercache.core.engine.NearFigures;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.NearValue;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.reading.NearEntries;
import io.fyercache.sharded.reading.NearEntry;
import io.fyercache.sharded.reading.NearEra;
import io.fyercache.sharded.reading.NearReads;
import io.fyercache.sharded.replication.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process keeps near of one cache. What it asks the cluster about an entry passes here, and what comes of it before the caller hears of that (N3):
 * so nothing is found near that is older than what the process has written, or has found.
 *
 * <p>Used by the process's thread, but for {@link #read} and {@link #figures}.
 */
public final class NearCache {
    private final int number;
    private final NearEntries entries;
    private final NearReads reads;
    private final long stalenessNanos;
    private final NearCaches all;

    /** Of each key that is being read the reads that have begun since it was last known to change. */
    private final Map<EncodedKey, Overlap> underWay = new LinkedHashMap<>();

    /**
     * Reads of one key of which each has begun before the others had ended. What they find is kept as long as all find the same: of two values nobody knows
     * which is the later one.
     */
    private static final class Overlap {
        private final NearEra era;
        private int open;
        private @Nullable EncodedValue found;
        private boolean overtaken;

        Overlap(NearEra era) {
            this.era = era;
        }

        void finds(@Nullable EncodedValue value) {
            overtaken |= value == null || (found != null && !found.equals(value));
            found = value;
        }
    }

    NearCache(int number, NearEntries entries, NearReads reads, long stalenessNanos, NearCaches all) {
        this.number = number;
        this.entries = entries;
        this.reads = reads;
        this.stalenessNanos = stalenessNanos;
        this.all = all;
    }

    /** Returns the number of the cache. */
    int number() {
        return number;
    }

    /** Returns how old what is read may be. */
    long stalenessNanos() {
        return stalenessNanos;
    }

    /** Returns how it is read. Any thread may ask. */
    public NearFigures figures() {
        return reads;
    }

    /** N4: answers a read at once, if what is near may; else returns null. Any thread may ask. */
    public @Nullable Done read(EntryKey key, Task task) {
        boolean isRead = task == Task.Read.READ;
        EncodedValue value = isRead || task == Task.Peek.PEEK ? reads.find(key) : null;
        if (value == null) {
            return null;
        } else if (!isRead) {
            return new Done(new OperationResult.Flag(true), 0);
        }
        reads.hit();
        return new Done(new OperationResult.Value(value), CacheCounters.HIT);
    }

    /**
     * N3: returns who is to be told how a call ends, in place of its owner. To be asked right before the call is made.
     *
     * @param key of an entry, or of all in a partition
     */
    public CallOwner asking(EntryKey key, Task task, long nowNanos, CallOwner owner) {
        if (task == Task.Read.READ) {
            Overlap overlap = begin(key, nowNanos);
            return outcome -> {
                end(key.key(), overlap, outcome, nowNanos);
                owner.completed(outcome);
            };
        } else if (task instanceof Task.Clear) {
            return outcome -> {
                forgetAll();
                owner.completed(outcome);
            };
        } else if (key.key().equals(EncodedKey.NONE)) {
            return owner;
        }
        return outcome -> {
            overtake(key.key());
            owner.completed(outcome);
        };
    }

    /** Begins a read; returns null if what it finds cannot be kept. */
    private @Nullable Overlap begin(EntryKey key, long nowNanos) {
        reads.miss();
        NearEra era = all.eraFor(key, nowNanos);
        if (era == null) {
            return null;
        }
        Overlap present = underWay.get(key.key());
        if (present == null || present.overtaken || present.era != era) {
            present = new Overlap(era);
            underWay.put(key.key(), present);
        }
        present.open++;
        return present;
    }

    private void end(EncodedKey key, @Nullable Overlap mine, CallOutcome outcome, long askedNanos) {
        if (outcome instanceof Answered answered) {
            found(key, mine, answered.result(), askedNanos);
        }
        if (mine != null && --mine.open == 0 && underWay.get(key) == mine) {
            underWay.remove(key);
        }
    }

    private void found(EncodedKey key, @Nullable Overlap mine, OperationResult result, long askedNanos) {
        EncodedValue value = result.value();
        Overlap present = underWay.get(key);
        if (present != null) {
            present.finds(value);
        }
        if (mine != null && result instanceof NearValue near && mayKeep(mine, present)) {
            entries.put(key, new NearEntry(near.value(), mine.era, near.lifeMillis(), askedNanos));
        } else {
            NearEntry kept = entries.find(key);
            if (kept != null && (value == null || !value.equals(kept.value()))) {
                entries.remove(key);
            }
        }
    }

    private boolean mayKeep(Overlap mine, @Nullable Overlap present) {
        return (mine == present && !mine.overtaken) || !all.keeps(Rule.NEAR_FILL_IS_STAMPED);
    }

    /** Takes an entry out, of which more is known than what is kept: that is not kept, either, which is being asked for. */
    private void overtake(EncodedKey key) {
        Overlap present = underWay.get(key);
        if (present != null) {
            present.overtaken = true;
        }
        entries.remove(key);
    }

    /** N2: takes an entry out that is told to have changed. */
    void changed(EncodedKey key) {
        reads.invalidated();
        overtake(key);
    }

    /** Notes that all entries of a partition are read no more. */
    void missed() {
        reads.gap();
    }

    /** Takes all out. */
    void forgetAll() {
        underWay.values().forEach(overlap -> overlap.overtaken = true);
        entries.clear();
    }
}
