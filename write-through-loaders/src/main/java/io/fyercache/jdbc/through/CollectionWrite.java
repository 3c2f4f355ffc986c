package io.fyercache.jdbc.through;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a writer does with the elements of a collection, entries or keys.
 *
 * <p>They are written in the order of their keys, whatever the collection's: two batches that have rows in common then lock them in the same
 * order, and neither can be the other's deadlock. Elements of equal keys keep their order.
 *
 * @param <E> the elements
 * @param <K> their keys as messages show them
 * @param <T> what is written or deleted
 * @param order by keys, the same for all that write to a table
 */
public record CollectionWrite<E, K, T>(Function<E, K> toKey, BiFunction<K, E, T> toItem, Comparator<? super T> order) {

    /** A collection of one element, which can be removed from it. */
    public static <E> List<E> one(E element) {
        List<E> list = new ArrayList<>(1);
        list.add(element);
        return list;
    }

    /**
     * Has the elements written, and removes from the collection exactly those that were.
     *
     * @param write writes what it is given, and tells {@code progress}; it throws nothing
     * @throws javax.cache.integration.CacheWriterException if at least one was not written
     */
    public void run(Collection<? extends E> elements, WriteProgress<K> progress, Consumer<List<Numbered<K, T>>> write) {
        List<Numbered<K, T>> items = new ArrayList<>();
        int number = 0;
        for (E element : elements) {
            K key = null;
            try {
                key = toKey.apply(element);
                items.add(new Numbered<>(number, key, toItem.apply(key, element)));
            } catch (RuntimeException e) {
                // A key or value that does not fit, or what the user's record or function throws.
                progress.unmapped(number, key, e);
            }
            number++;
        }
        if (!items.isEmpty()) {
            items.sort(Comparator.comparing(Numbered::item, order));
            write.accept(items);
        }
        progress.removeWritten(elements);
        progress.throwIfAnyFailed();
    }
}
