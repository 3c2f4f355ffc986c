package io.fyercache.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.entry.Vacancy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BoundedEntryStoreTest extends EntryStoreContract {
    private static final int MAXIMUM = 10;

    private final Queue<Object> evicted = new ConcurrentLinkedQueue<>();
    private final AtomicLong evictedWeight = new AtomicLong();

    @Override
    BoundedEntryStore emptyStore() {
        return store(MAXIMUM, null);
    }

    /** A store in which a number weighs what it says. */
    private BoundedEntryStore weighedStore(int maximum) {
        return store(maximum, (key, value) -> (Integer) value);
    }

    private BoundedEntryStore store(int maximum, Bounds.Weigher weigher) {
        return new BoundedEntryStore(new Bounds(maximum, weigher), (key, value, weight) -> {
            evicted.add(key);
            evictedWeight.addAndGet(weight);
        });
    }

    /** Fills the store, using the newer entries so often that older ones must go. */
    private static void flood(BoundedEntryStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            Object key = "flood" + i;
            store.insert(CacheEntry.eternal(key, 1));
            for (int use = 0; use < 16; use++) {
                store.find(key);
            }
        }
        store.settle();
    }

    /** Inserts {@code entry} and floods the store until it has been chosen for eviction. */
    private static void insertAndEvict(BoundedEntryStore store, CacheEntry entry) {
        assertThat(store.insert(entry)).isNull();
        flood(store, 10 * MAXIMUM);
        assertThat(store.isAside(entry.key()))
                .as("chosen for eviction while held")
                .isTrue();
    }

    @Test
    void unlimited_isRefused() {
        assertThatThrownBy(() -> new BoundedEntryStore(Bounds.NONE, (key, value, weight) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bounds");
    }

    @Test
    void insert_beyondMaximum_boundHoldsAndEachEvictionIsTold() {
        BoundedEntryStore store = emptyStore();
        List<CacheEntry> all = new ArrayList<>();

        for (int i = 0; i < 1_000; i++) {
            CacheEntry entry = CacheEntry.eternal(i, i);
            all.add(entry);
            store.insert(entry);
            assertThat(store.size()).isLessThanOrEqualTo(MAXIMUM);
        }

        Set<Object> kept = met(store).keySet();
        assertThat(kept).hasSize(MAXIMUM);
        assertThat(evicted).hasSize(1_000 - MAXIMUM).doesNotHaveDuplicates().doesNotContainAnyElementsOf(kept);
        assertThat(evictedWeight).hasValue(1_000 - MAXIMUM);
        assertThat(all.stream().filter(CacheEntry::isDead)).hasSize(1_000 - MAXIMUM);
    }

    @Test
    void weight_beyondMaximum_boundHolds() {
        BoundedEntryStore store = weighedStore(100);

        for (int i = 0; i < 1_000; i++) {
            store.insert(CacheEntry.eternal(i, 1 + i % 30));
            store.settle();
            assertThat(store.weight()).isLessThanOrEqualTo(100);
        }

        int kept = met(store).values().stream()
                .mapToInt(entry -> (Integer) entry.visible())
                .sum();
        assertThat(store.weight()).isEqualTo(kept);
    }

    @Test
    void overWeightEntry_notKeptAndTold() {
        BoundedEntryStore store = weighedStore(100);
        store.insert(CacheEntry.eternal("light", 50));

        store.insert(CacheEntry.eternal("heavy", 101));
        store.settle();

        assertThat(store.find("heavy")).isNull();
        assertThat(store.find("light")).isNotNull();
        assertThat(evicted).containsExactly("heavy");
        assertThat(evictedWeight).hasValue(101);
    }

    @Test
    void changed_growsBeyondMaximum_evicted() {
        BoundedEntryStore store = weighedStore(100);
        CacheEntry entry = CacheEntry.eternal("k", 50);
        store.insert(entry);

        entry.replace(101);
        store.changed(entry);
        store.settle();

        assertThat(store.find("k")).isNull();
        assertThat(entry.isDead()).isTrue();
        assertThat(evicted).containsExactly("k");
    }

    @Test
    void discard_isNoEviction() {
        BoundedEntryStore store = emptyStore();
        CacheEntry entry = CacheEntry.eternal("k", "v");
        store.insert(entry);

        store.discard(entry);

        assertThat(evicted).isEmpty();
    }

    @Test
    void evictedWhileHeld_staysFindableAndExclusive() {
        BoundedEntryStore store = emptyStore();
        CacheEntry held = held("k", "v");

        insertAndEvict(store, held);

        assertThat(store.find("k")).isSameAs(held);
        assertThat(store.insert(CacheEntry.eternal("k", "w"))).isSameAs(held);
        assertThat(met(store)).containsEntry("k", held);
        assertThat(evicted).doesNotContain("k");
    }

    @Test
    void evictedWhileHeld_comesBackWhenReleased() {
        BoundedEntryStore store = emptyStore();
        CacheEntry held = held("k", "v");
        insertAndEvict(store, held);

        held.release("w");
        store.changed(held);

        assertThat(store.isAside("k")).isFalse();
        assertThat(store.size()).isLessThanOrEqualTo(MAXIMUM);
        // It is back under the bound's rule: it may have been evicted at once, and then it was told.
        assertThat(store.find("k") == held || evicted.contains("k")).isTrue();
    }

    @Test
    void evictedWhileHeld_exchanged_newOneIsFound() {
        BoundedEntryStore store = emptyStore();
        CacheEntry held = held("k", "v");
        CacheEntry roomy = CacheEntry.expiring("k", "v", 7);
        roomy.takeAtBirth(new KeyHold());
        insertAndEvict(store, held);

        store.exchange(held, roomy);

        assertThat(store.find("k")).isSameAs(roomy);
    }

    @Test
    void evictedWhileHeld_discarded_leavesNothingAside() {
        BoundedEntryStore store = emptyStore();
        CacheEntry held = held("k", "v");
        insertAndEvict(store, held);

        held.release(Vacancy.DEAD);
        store.discard(held);

        assertThat(store.isAside("k")).isFalse();
        assertThat(store.find("k")).isNull();
        assertThat(store.size()).isLessThanOrEqualTo(MAXIMUM);
    }

    @Test
    void changed_deadMeanwhile_doesNotComeBack() {
        BoundedEntryStore store = emptyStore();
        CacheEntry entry = CacheEntry.eternal("k", "v");
        store.insert(entry);
        entry.killUnlessHeld();
        store.discard(entry);

        store.changed(entry);

        assertThat(store.find("k")).isNull();
    }

    @Test
    void changed_concurrently_weightIsThatOfTheLastValue() throws Exception {
        BoundedEntryStore store = weighedStore(1_000_000);
        CacheEntry entry = CacheEntry.eternal("k", 1);
        store.insert(entry);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20_000; round++) {
                Future<?> other = threads.submit(() -> change(store, entry, 1));
                change(store, entry, 1_000);
                other.get(10, TimeUnit.SECONDS);
                store.settle();
                assertThat(store.weight()).isEqualTo(((Integer) entry.visible()).longValue());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void change(EntryStore store, CacheEntry entry, int weight) {
        synchronized (entry) {
            entry.replace(weight);
        }
        store.changed(entry);
    }

    /** An entry that is held all the time is never missed, however often it is chosen for eviction and comes back. */
    @Test
    void heldEntry_isFoundAtEveryMoment() throws Exception {
        BoundedEntryStore store = weighedStore(100);
        KeyHold hold = new KeyHold();
        CacheEntry held = CacheEntry.eternal("k", 1);
        held.take(hold);
        store.insert(held);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<String> failure = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> reader = threads.submit(() -> {
                started.countDown();
                while (!stop.get()) {
                    if (store.find("k") != held) {
                        failure.compareAndSet(null, "find lost a held entry");
                    }
                }
            });
            Future<?> inserter = threads.submit(() -> {
                started.countDown();
                while (!stop.get()) {
                    if (store.insert(CacheEntry.eternal("k", 1)) != held) {
                        failure.compareAndSet(null, "insert lost a held entry");
                    }
                }
            });
            started.await();
            int cameBack = 0;
            for (int i = 0; i < 20_000 && failure.get() == null; i++) {
                // Too heavy to stay, and light enough to come back.
                hold.commit(101);
                store.changed(held);
                if (store.isAside("k")) {
                    cameBack++;
                }
                hold.commit(1);
                store.changed(held);
            }
            stop.set(true);
            reader.get(10, TimeUnit.SECONDS);
            inserter.get(10, TimeUnit.SECONDS);
            assertThat(failure.get()).isNull();
            assertThat(cameBack).as("times it was chosen for eviction").isPositive();
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    /** Holders of the same few keys under heavy eviction: nobody ever shares a key, and nothing is left aside. */
    @Test
    void holdReleaseRemoveUnderEviction_exclusiveAndNothingLeftAside() throws Exception {
        BoundedEntryStore store = emptyStore();
        int threads = 4;
        AtomicReference<String> failure = new AtomicReference<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Set<Object> busy = ConcurrentHashMap.newKeySet();
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int seed = t;
                done.add(pool.submit(() -> {
                    for (int i = 0; i < 30_000 && failure.get() == null; i++) {
                        Object key = "k" + (i * 31 + seed * 7) % 20;
                        holdOnce(store, key, i % 3 == 0, busy, failure);
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(failure.get()).isNull();
        store.settle();
        Set<Object> aside = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            if (store.isAside("k" + i)) {
                aside.add("k" + i);
            }
        }
        assertThat(aside).isEmpty();
        assertThat(store.size()).isLessThanOrEqualTo(MAXIMUM);
    }

    /** Holds the key if it is free, by the rules of {@link CacheEntry}, checks that nobody else does, and lets go. */
    private static void holdOnce(
            EntryStore store, Object key, boolean remove, Set<Object> busy, AtomicReference<String> failure) {
        KeyHold hold = new KeyHold();
        CacheEntry entry = store.find(key);
        if (entry == null) {
            entry = CacheEntry.eternal(key, Vacancy.DEAD);
            entry.takeAtBirth(hold);
            if (store.insert(entry) != null) {
                return;
            }
        } else {
            KeyHold taken = entry.take(hold);
            if (taken == null) {
                store.discard(entry);
            }
            if (taken != hold) {
                return;
            }
        }
        if (!busy.add(key)) {
            failure.compareAndSet(null, "two threads hold " + key);
        }
        if (store.find(key) != entry) {
            failure.compareAndSet(null, "a held entry is not found: " + key);
        }
        busy.remove(key);
        if (remove) {
            entry.release(Vacancy.DEAD);
            store.discard(entry);
        } else {
            entry.release("w");
            store.changed(entry);
        }
    }
}
