package io.fyercache.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.CacheEntry;
import org.junit.jupiter.api.Test;

class HeapEntryStoreTest extends EntryStoreContract {

    @Override
    EntryStore emptyStore() {
        return new HeapEntryStore();
    }

    @Test
    void neverEvicts() {
        EntryStore store = new HeapEntryStore();

        for (int i = 0; i < 10_000; i++) {
            store.insert(i, CacheEntry.eternal(i));
        }

        assertThat(store.size()).isEqualTo(10_000);
    }
}
