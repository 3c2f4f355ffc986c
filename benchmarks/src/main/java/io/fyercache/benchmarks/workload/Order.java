package io.fyercache.benchmarks.workload;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mutable value with ten fields, as a data access layer returns it.
 *
 * <p>Store by value has to copy it on each read and each write. Not safe for use by several threads.
 */
public final class Order implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long id;
    private final String customer;
    private String city;
    private final int quantity;
    private final int revision;
    private final long createdAtMillis;
    private final BigDecimal price;
    private final LocalDate deliveryDay;
    private final boolean paid;
    // Declared by class: Java serialization needs a serializable field type to pass the compiler's lint.
    private final ArrayList<String> tags;

    Order(long id, int revision) {
        this.id = id;
        this.customer = "customer-" + id;
        this.city = "city-" + id % 1_000;
        this.quantity = (int) (id % 100);
        this.revision = revision;
        this.createdAtMillis = 1_700_000_000_000L + id;
        this.price = BigDecimal.valueOf(1_999 + id, 2);
        this.deliveryDay = LocalDate.of(2026, 1, 1).plusDays(id % 365);
        this.paid = id % 2 == 0;
        this.tags = new ArrayList<>(List.of("retail", "tag-" + id % 10, "express"));
    }

    /** Returns what it is known by. */
    long number() {
        return id;
    }

    /** Changes the order in place, to see whether a cache kept this object or a copy of it. */
    public void moveTo(String newCity) {
        city = newCity;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Order that
                && id == that.id
                && quantity == that.quantity
                && revision == that.revision
                && createdAtMillis == that.createdAtMillis
                && paid == that.paid
                && customer.equals(that.customer)
                && city.equals(that.city)
                && price.equals(that.price)
                && deliveryDay.equals(that.deliveryDay)
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, revision, city);
    }

    @Override
    public String toString() {
        return "Order[" + id + ", revision " + revision + ", " + city + "]";
    }
}
