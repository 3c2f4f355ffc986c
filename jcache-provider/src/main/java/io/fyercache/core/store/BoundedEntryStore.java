package io.fyercache.core.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Vacancy;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store within bounds: Caffeine decides which entries go (W-TinyLFU; Einziger, Friedman, Manes, "TinyLFU: A Highly Efficient Cache
 * Admission Policy", ACM ToS 2017).
 *
 * <p>Caffeine may choose an entry whose key is held, and cannot be refused. The hold must not be lost with it, or a second thread could
 * hold the same key. Such an entry steps <i>aside</i>, inside the same atomic step that evicts it, and comes back when it is changed.
 * A key is aside only while Caffeine does not have it, and all moves of a key happen inside Caffeine's atomic steps for it; a reader,
 * who takes none, learns from {@link #comebacks} that an entry may have passed it. Eviction work is done by the threads that use the
 * store: the bound holds whenever it is looked at, and is passed by no more than the entries that are being added meanwhile.
 */
public final class BoundedEntryStore implements EntryStore {

    /** How many entries go in one step towards a smaller maximum: about a millisecond, in which threads that put may wait. */
    static final int EVICTED_IN_STEP = 1_000;

    /** Is told, inside the atomic removal of an entry and so without touching the store, what was evicted. */
    @FunctionalInterface
    public interface EvictionCallback {
        /** Says that the entry went; key and value in stored form. */
        void evicted(Object key, Object value, int weight);
    }

    private final Cache<Object, CacheEntry> cache;
    private final ConcurrentMap<Object, CacheEntry> entries;
    private final ConcurrentMap<Object, CacheEntry> aside = new ConcurrentHashMap<>();

    private final GradualMaximum maximum;

    /** Counts the entries that came back from aside, after Caffeine has each and before it is no longer aside. */
    private final AtomicLong comebacks = new AtomicLong();

    private final Bounds bounds;
    private final EvictionCallback callback;

    /**
     * Makes an empty store.
     *
     * @throws IllegalArgumentException if {@code bounds} has no limit
     */
    public BoundedEntryStore(Bounds bounds, EvictionCallback callback) {
        if (bounds.isUnlimited()) {
            throw new IllegalArgumentException("bounds: unlimited (expected: a maximum; use HeapEntryStore)");
        }
        this.bounds = bounds;
        this.callback = callback;
        Caffeine<Object, Object> builder = Caffeine.newBuilder().executor(Runnable::run);
        if (bounds.weigher() == null) {
            this.cache = builder.maximumSize(bounds.maximum())
                    .<Object, CacheEntry>evictionListener(this::evicted)
                    .build();
        } else {
            this.cache = builder.maximumWeight(bounds.maximum())
                    .<Object, CacheEntry>weigher(this::weighEntry)
                    .evictionListener(this::evicted)
                    .build();
        }
        this.entries = cache.asMap();
        this.maximum = new GradualMaximum(cache, EVICTED_IN_STEP);
    }

    @Override
    public @Nullable CacheEntry find(Object key) {
        while (true) {
            long seen = comebacks.get();
            CacheEntry found = cache.getIfPresent(key);
            if (found == null) {
                found = aside.get(key);
            }
            // Not there and not here: unless it went from here to there between the two looks.
            if (found != null || comebacks.get() == seen) {
                return found;
            }
        }
    }

    @Override
    public @Nullable CacheEntry insert(CacheEntry fresh) {
        Object key = fresh.key();
        while (true) {
            CacheEntry kept = entries.computeIfAbsent(key, absent -> aside.containsKey(absent) ? null : fresh);
            if (kept == null) {
                kept = aside.get(key);
            }
            if (kept != null) {
                return kept == fresh ? null : kept;
            }
        }
    }

    @Override
    public void exchange(CacheEntry present, CacheEntry fresh) {
        entries.compute(present.key(), (same, kept) -> {
            if (kept == null) {
                aside.replace(same, present, fresh);
            }
            return kept == present ? fresh : kept;
        });
    }

    @Override
    public void discard(CacheEntry dead) {
        Object key = dead.key();
        entries.remove(key, dead);
        if (aside.containsKey(key)) {
            entries.compute(key, (same, kept) -> {
                aside.remove(same, dead);
                return kept == dead ? null : kept;
            });
        }
    }

    @Override
    public void changed(CacheEntry entry) {
        Object key = entry.key();
        if (aside.containsKey(key)) {
            comeBack(key);
        } else if (bounds.weigher() != null) {
            // Weighed inside the atomic step, so that of two at once the later sees the later value.
            entries.computeIfPresent(key, (same, kept) -> kept);
        }
    }

    private void comeBack(Object key) {
        entries.computeIfAbsent(key, aside::get);
        comebacks.incrementAndGet();
        // It may have been chosen again in between, and then it stays aside.
        entries.computeIfPresent(key, (same, kept) -> {
            aside.remove(same);
            return kept;
        });
    }

    @Override
    public long size() {
        settle();
        return cache.estimatedSize() + aside.size();
    }

    @Override
    public long weight() {
        settle();
        Policy.Eviction<?, ?> eviction = cache.policy().eviction().orElseThrow();
        return eviction.weightedSize().orElseGet(cache::estimatedSize);
    }

    @Override
    public boolean approach(long target) {
        return maximum.approach(target);
    }

    @Override
    public Iterator<CacheEntry> iterator() {
        settle();
        if (aside.isEmpty()) {
            return entries.values().iterator();
        }
        Map<Object, CacheEntry> first = Map.copyOf(aside);
        return Stream.concat(
                        first.values().stream(),
                        entries.values().stream().filter(entry -> !first.containsKey(entry.key())))
                .iterator();
    }

    /**
     * Finishes the evictions that are due. Threads that used the store at the same moment may have left them to each other, and Caffeine
     * does them at the next use.
     */
    void settle() {
        cache.cleanUp();
    }

    /** Tells whether the key's entry was chosen for eviction while it was held and has not come back yet. */
    boolean isAside(Object key) {
        return aside.containsKey(key);
    }

    private int weighEntry(Object key, CacheEntry entry) {
        Object value = entry.visible();
        return value == null ? 0 : weigh(key, value);
    }

    private int weigh(Object key, Object value) {
        return Objects.requireNonNull(bounds.weigher()).weigh(key, value);
    }

    private void evicted(@Nullable Object key, @Nullable CacheEntry entry, RemovalCause cause) {
        if (key == null || entry == null || !cause.wasEvicted()) {
            return; // References are strong, so nothing is ever collected; what is removed on purpose is no eviction.
        }
        Object content;
        synchronized (entry) {
            content = stepAsideOrDie(key, entry);
        }
        if (content != entry && !(content instanceof Vacancy)) {
            callback.evicted(key, content, bounds.weigher() == null ? 1 : weigh(key, content));
        }
    }

    /** Puts a held entry aside and kills any other; returns what it held: a value, a vacancy, or the entry itself if it is aside. */
    private Object stepAsideOrDie(Object key, CacheEntry entry) {
        boolean isAside = false;
        while (true) {
            Object content = entry.killUnlessHeld();
            if (content != entry) {
                if (isAside) {
                    aside.remove(key, entry);
                }
                return content;
            }
            if (isAside) {
                return content;
            }
            aside.put(key, entry);
            isAside = true; // Look again: whoever let the key go before this may not have seen that it is aside.
        }
    }
}
