package io.fyercache.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.store.EntryStore;
import io.fyercache.core.store.HeapEntryStore;
import io.fyercache.core.time.SystemClock;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyHoldsTest {

    /** As when the stack or the memory runs out while the store counts what it has just linked. */
    @Test
    void acquire_storeFailsAfterItInserted_keyIsFree() throws Exception {
        FailingStore store = new FailingStore();
        KeyHolds holds = new KeyHolds(
                store, StoredForm.BY_REFERENCE, new EntryMaker(Expiry.ETERNAL, SystemClock.INSTANCE), new HoldWaits());
        store.failing = true;
        assertThatThrownBy(() -> holds.acquire("k")).isInstanceOf(StackOverflowError.class);
        store.failing = false;

        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            threads.submit(() -> holds.release(holds.acquire("k"))).get(10, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }

        assertThat(store.size()).isZero();
    }

    private static final class FailingStore implements EntryStore {
        private final EntryStore store = new HeapEntryStore();
        private volatile boolean failing;

        @Override
        public CacheEntry insert(CacheEntry fresh) {
            CacheEntry present = store.insert(fresh);
            if (failing) {
                throw new StackOverflowError("test");
            }
            return present;
        }

        @Override
        public CacheEntry find(Object key) {
            return store.find(key);
        }

        @Override
        public void exchange(CacheEntry present, CacheEntry fresh) {
            store.exchange(present, fresh);
        }

        @Override
        public void discard(CacheEntry dead) {
            store.discard(dead);
        }

        @Override
        public void changed(CacheEntry entry) {
            store.changed(entry);
        }

        @Override
        public long size() {
            return store.size();
        }

        @Override
        public long weight() {
            return store.weight();
        }

        @Override
        public boolean approach(long maximum) {
            return store.approach(maximum);
        }

        @Override
        public Iterator<CacheEntry> iterator() {
            return store.iterator();
        }
    }
}
