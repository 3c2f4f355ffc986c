package io.fyercache.testkit.example;

import io.fyercache.testkit.example.OrderRepository.Order;
import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Adds an item to an order, and returns how many there are. It runs where the order is. */
final class AddItem implements EntryProcessor<String, Order, Integer>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer process(MutableEntry<String, Order> entry, Object... arguments) {
        Order order = entry.getValue();
        entry.setValue(new Order(order.number(), order.items() + 1));
        return order.items() + 1;
    }
}
