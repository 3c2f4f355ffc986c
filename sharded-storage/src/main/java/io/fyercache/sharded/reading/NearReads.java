package io.fyercache.sharded.reading;

import io.fyercache.core.engine.NearFigures;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The near cache of one cache, as all threads of a process read it.
 *
 * <p>Whoever reads looks at the lease first, then at the entry, and at the clock last (N4). So what is found had not been taken out when the lease was
 * given, and was current at its instant or later; and whoever stood still in between finds that the lease is over. Thread-safe.
 */
public final class NearReads implements NearFigures {
    private final NearLeases leases;
    private final NearEntries entries;
    private final long stalenessNanos;
    private final LongSupplier nanoClock;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder invalidations = new LongAdder();
    private final LongAdder gaps = new LongAdder();

    /**
     * Makes the reads of a cache.
     *
     * @param stalenessNanos how old what is read may be
     * @param nanoClock the one by which leases are given
     */
    public NearReads(NearLeases leases, NearEntries entries, long stalenessNanos, LongSupplier nanoClock) {
        this.leases = leases;
        this.entries = entries;
        this.stalenessNanos = stalenessNanos;
        this.nanoClock = nanoClock;
    }

    /** Returns the value of an entry that is near, if it may be read; else null. */
    public @Nullable EncodedValue find(EntryKey key) {
        NearLease lease = leases.of(key);
        if (lease == null) {
            return null;
        }
        lease.era().use();
        NearEntry entry = entries.find(key.key());
        if (entry == null || !entry.isOf(lease.era())) {
            return null;
        }
        long nowNanos = nanoClock.getAsLong();
        if (!lease.lasts(stalenessNanos, nowNanos) || entry.isOver(nowNanos)) {
            return null;
        }
        return entry.value();
    }

    /** Counts a read that was answered near. */
    public void hit() {
        hits.increment();
    }

    /** Counts a read that was not. */
    public void miss() {
        misses.increment();
    }

    /** Counts a key that was told to have changed. */
    public void invalidated() {
        invalidations.increment();
    }

    /** Counts that all entries of a partition were dropped. */
    public void gap() {
        gaps.increment();
    }

    @Override
    public long hits() {
        return hits.sum();
    }

    @Override
    public long misses() {
        return misses.sum();
    }

    @Override
    public long invalidations() {
        return invalidations.sum();
    }

    @Override
    public long gaps() {
        return gaps.sum();
    }

    @Override
    public long size() {
        return entries.size();
    }
}
