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
        CacheEntry entry = CacheEntry.eternal("k", "v");

        assertThat(store.insert(entry)).isNull();

        assertThat(store.find("k")).isSameAs(entry);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.weight()).isEqualTo(1);
    }

    @Test
    void insert_present_keepsTheFirst() {
        EntryStore store = emptyStore();
        CacheEntry first = CacheEntry.eternal("k", "v");
        store.insert(first);

        assertThat(store.insert(CacheEntry.eternal("k", "w"))).isSameAs(first);

        assertThat(store.find("k")).isSameAs(first);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void exchange_present_replaced() {
        EntryStore store = emptyStore();
        CacheEntry first = CacheEntry.eternal("k", "v");
        CacheEntry second = CacheEntry.eternal("k", "w");
        store.insert(first);

        store.exchange(first, second);

        assertThat(store.find("k")).isSameAs(second);
    }

    @Test
    void exchange_anotherEntryPresent_nothingHappens() {
        EntryStore store = emptyStore();
        CacheEntry first = CacheEntry.eternal("k", "v");
        store.insert(first);

        store.exchange(CacheEntry.eternal("k", "x"), CacheEntry.eternal("k", "w"));

        assertThat(store.find("k")).isSameAs(first);
    }

    @Test
    void discard_present_gone() {
        EntryStore store = emptyStore();
        CacheEntry entry = CacheEntry.eternal("k", "v");
        store.insert(entry);

        store.discard(entry);

        assertThat(store.find("k")).isNull();
        assertThat(store.size()).isZero();
        assertThat(store.weight()).isZero();
    }

    @Test
    void discard_anotherEntryPresent_stays() {
        EntryStore store = emptyStore();
        CacheEntry entry = CacheEntry.eternal("k", "v");
        store.insert(entry);

        store.discard(CacheEntry.eternal("k", "v"));

        assertThat(store.find("k")).isSameAs(entry);
    }

    @Test
    void changed_unknownEntry_notAdded() {
        EntryStore store = emptyStore();

        store.changed(CacheEntry.eternal("k", "v"));

        assertThat(store.find("k")).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void heldEntry_isFoundAndCounted() {
        EntryStore store = emptyStore();
        CacheEntry held = held("k", "v");

        store.insert(held);

        assertThat(store.find("k")).isSameAs(held);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void iterator_meetsEachOnce() {
        EntryStore store = emptyStore();
        Map<Object, CacheEntry> expected = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            CacheEntry entry = CacheEntry.eternal(i, "v" + i);
            expected.put(i, entry);
            store.insert(entry);
        }

        assertThat(met(store)).isEqualTo(expected);
    }

    @Test
    void iterator_entriesDiscardedMeanwhile_goesOn() {
        EntryStore store = emptyStore();
        for (int i = 0; i < 10; i++) {
            store.insert(CacheEntry.eternal(i, "v" + i));
        }

        int met = 0;
        for (Iterator<CacheEntry> entries = store.iterator(); entries.hasNext(); ) {
            CacheEntry next = entries.next();
            next.killUnlessHeld();
            store.discard(next);
            met++;
        }

        assertThat(met).isEqualTo(10);
        assertThat(store.size()).isZero();
    }

    /** Makes an entry that is held and shows {@code value}. */
    static CacheEntry held(Object key, Object value) {
        CacheEntry entry = CacheEntry.eternal(key, value);
        assertThat(entry.take(new KeyHold())).isNotNull();
        return entry;
    }

    static Map<Object, CacheEntry> met(EntryStore store) {
        Map<Object, CacheEntry> met = new HashMap<>();
        store.iterator()
                .forEachRemaining(next -> assertThat(met.put(next.key(), next))
                        .as("met before: " + next.key())
                        .isNull());
        return met;
    }
}
