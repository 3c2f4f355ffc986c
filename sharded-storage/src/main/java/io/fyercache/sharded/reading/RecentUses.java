package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.MemberMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of caches with bounds have been read from copies lately, for their primaries to hear of (E5). It is a sample: when there is no more
 * room, the oldest gives way, and of two that are noted at the same time one may be lost. Any thread notes; one takes.
 */
public final class RecentUses {
    /** Entries. A member takes them with each heartbeat, and an order by frequency needs no more than some hundreds in a second. */
    static final int CAPACITY = MemberMessage.Used.MAX_KEYS;

    /** Bytes of a key: that many are told quickly. Whose keys are longer has its entries chosen by what the primaries see. */
    private static final int MAX_KEY_BYTES = 256;

    private final AtomicReferenceArray<@Nullable EntryKey> slots = new AtomicReferenceArray<>(CAPACITY);

    /** Not atomic: threads that count at the same time may take the same slot. */
    private int next;

    /** Notes a use. */
    public void note(EntryKey key) {
        if (key.key().bytes().length <= MAX_KEY_BYTES) {
            slots.setOpaque(next++ & (CAPACITY - 1), key);
        }
    }

    /** Returns what has been noted, and forgets it. */
    public List<EntryKey> take() {
        List<EntryKey> taken = new ArrayList<>();
        for (int slot = 0; slot < CAPACITY; slot++) {
            EntryKey key = slots.get(slot) == null ? null : slots.getAndSet(slot, null);
            if (key != null) {
                taken.add(key);
            }
        }
        return taken;
    }
}
