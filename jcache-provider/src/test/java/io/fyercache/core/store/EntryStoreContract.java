package io.fyercache.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.KeyHold;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link EntryStore} does, bounded or not. The stores made here have room for at least ten entries. */
abstract class EntryStoreContract {

    /** Makes an empty store with room for at least ten entries. */
    abstract EntryStore emptyStore();

    @Test
    void find_unknownKey_null() {
        assertThat(emptyStore().find("k")).isNull();
    }

    @Test
    void insert_absent_findsIt() {
        EntryStore store = emptyStore();
        CacheEntry entry = CacheEntry.eternal("v");

        assertThat(store.insert("k", entry)).isNull();

        assertThat(store.find("k")).isSameAs(entry);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.weight()).isEqualTo(1);
    }

    @Test
    void insert_present_keepsTheFirst() {
        EntryStore store = emptyStore();
        CacheEntry first = CacheEntry.eternal("v");
        store.insert("k", first);

        assertThat(store.insert("k", CacheEntry.eternal("w"))).isSameAs(first);

        assertThat(store.find("k")).isSameAs(first);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void exchange_present_replaced() {
        EntryStore store = emptyStore();
        CacheEntry first = CacheEntry.eternal("v");
        CacheEntry second = CacheEntry.eternal("w");
        store.insert("k", first);

        store.exchange("k", first, second);

        assertThat(store.find("k")).isSameAs(second);
    }

    @Test
    void exchange_anotherEntryPresent_nothingHappens() {
        EntryStore store = emptyStore();
        CacheEntry first = CacheEntry.eternal("v");
        store.insert("k", first);

        store.exchange("k", CacheEntry.eternal("x"), CacheEntry.eternal("w"));

        assertThat(store.find("k")).isSameAs(first);
    }

    @Test
    void discard_present_gone() {
        EntryStore store = emptyStore();
        CacheEntry entry = CacheEntry.eternal("v");
        store.insert("k", entry);

        store.discard("k", entry);

        assertThat(store.find("k")).isNull();
        assertThat(store.size()).isZero();
        assertThat(store.weight()).isZero();
    }

    @Test
    void discard_anotherEntryPresent_stays() {
        EntryStore store = emptyStore();
        CacheEntry entry = CacheEntry.eternal("v");
        store.insert("k", entry);

        store.discard("k", CacheEntry.eternal("v"));

        assertThat(store.find("k")).isSameAs(entry);
    }

    @Test
    void changed_unknownEntry_notAdded() {
        EntryStore store = emptyStore();

        store.changed("k", CacheEntry.eternal("v"));

        assertThat(store.find("k")).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void heldEntry_isFoundAndCounted() {
        EntryStore store = emptyStore();
        CacheEntry held = CacheEntry.eternal(new KeyHold(null));

        store.insert("k", held);

        assertThat(store.find("k")).isSameAs(held);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void iterator_meetsEachOnce() {
        EntryStore store = emptyStore();
        Map<Object, CacheEntry> expected = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            CacheEntry entry = CacheEntry.eternal("v" + i);
            expected.put(i, entry);
            store.insert(i, entry);
        }

        assertThat(met(store)).isEqualTo(expected);
    }

    @Test
    void iterator_entriesDiscardedMeanwhile_goesOn() {
        EntryStore store = emptyStore();
        for (int i = 0; i < 10; i++) {
            store.insert(i, CacheEntry.eternal("v" + i));
        }

        int met = 0;
        for (Iterator<Map.Entry<Object, CacheEntry>> entries = store.iterator(); entries.hasNext(); ) {
            Map.Entry<Object, CacheEntry> next = entries.next();
            next.getValue().kill();
            store.discard(next.getKey(), next.getValue());
            met++;
        }

        assertThat(met).isEqualTo(10);
        assertThat(store.size()).isZero();
    }

    static Map<Object, CacheEntry> met(EntryStore store) {
        Map<Object, CacheEntry> met = new HashMap<>();
        store.iterator()
                .forEachRemaining(next -> assertThat(met.put(next.getKey(), next.getValue()))
                        .as("met before: " + next.getKey())
                        .isNull());
        return met;
    }
}
