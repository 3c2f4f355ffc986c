package io.fyercache.jcache;

import io.fyercache.jcache.copy.EntryForm;
import java.util.Iterator;
import java.util.Map;
import javax.cache.Cache;

/** An iteration over a cache, in its users' terms; used by one thread. Ends with the cache. */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
    private final EngineCache<K, V> cache;
    private final Iterator<Map.Entry<Object, Object>> entries;
    private final EntryForm form;

    EntryIterator(EngineCache<K, V> cache, Iterator<Map.Entry<Object, Object>> entries, EntryForm form) {
        this.cache = cache;
        this.entries = entries;
        this.form = form;
    }

    @Override
    public boolean hasNext() {
        cache.requireOpen();
        return entries.hasNext();
    }

    // Only keys and values of the cache's types came in.
    @SuppressWarnings("unchecked")
    @Override
    public Cache.Entry<K, V> next() {
        cache.requireOpen();
        Map.Entry<Object, Object> entry = entries.next();
        return new EngineCacheEntry<>((K) form.keyToUser(entry.getKey()), (V) form.toUser(entry.getValue()));
    }

    @Override
    public void remove() {
        cache.requireOpen();
        entries.remove();
    }
}
