package io.fyercache.testkit.example;

import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;

/** Orders by their number, cached in front of a database: a class of an application, which knows JCache and nothing of clusters. */
final class OrderRepository {
    private final Cache<String, Order> cache;

    /** An order. */
    record Order(String number, int items) implements java.io.Serializable {}

    OrderRepository(CacheManager manager, Map<String, Order> database) {
        MutableConfiguration<String, Order> configuration = new MutableConfiguration<String, Order>()
                .setTypes(String.class, Order.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> new CacheLoader<>() {
                    @Override
                    public Order load(String number) {
                        return database.get(number);
                    }

                    @Override
                    public Map<String, Order> loadAll(Iterable<? extends String> numbers) {
                        throw new UnsupportedOperationException("loadAll");
                    }
                });
        this.cache = manager.createCache("orders", configuration);
    }

    Order find(String number) {
        return cache.get(number);
    }

    /** Adds an item to an order, once. */
    int addItem(String number) {
        return cache.invoke(number, new AddItem());
    }
}
