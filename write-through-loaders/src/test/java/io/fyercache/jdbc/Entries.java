package io.fyercache.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.cache.Cache;

/** Entries as a provider hands them to a writer: without an equals, so that only identity tells them apart. */
public final class Entries {

    private Entries() {}

    public static <K, V> Cache.Entry<K, V> entry(K key, V value) {
        return new Cache.Entry<>() {
            @Override
            public K getKey() {
                return key;
            }

            @Override
            public V getValue() {
                return value;
            }

            @Override
            public <T> T unwrap(Class<T> type) {
                throw new IllegalArgumentException(type.getName());
            }
        };
    }

    /** Entries of these keys in an order of their own, as a provider passes them: mutable. */
    public static <K, V> Collection<Cache.Entry<? extends K, ? extends V>> of(List<K> keys, Function<K, V> value) {
        Collection<Cache.Entry<? extends K, ? extends V>> entries = new ArrayList<>();
        keys.forEach(key -> entries.add(entry(key, value.apply(key))));
        return entries;
    }

    public static <K> List<Object> keys(Collection<? extends Cache.Entry<? extends K, ?>> entries) {
        List<Object> keys = new ArrayList<>();
        entries.forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
