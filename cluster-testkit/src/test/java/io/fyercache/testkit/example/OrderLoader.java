package io.fyercache.testkit.example;

import io.fyercache.testkit.example.OrderRepository.Order;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.integration.CacheLoader;

/** Reads orders from the database. It runs where the order will be, in the process of a member, and finds the database from there. */
public final class OrderLoader implements CacheLoader<String, Order> {
    /** What all processes reach. */
    static final Map<String, Order> DATABASE = new ConcurrentHashMap<>();

    @Override
    public Order load(String number) {
        return DATABASE.get(number);
    }

    @Override
    public Map<String, Order> loadAll(Iterable<? extends String> numbers) {
        Map<String, Order> found = new HashMap<>();
        for (String number : numbers) {
            found.put(number, DATABASE.get(number));
        }
        return found;
    }
}
