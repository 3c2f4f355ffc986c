package io.fyercache.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.CacheEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HeapEntryStoreTest extends EntryStoreContract {
    private static final int SEEDS = 300;
    private static final int STEPS = 2_000;

    @Override
    EntryStore emptyStore() {
        return new HeapEntryStore();
    }

    /** A key whose hash its maker chooses. */
    private record Key(int name, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Test
    void neverEvicts() {
        EntryStore store = new HeapEntryStore();

        for (int i = 0; i < 10_000; i++) {
            store.insert(CacheEntry.eternal(i, i));
        }

        assertThat(store.size()).isEqualTo(10_000);
        assertThat(met(store)).hasSize(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(store.find(i)).isNotNull();
        }
    }

    @Test
    void collidingKeys_areAllFoundRemovedAndMetOnce() {
        EntryStore store = new HeapEntryStore();
        Map<Object, CacheEntry> expected = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            CacheEntry entry = CacheEntry.eternal(new Key(i, i % 3 * 4096), i);
            assertThat(store.insert(entry)).isNull();
            assertThat(store.insert(CacheEntry.eternal(entry.key(), "second"))).isSameAs(entry);
            expected.put(entry.key(), entry);
        }

        assertThat(met(store)).isEqualTo(expected);
        for (int i = 0; i < 1_000; i += 2) {
            CacheEntry gone = expected.remove(new Key(i, i % 3 * 4096));
            store.discard(gone);
            assertThat(store.find(gone.key())).isNull();
        }

        assertThat(met(store)).isEqualTo(expected);
        assertThat(store.size()).isEqualTo(500);
    }

    @Test
    void exchange_anywhereInAChainOrACrowd_replacesExactlyThatEntry() {
        for (int entries : List.of(1, 3, EntryTable.LARGEST_CHAIN, 50)) {
            EntryStore store = new HeapEntryStore();
            for (int i = 0; i < entries; i++) {
                store.insert(CacheEntry.eternal(new Key(i, 7), "old"));
            }
            Map<Object, CacheEntry> expected = met(store);

            for (int i = 0; i < entries; i++) {
                CacheEntry fresh = CacheEntry.expiring(new Key(i, 7), "new", 1);
                store.exchange(store.find(fresh.key()), fresh);
                expected.put(fresh.key(), fresh);
                assertThat(met(store)).isEqualTo(expected);
            }
        }
    }

    /** Random insertions, exchanges and removals, of keys that collide more or less, leave what they leave in a map. */
    @Test
    void anySequence_endsAsInAMap() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int names = 1 + random.nextInt(500);
            int hashes = 1 + random.nextInt(1 << random.nextInt(12));
            EntryStore store = new HeapEntryStore();
            Map<Object, CacheEntry> model = new HashMap<>();
            for (int step = 0; step < STEPS; step++) {
                int name = random.nextInt(names);
                Key key = new Key(name, name % hashes * (1 + seed % 17));
                CacheEntry present = store.find(key);
                assertThat(present).as("seed %d", seed).isSameAs(model.get(key));
                CacheEntry fresh = CacheEntry.eternal(key, step);
                if (present == null) {
                    assertThat(store.insert(fresh)).as("seed %d", seed).isNull();
                    model.put(key, fresh);
                } else if (random.nextInt(4) == 0) {
                    store.exchange(present, fresh);
                    model.put(key, fresh);
                } else if (random.nextBoolean()) {
                    store.discard(present);
                    model.remove(key);
                }
            }
            assertThat(met(store)).as("seed %d", seed).isEqualTo(model);
            assertThat(store.size()).as("seed %d", seed).isEqualTo(model.size());
        }
    }

    /** While the table grows again and again, what is there all the time is found every time, and met exactly once by every walk. */
    @Test
    void growthUnderReaders_missesNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            int stride = round % 2 == 0 ? 1 : 64; // one to a bin, or many
            EntryStore store = new HeapEntryStore();
            List<CacheEntry> lasting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                CacheEntry entry = CacheEntry.eternal(new Key(i, i * stride), "lasting");
                lasting.add(entry);
                store.insert(entry);
            }
            AtomicBoolean stop = new AtomicBoolean();
            List<Callable<Long>> readers = List.of(
                    () -> until(
                            stop,
                            () -> lasting.forEach(
                                    entry -> assertThat(store.find(entry.key())).isSameAs(entry))),
                    () -> until(stop, () -> assertThat(met(store).values()).containsAll(lasting)));

            together(readers, stop, () -> {
                for (int i = 100; i < 40_000; i++) {
                    store.insert(CacheEntry.eternal(new Key(i, i * stride), "new"));
                }
            });

            assertThat(store.size()).isEqualTo(40_000);
            assertThat(met(store)).hasSize(40_000);
        }
    }

    /** A chain that is taken apart, because its bin moves, under a reader who goes through it: the reader misses nothing. */
    @Test
    void chainTakenApartUnderReaders_missesNothing() throws Exception {
        AtomicReference<EntryStore> current = new AtomicReference<>(storeWithOneChain());
        AtomicBoolean stop = new AtomicBoolean();
        Callable<Long> finder = () -> until(stop, () -> {
            EntryStore store = current.get();
            for (int i = 0; i < CHAIN; i++) {
                assertThat(store.find(inChain(i)) != null).isTrue();
            }
        });
        Callable<Long> walker = () -> until(stop, () -> {
            int met = 0;
            for (Iterator<CacheEntry> walk = current.get().iterator(); walk.hasNext(); ) {
                met += walk.next().key().hashCode() % 16 == 3 ? 1 : 0;
            }
            assertThat(met).isEqualTo(CHAIN);
        });

        together(List.of(finder, walker), stop, () -> {
            for (int round = 0; round < 60_000; round++) {
                EntryStore store = storeWithOneChain();
                current.set(store);
                for (int i = 0; i < 24; i++) {
                    store.insert(CacheEntry.eternal(new Key(-1 - i, i * 2), "filler"));
                }
            }
        });
    }

    private static final int CHAIN = EntryTable.LARGEST_CHAIN - 1;

    private static EntryStore storeWithOneChain() {
        EntryStore store = new HeapEntryStore();
        for (int i = 0; i < CHAIN; i++) {
            store.insert(CacheEntry.eternal(inChain(i), "lasting"));
        }
        return store;
    }

    /** All in the bin 3 of a table of 16 bins, in turn in the bins 3 and 19 of one of 32. */
    private static Key inChain(int i) {
        return new Key(i, 3 + i % 2 * 16);
    }

    /** Threads that add and take out the same keys agree on who added and who took out, and nothing is left behind. */
    @Test
    void addAndTakeOutConcurrently_everyEntryIsThereOnceOrGone() throws Exception {
        EntryStore store = new HeapEntryStore();
        AtomicBoolean stop = new AtomicBoolean();
        Set<CacheEntry> left = new HashSet<>();
        List<Callable<Long>> workers = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            int seed = thread;
            workers.add(() -> {
                Random random = new Random(seed);
                Set<CacheEntry> mine = new HashSet<>();
                long added = 0;
                for (int i = 0; i < 300_000; i++) {
                    int name = random.nextInt(40);
                    Key key = new Key(name, name / 5); // chains of up to five
                    CacheEntry present = store.find(key);
                    if (present == null) {
                        CacheEntry fresh = CacheEntry.eternal(key, seed);
                        if (store.insert(fresh) == null) {
                            mine.add(fresh);
                            added++;
                        }
                    } else if (mine.remove(present)) {
                        present.killUnlessHeld();
                        store.discard(present);
                        assertThat(store.find(key)).isNotSameAs(present);
                    }
                }
                synchronized (left) {
                    left.addAll(mine);
                }
                return added;
            });
        }

        together(workers, stop, () -> {});

        assertThat(new HashSet<>(met(store).values())).isEqualTo(left);
        assertThat(store.size()).isEqualTo(left.size());
    }

    /** Threads that each add and take out a key of their own, all in one bin, never lose each other's. */
    @Test
    void addAndTakeOutNeighbours_nobodysIsLost() throws Exception {
        EntryStore store = new HeapEntryStore();
        List<Callable<Long>> workers = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            Key mine = new Key(thread, 3);
            workers.add(() -> {
                for (int i = 0; i < 500_000; i++) {
                    CacheEntry fresh = CacheEntry.eternal(mine, "v");
                    assertThat(store.insert(fresh) == null).as("added").isTrue();
                    assertThat(store.find(mine) == fresh).as("found").isTrue();
                    store.discard(fresh);
                    assertThat(store.find(mine) == null).as("gone").isTrue();
                }
                return 0L;
            });
        }

        together(workers, new AtomicBoolean(), () -> {});

        assertThat(store.size()).isZero();
        assertThat(met(store)).isEmpty();
    }

    /** Of threads that add the same new keys at the same time, exactly one adds each. */
    @Test
    void insertTheSameKeyConcurrently_oneWins() throws Exception {
        int threads = 3;
        CyclicBarrier barrier = new CyclicBarrier(threads);
        EntryStore store = new HeapEntryStore();
        List<Callable<Long>> inserters = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            inserters.add(() -> {
                long won = 0;
                barrier.await();
                for (int i = 0; i < 200_000; i++) {
                    // Groups of 20 keys share a hash, and so a crowd.
                    if (store.insert(CacheEntry.eternal(new Key(i, i / 20), "v")) == null) {
                        won++;
                    }
                }
                return won;
            });
        }

        assertThat(together(inserters, new AtomicBoolean(), () -> {})).isEqualTo(200_000);
        assertThat(store.size()).isEqualTo(200_000);
        assertThat(met(store)).hasSize(200_000);
    }

    private static long until(AtomicBoolean stop, Runnable action) {
        long times = 0;
        do {
            action.run();
            times++;
        } while (!stop.get());
        return times;
    }

    /** Runs {@code others} in threads of their own while {@code work} runs here; returns the sum of what they return. */
    private static long together(List<Callable<Long>> others, AtomicBoolean stop, Runnable work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(others.size());
        try {
            List<Future<Long>> running = others.stream().map(threads::submit).toList();
            work.run();
            stop.set(true);
            long sum = 0;
            for (Future<Long> each : running) {
                sum += each.get(60, TimeUnit.SECONDS);
            }
            return sum;
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }
}
