package io.fyercache.core.store;

import io.fyercache.core.entry.CacheEntry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The hash table of a {@link HeapEntryStore}, or one generation of it: bins, each with a chain of the entries themselves, linked by
 * {@link CacheEntry#next()}. All methods but those on moving may be called on a generation that is being replaced.
 *
 * <p><b>Adding</b> puts an entry in front of a chain by one compare-and-set, which fails if anything was added since the chain was
 * searched. <b>Taking out</b> links past the entry, under the lock of the bin, so that no neighbour goes at the same moment; the entry
 * keeps its own link, so a reader who stands on it goes on.
 *
 * <p><b>Growing</b> moves bin after bin to a table twice as large, a few with each insertion, so that nobody ever waits for all of them.
 * Entries cannot be copied, because they are what others hold on to, so a chain is taken apart under its readers: first the two bins of
 * the next table say that they are being filled, then the old one says that it has moved, and only then are the links changed. A reader
 * who found nothing looks at the bin once more; as long as that has not moved, the chain was whole. An entry that is found is right in
 * any case.
 *
 * <p>A bin of more than {@value #LARGEST_CHAIN} entries becomes a {@link ConcurrentMap}, which keeps keys whose hashes collide in a
 * tree: nobody can make look-ups slow by choosing keys.
 *
 * <p>Thread-safe.
 */
final class EntryTable {

    /** Bins of the smallest table, which takes about 200 bytes. */
    static final int SMALLEST = 16;

    /** Bins of the largest table: an array cannot be twice as large. Beyond, chains get longer. */
    static final int LARGEST = 1 << 30;

    /** Entries in a chain. Where hashes are spread well and bins are as many as entries, one bin in a million has more. */
    static final int LARGEST_CHAIN = 8;

    /** Bins that one insertion moves: so many that a table has moved long before the next one is full. */
    static final int MOVED_AT_ONCE = 16;

    /** Locks of a table: more threads than that hardly take out entries at once. */
    private static final int MOST_LOCKS = 64;

    private static final int BINS_PER_LOCK = 64;

    private static final VarHandle BIN = MethodHandles.arrayElementVarHandle(CacheEntry[].class);

    /** Frames, 64, that must fit on the stack before bins are moved: those of a move are four at most. */
    private static final int FRAMES = 64;

    static {
        rehearse();
    }

    private final @Nullable CacheEntry[] bins;
    private final Signpost[] locks;
    private final AtomicBoolean growing = new AtomicBoolean();
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger moved = new AtomicInteger();
    private volatile @Nullable EntryTable next;

    /** Makes an empty table of {@code capacity} bins: a power of two, {@value #SMALLEST}..{@value #LARGEST}. */
    EntryTable(int capacity) {
        bins = new @Nullable CacheEntry[capacity];
        locks = new Signpost[Math.max(1, Math.min(MOST_LOCKS, capacity / BINS_PER_LOCK))];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = Signpost.lock();
        }
    }

    /** Does once what moving takes, so that all of it is linked; see {@link CacheEntry}. */
    private static void rehearse() {
        EntryTable small = new EntryTable(SMALLEST);
        for (int hash = 0; hash <= SMALLEST; hash++) {
            small.insert(CacheEntry.eternal(hash, hash));
        }
        small.grow(SMALLEST + 1).grow(SMALLEST + 1);
        CacheEntry found = small.find(0, 0);
        if (found != null) {
            small.remove(found);
        }
    }

    /** Returns how many bins there are. */
    int capacity() {
        return bins.length;
    }

    // ---- entries

    /** Returns the entry of {@code key}, whose {@linkplain CacheEntry#hashOf hash} is given, or null. */
    @Nullable
    CacheEntry find(Object key, int hash) {
        EntryTable table = this;
        while (true) {
            CacheEntry first = table.bin(hash);
            CacheEntry found;
            if (first instanceof Signpost signpost) {
                if (signpost.entries() == null) {
                    table = table.settled(hash);
                    continue;
                }
                found = signpost.entries().get(key);
            } else {
                found = findIn(first, key, hash);
            }
            if (found != null || table.bin(hash) != Signpost.MOVED) {
                return found;
            }
        }
    }

    private static @Nullable CacheEntry findIn(@Nullable CacheEntry chain, Object key, int hash) {
        for (CacheEntry entry = chain; entry != null; entry = entry.next()) {
            if (entry.isOf(key, hash)) {
                return entry;
            }
        }
        return null;
    }

    /**
     * Adds {@code fresh} unless its key has an entry.
     *
     * @return the entry that the key had and keeps, or null if {@code fresh} was added
     */
    @Nullable
    CacheEntry insert(CacheEntry fresh) {
        int hash = fresh.hash();
        while (true) {
            EntryTable table = settled(hash);
            CacheEntry first = table.bin(hash);
            if (first instanceof Signpost signpost) {
                synchronized (table.lockOf(hash)) {
                    if (signpost.entries() != null && table.bin(hash) == signpost) {
                        return signpost.entries().putIfAbsent(fresh.key(), fresh);
                    }
                }
                continue;
            }
            CacheEntry present = findIn(first, fresh.key(), hash);
            if (present != null) {
                return present;
            }
            if (isLong(first)) {
                table.makeCrowd(hash);
                continue;
            }
            fresh.linkTo(first);
            if (BIN.compareAndSet(table.bins, table.indexOf(hash), first, fresh)) {
                return null;
            }
        }
    }

    /**
     * Takes out exactly {@code dead}.
     *
     * @return false if it was not there
     */
    boolean remove(CacheEntry dead) {
        while (true) {
            EntryTable table = settled(dead.hash());
            synchronized (table.lockOf(dead.hash())) {
                CacheEntry first = table.bin(dead.hash());
                if (!(first instanceof Signpost signpost)) {
                    return table.substitute(dead, dead.next());
                } else if (signpost.entries() != null) {
                    return signpost.entries().remove(dead.key(), dead);
                }
            }
        }
    }

    /**
     * Puts {@code fresh} in the place of exactly {@code present}, an entry of the same key.
     *
     * @return false if that was not there
     */
    boolean replace(CacheEntry present, CacheEntry fresh) {
        while (true) {
            EntryTable table = settled(present.hash());
            synchronized (table.lockOf(present.hash())) {
                CacheEntry first = table.bin(present.hash());
                if (!(first instanceof Signpost signpost)) {
                    fresh.linkTo(present.next());
                    return table.substitute(present, fresh);
                } else if (signpost.entries() != null) {
                    return signpost.entries().replace(present.key(), present, fresh);
                }
            }
        }
    }

    /** Links what comes before {@code present} to {@code instead}. The caller owns the lock of the bin, which has a chain. */
    private boolean substitute(CacheEntry present, @Nullable CacheEntry instead) {
        int index = indexOf(present.hash());
        while (true) {
            CacheEntry before = bin(index);
            if (before == present) {
                if (BIN.compareAndSet(bins, index, present, instead)) {
                    return true;
                }
                continue; // Something was added in front of it.
            }
            while (before != null && before.next() != present) {
                before = before.next();
            }
            if (before != null) {
                before.linkTo(instead);
            }
            return before != null;
        }
    }

    /** Adds to {@code met} what is in a bin of this table, wherever it is now. */
    void collect(int index, List<CacheEntry> met) {
        int before = met.size();
        while (true) {
            EntryTable table = settled(index);
            if (table != this) {
                EntryTable following = Objects.requireNonNull(next);
                following.collect(index, met);
                following.collect(index + bins.length, met);
                return;
            }
            CacheEntry first = bin(index);
            if (!(first instanceof Signpost signpost)) {
                for (CacheEntry entry = first; entry != null; entry = entry.next()) {
                    met.add(entry);
                }
            } else if (signpost.entries() != null) {
                met.addAll(signpost.entries().values());
            }
            if (bin(index) != Signpost.MOVED) {
                return;
            }
            met.subList(before, met.size()).clear();
        }
    }

    // ---- growing

    /**
     * Takes part in the move to a table twice as large, which begins if there are more entries than bins.
     *
     * @param entries how many there are
     * @return the table to use from now on: the next one if this call has finished the move, else this one
     */
    EntryTable grow(long entries) {
        EntryTable target = next;
        if (target != null) {
            return moveSome(target) ? target : this;
        }
        if (entries > bins.length && bins.length < LARGEST && !growing.get()) {
            requireStack(FRAMES);
            if (growing.compareAndSet(false, true)) {
                next = new EntryTable(bins.length * 2);
            }
        }
        return this;
    }

    /** Tells whether the move to a larger table has begun. */
    boolean isGrowing() {
        return next != null;
    }

    /** Moves some bins; tells whether they were the last ones. */
    private boolean moveSome(EntryTable target) {
        if (claimed.get() >= bins.length) {
            return false; // The rest is being moved by others.
        }
        requireStack(FRAMES);
        int from = claimed.getAndAdd(MOVED_AT_ONCE);
        if (from >= bins.length) {
            return false;
        }
        for (int index = from; index < from + MOVED_AT_ONCE; index++) {
            move(index, target);
        }
        return moved.addAndGet(MOVED_AT_ONCE) == bins.length;
    }

    /**
     * Lets a stack that is nearly full overflow here, before anything has begun: of a bin that was left half moved nothing would ever be found. Returns how
     * many frames it took.
     */
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : 1 + requireStack(frames - 1);
    }

    private void move(int index, EntryTable target) {
        Signpost lock = lockOf(index);
        synchronized (lock) {
            if (bin(index) instanceof Signpost crowd) {
                moveCrowd(Objects.requireNonNull(crowd.entries()).values(), index, target);
                BIN.setRelease(bins, index, Signpost.MOVED);
                return;
            }
            BIN.setRelease(target.bins, index, lock);
            BIN.setRelease(target.bins, index + bins.length, lock);
            CacheEntry entry = (CacheEntry) BIN.getAndSet(bins, index, Signpost.MOVED);
            CacheEntry low = null;
            CacheEntry high = null;
            while (entry != null) {
                CacheEntry following = entry.next();
                if ((entry.hash() & bins.length) == 0) {
                    entry.linkTo(low);
                    low = entry;
                } else {
                    entry.linkTo(high);
                    high = entry;
                }
                entry = following;
            }
            BIN.setRelease(target.bins, index, low);
            BIN.setRelease(target.bins, index + bins.length, high);
        }
    }

    /** Fills two bins of the next table, which nobody sees yet. The caller owns the lock, so the crowd does not change. */
    private void moveCrowd(Collection<CacheEntry> entries, int index, EntryTable target) {
        Signpost low = Signpost.crowd();
        Signpost high = Signpost.crowd();
        for (CacheEntry entry : entries) {
            Signpost half = (entry.hash() & bins.length) == 0 ? low : high;
            Objects.requireNonNull(half.entries()).put(entry.key(), entry);
        }
        BIN.setRelease(target.bins, index, low);
        BIN.setRelease(target.bins, index + bins.length, high);
    }

    // ---- bins

    private int indexOf(int hash) {
        return hash & bins.length - 1;
    }

    private @Nullable CacheEntry bin(int hash) {
        return (CacheEntry) BIN.getAcquire(bins, hash & bins.length - 1);
    }

    private Signpost lockOf(int hash) {
        return locks[hash & locks.length - 1];
    }

    /** Returns the table that has the bin of {@code hash} now; waits while the bin is being filled. */
    private EntryTable settled(int hash) {
        EntryTable table = this;
        while (table.bin(hash) instanceof Signpost signpost && signpost.entries() == null) {
            if (signpost == Signpost.MOVED) {
                table = Objects.requireNonNull(table.next);
            } else {
                signpost.await();
            }
        }
        return table;
    }

    private static boolean isLong(@Nullable CacheEntry chain) {
        int length = 0;
        for (CacheEntry entry = chain; entry != null; entry = entry.next()) {
            length++;
        }
        return length >= LARGEST_CHAIN;
    }

    /** Makes a map of a chain that is too long. */
    private void makeCrowd(int hash) {
        synchronized (lockOf(hash)) {
            CacheEntry first = bin(hash);
            while (!(first instanceof Signpost) && isLong(first)) {
                Signpost crowd = Signpost.crowd();
                for (CacheEntry entry = first; entry != null; entry = entry.next()) {
                    Objects.requireNonNull(crowd.entries()).put(entry.key(), entry);
                }
                if (BIN.compareAndSet(bins, indexOf(hash), first, crowd)) {
                    return;
                }
                first = bin(hash);
            }
        }
    }
}
