package io.fyercache.core.engine.contract;

import io.fyercache.core.engine.EntryWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A database for tests: writes down what it is told, and refuses the keys it is told to refuse. */
public final class RecordingWriter implements EntryWriter {
    public final List<String> told = Collections.synchronizedList(new ArrayList<>());
    public final Set<Object> refused = ConcurrentHashMap.newKeySet();
    public final Map<Object, Object> rows = new ConcurrentHashMap<>();
    public volatile Supplier<Throwable> failure = () -> new IllegalStateException("refused");

    @Override
    public void write(Object key, Object value) {
        told.add("write " + key + "=" + value);
        check(key);
        rows.put(key, value);
    }

    @Override
    public void writeAll(Map<Object, Object> entries) {
        told.add("writeAll " + new TreeMap<>(entries));
        entries.entrySet().removeIf(entry -> {
            if (refused.contains(entry.getKey())) {
                return false;
            }
            rows.put(entry.getKey(), entry.getValue());
            return true;
        });
        if (!entries.isEmpty()) {
            fail();
        }
    }

    @Override
    public void delete(Object key) {
        told.add("delete " + key);
        check(key);
        rows.remove(key);
    }

    @Override
    public void deleteAll(Set<Object> keys) {
        told.add("deleteAll " + new TreeSet<>(keys));
        keys.removeIf(key -> {
            if (refused.contains(key)) {
                return false;
            }
            rows.remove(key);
            return true;
        });
        if (!keys.isEmpty()) {
            fail();
        }
    }

    private void check(Object key) {
        if (refused.contains(key)) {
            fail();
        }
    }

    private void fail() {
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
