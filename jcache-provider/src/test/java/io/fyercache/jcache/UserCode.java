package io.fyercache.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** Loader, writer, listener and expiry policy of a cache, over a database that is a map; they note how they are called. */
final class UserCode {
    final Map<Object, Object> database = new HashMap<>();
    final List<String> loads = noted();
    final List<String> writes = noted();
    final List<String> events = noted();
    final List<String> expiries = noted();

    private static List<String> noted() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    void forget() {
        loads.clear();
        writes.clear();
        events.clear();
        expiries.clear();
    }

    final class Loader implements CacheLoader<Object, Object> {
        @Override
        public Object load(Object key) {
            loads.add("load " + key);
            return database.get(key);
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            Map<Object, Object> found = new HashMap<>();
            for (Object key : keys) {
                loads.add("load " + key);
                found.put(key, database.get(key));
            }
            return Collections.unmodifiableMap(found);
        }
    }

    final class Writer implements CacheWriter<Object, Object> {
        @Override
        public void write(Cache.Entry<?, ?> entry) {
            writes.add("write " + entry.getKey() + "=" + entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
            for (var all = entries.iterator(); all.hasNext(); all.remove()) {
                Cache.Entry<?, ?> entry = all.next();
                writes.add("writeAll " + entry.getKey() + "=" + entry.getValue());
            }
        }

        @Override
        public void delete(Object key) {
            writes.add("delete " + key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(key -> writes.add("deleteAll " + key));
            keys.clear();
        }
    }

    final class Listener
            implements CacheEntryCreatedListener<Object, Object>,
                    CacheEntryUpdatedListener<Object, Object>,
                    CacheEntryRemovedListener<Object, Object>,
                    CacheEntryExpiredListener<Object, Object> {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<?, ?>> all) {
            all.forEach(event -> events.add("CREATED " + event.getValue()));
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<?, ?>> all) {
            all.forEach(event -> events.add("UPDATED " + event.getOldValue() + ">" + event.getValue()));
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<?, ?>> all) {
            all.forEach(event -> events.add("REMOVED " + event.getOldValue()));
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<?, ?>> all) {
            all.forEach(event -> events.add("EXPIRED " + event.getOldValue()));
        }
    }

    /** A policy that is asked each time, and always gives the same time. */
    final class Policy implements ExpiryPolicy {
        private final javax.cache.expiry.Duration time;

        Policy(javax.cache.expiry.Duration time) {
            this.time = time;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            expiries.add("C");
            return time;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForAccess() {
            expiries.add("A");
            return time;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            expiries.add("U");
            return time;
        }
    }
}
