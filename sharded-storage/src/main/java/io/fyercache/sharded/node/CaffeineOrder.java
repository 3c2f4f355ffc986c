package io.fyercache.sharded.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fyercache.core.store.GradualMaximum;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.replication.EvictionOrder;
import java.util.function.Consumer;

/**
 * The order of a bounded local cache, W-TinyLFU as Caffeine has it, for the entries that a member serves of a bounded cache: keys with their
 * weights, and no values. So a cache keeps the same entries, as far as it can, in one JVM or in a cluster. Thread-safe.
 */
final class CaffeineOrder implements EvictionOrder {
    /** Entries that are chosen in one step towards a smaller maximum, 200: each is an entry of a partition's log, which has to take others, too. */
    static final int CHOSEN_IN_STEP = 200;

    private final Cache<EntryKey, Integer> weights;
    private final GradualMaximum maximum;

    /**
     * Makes an order that knows no entry.
     *
     * @param first how heavy entries may be together
     * @param chosen is told, within a call, what is to go some time after it
     */
    CaffeineOrder(long first, Consumer<EntryKey> chosen) {
        weights = Caffeine.newBuilder()
                .maximumWeight(first)
                .<EntryKey, Integer>weigher((key, weight) -> weight)
                // What its own threads would do takes microseconds, and nobody waits for it but the next call.
                .executor(Runnable::run)
                .evictionListener((key, weight, cause) -> {
                    if (key != null) {
                        chosen.accept(key);
                    }
                })
                .build();
        this.maximum = new GradualMaximum(weights, CHOSEN_IN_STEP);
    }

    @Override
    public boolean approach(long target) {
        return maximum.approach(target);
    }

    @Override
    public void stored(EntryKey key, int weight) {
        weights.put(key, weight);
    }

    @Override
    public void used(EntryKey key) {
        // What is asked for counts as used.
        Integer unused = weights.getIfPresent(key);
    }

    @Override
    public void removed(EntryKey key) {
        weights.invalidate(key);
    }
}
