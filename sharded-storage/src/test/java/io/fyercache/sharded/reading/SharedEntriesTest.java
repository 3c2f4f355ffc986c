package io.fyercache.sharded.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedEntriesTest {
    private static final int CACHE = 3;

    /** Of the number from which an entry's place follows: so many chains have the tables of this test at most. */
    private static final int PLACE_BITS = 0x3FF;

    private static final int READERS = 2;
    private static final int STAYING = 64;
    private static final int COMING = 20_000;

    private final SharedEntries entries = new SharedEntries();

    private static EntryKey key(int cache, int number) {
        return new EntryKey(
                cache,
                new EncodedKey(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()));
    }

    private static StoredEntry entry(long number) {
        return new StoredEntry(
                new EncodedValue(ByteBuffer.allocate(Long.BYTES).putLong(number).array()), number);
    }

    private static long number(StoredEntry entry) {
        long number = ByteBuffer.wrap(entry.value().bytes()).getLong();
        assertThat(entry.deadlineMillis())
                .as("value and deadline of one change")
                .isEqualTo(number);
        return number;
    }

    private Map<EntryKey, StoredEntry> all() {
        Map<EntryKey, StoredEntry> all = new HashMap<>();
        for (int bucket = 0; bucket < KeyHash.BUCKETS; bucket++) {
            int place = bucket;
            entries.bucket(bucket).forEach(each -> {
                assertThat(each.key().bucket()).isEqualTo(place);
                assertThat(each.cache()).isEqualTo(each.key().cache());
                assertThat(all.put(each.key(), each.entry())).isNull();
            });
        }
        return all;
    }

    private int size() {
        int size = 0;
        for (int bucket = 0; bucket < KeyHash.BUCKETS; bucket++) {
            size += entries.bucket(bucket).size();
        }
        return size;
    }

    /** Few keys are taken out all the time, many fill the tables and are seldom. */
    @ParameterizedTest
    @ValueSource(ints = {20, 1_000, 20_000})
    void entriesThatComeAndGo_areWhatAMapHas(int keys) {
        Random random = new Random(keys);
        Map<EntryKey, StoredEntry> expected = new HashMap<>();

        for (int step = 0; step < 60_000; step++) {
            EntryKey key = key(random.nextInt(3), random.nextInt(keys));
            if (random.nextInt(3) == 0) {
                entries.remove(key);
                expected.remove(key);
            } else {
                StoredEntry next = entry(step);
                assertThat(entries.put(key, next)).isEqualTo(expected.put(key, next));
            }
            assertThat(entries.find(key)).isEqualTo(expected.get(key));
        }

        assertThat(all()).isEqualTo(expected);
        assertThat(size()).isEqualTo(expected.size());
        for (int cache = 0; cache < 3; cache++) {
            for (int number = 0; number < keys; number++) {
                assertThat(entries.find(key(cache, number))).isEqualTo(expected.get(key(cache, number)));
            }
        }
        List.copyOf(expected.keySet()).forEach(entries::remove);
        assertThat(size()).isZero();
    }

    /** Returns keys of one bucket that are in one chain, however many others there are. */
    private static List<EntryKey> keysOfOneChain(int count) {
        EntryKey first = key(CACHE, 0);
        List<EntryKey> keys = new ArrayList<>();
        for (int number = 0; keys.size() < count; number++) {
            EntryKey key = key(CACHE, number);
            boolean isThere = (KeptEntry.spread(key) & PLACE_BITS) == (KeptEntry.spread(first) & PLACE_BITS);
            if (key.bucket() == first.bucket() && isThere) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Test
    void keysThatCollide_areFoundAndTakenOut_likeAnyOthers() {
        List<EntryKey> keys = keysOfOneChain(3 * EntryBucket.LONGEST_CHAIN);
        keys.forEach(key -> assertThat(entries.put(key, entry(1))).isNull());
        keys.forEach(key -> assertThat(entries.put(key, entry(2))).isEqualTo(entry(1)));
        assertThat(all()).containsOnlyKeys(keys);

        for (int place = 0; place < keys.size(); place += 2) {
            entries.remove(keys.get(place));
        }
        for (int place = 0; place < keys.size(); place++) {
            assertThat(entries.find(keys.get(place))).isEqualTo(place % 2 == 0 ? null : entry(2));
        }
        assertThat(size()).isEqualTo(keys.size() / 2);
        // Those in the chain made room, and others take it: none is there twice.
        keys.forEach(key -> entries.put(key, entry(3)));
        assertThat(all()).containsOnlyKeys(keys).containsValues(entry(3)).hasSize(keys.size());
        keys.forEach(entries::remove);
        assertThat(size()).isZero();
    }

    /** What stays is found at any time, and never as it was before; what is found has a value and a deadline of one change. */
    @Test
    @Timeout(60)
    void othersReadWhileEntriesChange_findWhatIsThere_andNeverGoBack() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            for (int round = 0; round < 20; round++) {
                othersReadWhileEntriesChange(threads);
            }
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void othersReadWhileEntriesChange(ExecutorService threads) throws Exception {
        SharedEntries shared = new SharedEntries();
        for (int number = 0; number < STAYING; number++) {
            shared.put(key(CACHE, number), entry(0));
        }
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> readers = new ArrayList<>();
        CountDownLatch reading = new CountDownLatch(READERS);
        try {
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(threads.submit(() -> {
                    reading.countDown();
                    readWhatStays(shared, over);
                }));
            }
            reading.await();
            changeWhatStays(shared);
        } finally {
            over.set(true);
        }
        for (Future<?> reader : readers) {
            reader.get();
        }
    }

    /** Others come between them in their chains, until all tables have grown, and go. */
    private static void changeWhatStays(SharedEntries shared) {
        for (int number = STAYING; number < COMING; number++) {
            shared.put(key(CACHE, number), entry(0));
            shared.put(key(CACHE, number % STAYING), entry(number));
        }
        for (int number = STAYING; number < COMING; number++) {
            shared.remove(key(CACHE, number));
        }
    }

    private static void readWhatStays(SharedEntries shared, AtomicBoolean over) {
        long[] found = new long[STAYING];
        while (!over.get()) {
            for (int number = 0; number < STAYING; number++) {
                StoredEntry entry = shared.find(key(CACHE, number));
                assertThat(entry).as("entry %d, which stays", number).isNotNull();
                long next = number(entry);
                assertThat(next).isGreaterThanOrEqualTo(found[number]);
                found[number] = next;
            }
        }
    }
}
