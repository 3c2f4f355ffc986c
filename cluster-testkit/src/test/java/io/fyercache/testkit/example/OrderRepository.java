package io.fyercache.testkit.example;

import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;

/** Orders by their number, cached in front of a database: a class of an application, which knows JCache and nothing of clusters. */
final class OrderRepository {
    private final Cache<String, Order> cache;

    /** An order. */
    record Order(String number, int items) implements java.io.Serializable {}

    OrderRepository(CacheManager manager) {
        MutableConfiguration<String, Order> configuration = new MutableConfiguration<String, Order>()
                .setTypes(String.class, Order.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(OrderLoader.class)); // Each member makes its own.
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
