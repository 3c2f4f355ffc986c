package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a bucket, in a hash table whose chains are of {@link KeptEntry}. One thread changes and lists it; all others may {@link #find} meanwhile.
 *
 * <p>A chain is never changed, only replaced by another one that shares its end, so what a reader goes along is whole, and as it was at a moment of his reading. What he is
 * shown is an element of an array; all that hangs on it is final.
 *
 * <p>A chain has no more than {@value #LONGEST_CHAIN} entries. Of keys that are chosen so that it would have more, the rest is in a sorted map: nobody can make look-ups slow
 * by choosing keys.
 */
final class EntryBucket extends AbstractCollection<KeptEntry> {
    /** Chains of a new table: there are many buckets, and most have few entries. */
    private static final int FEWEST_CHAINS = 4;

    /** Chains of the largest table. */
    private static final int MOST_CHAINS = 1 << 30;

    /** Entries. Where hashes are spread well and there are as many chains as entries, one chain in a million would have more. */
    static final int LONGEST_CHAIN = 8;

    private static final VarHandle CHAIN = MethodHandles.arrayElementVarHandle(KeptEntry[].class);

    private volatile @Nullable KeptEntry[] chains = new @Nullable KeptEntry[FEWEST_CHAINS];

    /** Entries whose chains have no room; null as long as there have been none. */
    private volatile @Nullable NavigableMap<EntryKey, KeptEntry> crowded;

    private int size;

    // ---- any thread

    /** Returns the entry of a key, or null. Any thread may ask. */
    @Nullable
    KeptEntry find(EntryKey key) {
        KeptEntry found = in(chain(chains, KeptEntry.spread(key)), key);
        if (found == null) {
            NavigableMap<EntryKey, KeptEntry> rest = crowded;
            return rest == null ? null : rest.get(key);
        }
        return found;
    }

    private static @Nullable KeptEntry in(@Nullable KeptEntry chain, EntryKey key) {
        KeptEntry each = chain;
        while (each != null && !each.isOf(key)) {
            each = each.next();
        }
        return each;
    }

    private static @Nullable KeptEntry chain(@Nullable KeptEntry[] of, int spread) {
        return (KeptEntry) CHAIN.getVolatile(of, spread & (of.length - 1));
    }

    // ---- the one that changes it

    /** Keeps an entry; returns the one before. */
    @Nullable
    KeptEntry put(EntryKey key, StoredEntry entry) {
        NavigableMap<EntryKey, KeptEntry> rest = crowded;
        if (rest != null && rest.containsKey(key)) {
            return rest.put(key, new KeptEntry(key, entry, null));
        }
        int spread = KeptEntry.spread(key);
        KeptEntry chain = chain(chains, spread);
        KeptEntry before = in(chain, key);
        if (before != null) {
            set(spread, new KeptEntry(key, entry, without(chain, before)));
        } else {
            add(key, entry, spread);
        }
        return before;
    }

    private void add(EntryKey key, StoredEntry entry, int spread) {
        size++;
        if (size > chains.length && chains.length < MOST_CHAINS) {
            chains = twiceAsMany(chains);
        }
        KeptEntry chain = chain(chains, spread);
        if (length(chain) < LONGEST_CHAIN) {
            set(spread, new KeptEntry(key, entry, chain));
        } else {
            NavigableMap<EntryKey, KeptEntry> rest = crowded == null ? new ConcurrentSkipListMap<>() : crowded;
            rest.put(key, new KeptEntry(key, entry, null));
            crowded = rest;
        }
    }

    /** Takes an entry out, if it is there. */
    void remove(EntryKey key) {
        int spread = KeptEntry.spread(key);
        KeptEntry chain = chain(chains, spread);
        KeptEntry present = in(chain, key);
        if (present != null) {
            set(spread, without(chain, present));
            size--;
        } else if (crowded != null && crowded.remove(key) != null) {
            size--;
        }
    }

    private void set(int spread, @Nullable KeptEntry chain) {
        CHAIN.setVolatile(chains, spread & (chains.length - 1), chain);
    }

    /** Returns a chain without one of its entries: those before it are made anew. */
    private static @Nullable KeptEntry without(@Nullable KeptEntry chain, KeptEntry one) {
        KeptEntry rest = one.next();
        for (KeptEntry each = chain; each != null && each != one; each = each.next()) {
            rest = each.before(rest);
        }
        return rest;
    }

    private static int length(@Nullable KeptEntry chain) {
        int length = 0;
        for (KeptEntry each = chain; each != null; each = each.next()) {
            length++;
        }
        return length;
    }

    /** Returns a table with all that the chains of another have. Who reads that one meanwhile finds it as it is now. */
    private static @Nullable KeptEntry[] twiceAsMany(@Nullable KeptEntry[] present) {
        @Nullable KeptEntry[] next = new @Nullable KeptEntry[2 * present.length];
        for (KeptEntry chain : present) {
            for (KeptEntry each = chain; each != null; each = each.next()) {
                int place = each.spread() & (next.length - 1);
                next[place] = each.before(next[place]);
            }
        }
        return next;
    }

    @Override
    public int size() {
        return size;
    }

    /** Returns them in no order. None may be put or removed meanwhile. */
    @Override
    public Iterator<KeptEntry> iterator() {
        List<KeptEntry> all = new ArrayList<>(size);
        for (KeptEntry chain : chains) {
            for (KeptEntry each = chain; each != null; each = each.next()) {
                all.add(each);
            }
        }
        if (crowded != null) {
            all.addAll(crowded.values());
        }
        return all.iterator();
    }
}
