package io.fyercache.core.store;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Vacancy;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a bin of an {@link EntryTable} instead of a first entry, and says where the entries are. It is an entry itself, of a key
 * that is nobody's, so that a reader need not tell the two apart before it has missed what it looked for.
 */
final class Signpost extends CacheEntry {

    /** The entries of this bin are in the next table. */
    static final Signpost MOVED = new Signpost(null);

    private final @Nullable ConcurrentMap<Object, CacheEntry> crowd;

    private Signpost(@Nullable ConcurrentMap<Object, CacheEntry> crowd) {
        super(new Object(), Vacancy.DEAD);
        this.crowd = crowd;
    }

    /**
     * Makes a signpost that is the lock of some bins and says, where it stands in a bin of the next table, that whoever owns it is about
     * to fill the bin.
     */
    static Signpost lock() {
        return new Signpost(null);
    }

    /** Makes a signpost to a map, for a bin with so many entries that going through them one by one would take too long. */
    static Signpost crowd() {
        return new Signpost(new ConcurrentHashMap<>());
    }

    /** Returns the map with the entries of the bin, or null if this is no signpost to a crowd. */
    @Nullable
    ConcurrentMap<Object, CacheEntry> entries() {
        return crowd;
    }

    /** Waits until the owner of this lock has done what it is about to do. */
    void await() {
        synchronized (this) {
            // Its owner has let it go, and so has filled the bin.
        }
    }
}
