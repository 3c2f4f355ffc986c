package io.fyercache.core.bus.contract;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows of caches in one JVM, which count what is loaded. */
final class Database implements Rows {
    private final ConcurrentMap<String, Long> rows = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    ConcurrentMap<String, Long> rows() {
        return rows;
    }

    int loads() {
        return loads.get();
    }

    @Override
    public Long load(String name) {
        loads.incrementAndGet();
        return rows.get(name);
    }

    @Override
    public void store(String name, long value) {
        rows.put(name, value);
    }

    @Override
    public void delete(String name) {
        rows.remove(name);
    }
}
