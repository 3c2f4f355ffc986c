package io.fyercache.jcache;

import io.fyercache.jcache.copy.EntryForm;
import java.util.Iterator;
import java.util.Map;
import javax.cache.Cache;

/** An iteration over a cache, in its users' terms; used by one thread. Ends with the cache. */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
    private final CacheLifecycle<K, V> lifecycle;
    private final Iterator<Map.Entry<Object, Object>> entries;
    private final EntryForm form;

    EntryIterator(CacheLifecycle<K, V> lifecycle, Iterator<Map.Entry<Object, Object>> entries, EntryForm form) {
        this.lifecycle = lifecycle;
        this.entries = entries;
        this.form = form;
    }

    @Override
    public boolean hasNext() {
        lifecycle.requireOpen();
        return entries.hasNext();
    }

    // Only keys and values of the cache's types came in.
    @SuppressWarnings("unchecked")
    @Override
    public Cache.Entry<K, V> next() {
        lifecycle.requireOpen();
        Map.Entry<Object, Object> entry = entries.next();
        return new EngineCacheEntry<>((K) form.keyToUser(entry.getKey()), (V) form.toUser(entry.getValue()));
    }

    @Override
    public void remove() {
        lifecycle.requireOpen();
        entries.remove();
    }
}
