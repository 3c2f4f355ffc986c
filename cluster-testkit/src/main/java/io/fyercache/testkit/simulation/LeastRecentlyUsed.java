package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.replication.EvictionOrder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What was not used for longest goes next. Used by one thread. */
final class LeastRecentlyUsed implements EvictionOrder {
    private final Map<EntryKey, Integer> weights = new LinkedHashMap<>(16, 0.75f, true);
    private long maximum;
    private final Consumer<EntryKey> chosen;
    private long weight;

    /**
     * Makes an order.
     *
     * @param maximum how heavy entries may be together
     * @param chosen is told, within a call, what is to go some time after it
     */
    LeastRecentlyUsed(long maximum, Consumer<EntryKey> chosen) {
        this.maximum = maximum;
        this.chosen = chosen;
    }

    /** Returns what it knows. */
    Set<EntryKey> keys() {
        return weights.keySet();
    }

    @Override
    public void stored(EntryKey key, int newWeight) {
        removed(key);
        weights.put(key, newWeight);
        weight += newWeight;
        evict();
    }

    @Override
    public boolean approach(long next) {
        maximum = next;
        evict();
        return true;
    }

    private void evict() {
        Iterator<Map.Entry<EntryKey, Integer>> eldest = weights.entrySet().iterator();
        while (weight > maximum) {
            Map.Entry<EntryKey, Integer> next = eldest.next();
            eldest.remove();
            weight -= next.getValue();
            chosen.accept(next.getKey());
        }
    }

    @Override
    public void used(EntryKey key) {
        weights.get(key);
    }

    @Override
    public void removed(EntryKey key) {
        Integer before = weights.remove(key);
        weight -= before == null ? 0 : before;
    }
}
