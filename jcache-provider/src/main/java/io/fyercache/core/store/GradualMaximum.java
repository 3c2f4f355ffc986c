package io.fyercache.core.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;

/**
 * The maximum of a Caffeine cache on its way to another one. A smaller one makes Caffeine evict all that is too much in one go, by the thread that says so and
 * with others waiting: here it is done in steps of about as many entries as that takes no time worth mentioning. Steps are for one thread at a time.
 */
public final class GradualMaximum {
    private final Cache<?, ?> cache;
    private final long entriesInStep;

    /**
     * Changes nothing yet.
     *
     * @param cache has a maximum
     * @param entriesInStep how many entries a step evicts, about; at least 1
     */
    public GradualMaximum(Cache<?, ?> cache, long entriesInStep) {
        this.cache = cache;
        this.entriesInStep = entriesInStep;
    }

    /**
     * Takes a step towards a maximum.
     *
     * @param maximum at least 1
     * @return whether it is reached
     */
    public boolean approach(long maximum) {
        Policy.Eviction<?, ?> eviction = cache.policy().eviction().orElseThrow();
        long entries = Math.max(1, cache.estimatedSize());
        long weight = eviction.weightedSize().orElse(entries);
        long weightInStep = Math.max(1, (long) Math.ceil((double) weight / entries * entriesInStep));
        long next = Math.max(maximum, weight - weightInStep);
        if (next != eviction.getMaximum()) {
            eviction.setMaximum(next);
        }
        return next == maximum;
    }
}
