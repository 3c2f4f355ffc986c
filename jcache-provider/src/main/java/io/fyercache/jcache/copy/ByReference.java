package io.fyercache.jcache.copy;

import java.util.Map;

/** Store by reference: users and cache share keys and values. */
public enum ByReference implements EntryForm {
    /** The only instance: it has no state. */
    INSTANCE;

    @Override
    public Object keep(Object key) {
        return key;
    }

    @Override
    public boolean sameValue(Object stored, Object other) {
        return stored.equals(other);
    }

    @Override
    public Object toStored(Object value) {
        return value;
    }

    @Override
    public Object toUser(Object stored) {
        return stored;
    }

    @Override
    public Map<Object, Object> toUser(Map<Object, Object> stored) {
        return stored;
    }

    @Override
    public Object keyToUser(Object kept) {
        return kept;
    }
}
