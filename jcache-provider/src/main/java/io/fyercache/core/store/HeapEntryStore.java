package io.fyercache.core.store;

import io.fyercache.core.entry.CacheEntry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A store without bounds: a concurrent hash table whose nodes are the entries themselves. An empty one takes under 100 bytes. */
public final class HeapEntryStore implements EntryStore {
    private static final VarHandle TABLE;

    static {
        try {
            TABLE = MethodHandles.lookup().findVarHandle(HeapEntryStore.class, "table", EntryTable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongAdder size = new LongAdder();

    /** Null until the first entry comes. */
    private volatile @Nullable EntryTable table;

    @Override
    public @Nullable CacheEntry find(Object key) {
        EntryTable current = table;
        return current == null ? null : current.find(key, CacheEntry.hashOf(key));
    }

    @Override
    public @Nullable CacheEntry insert(CacheEntry fresh) {
        EntryTable current = table;
        if (current == null) {
            current = firstTable();
        }
        CacheEntry kept = current.insert(fresh);
        if (kept == null) {
            size.increment();
            // A chain of one says nothing of how full the table is, and to add up the size costs more the more threads
            // add to it.
            if (fresh.next() != null || current.isGrowing()) {
                EntryTable next = current.grow(size.sum());
                if (next != current) {
                    TABLE.setRelease(this, next);
                }
            }
        }
        return kept;
    }

    private EntryTable firstTable() {
        EntryTable first = new EntryTable(EntryTable.SMALLEST);
        EntryTable present = (EntryTable) TABLE.compareAndExchange(this, null, first);
        return present == null ? first : present;
    }

    @Override
    public void exchange(CacheEntry present, CacheEntry fresh) {
        EntryTable current = table;
        if (current != null) {
            current.replace(present, fresh);
        }
    }

    @Override
    public void discard(CacheEntry dead) {
        EntryTable current = table;
        if (current != null && current.remove(dead)) {
            size.decrement();
        }
    }

    @Override
    public void changed(CacheEntry entry) {
        // Nothing here depends on it.
    }

    @Override
    public long size() {
        return Math.max(0, size.sum());
    }

    @Override
    public long weight() {
        return size();
    }

    @Override
    public boolean approach(long maximum) {
        throw new IllegalStateException("maximum: " + maximum + " (expected: none, as the store has no bounds)");
    }

    @Override
    public Iterator<CacheEntry> iterator() {
        EntryTable current = table;
        return current == null ? Collections.emptyIterator() : new Walk(current);
    }

    /** Goes through the bins that the table had when the walk began, wherever their entries are now. Used by one thread. */
    private static final class Walk implements Iterator<CacheEntry> {
        private final EntryTable table;
        private final List<CacheEntry> met = new ArrayList<>();
        private int bin;
        private int position;

        Walk(EntryTable table) {
            this.table = table;
        }

        @Override
        public boolean hasNext() {
            while (position == met.size() && bin < table.capacity()) {
                met.clear();
                position = 0;
                table.collect(bin++, met);
            }
            return position < met.size();
        }

        @Override
        public CacheEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return met.get(position++);
        }
    }
}
