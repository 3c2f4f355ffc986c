package io.fyercache.benchmarks.secondlevel;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An entity as many are: an identifier, a version and a few columns. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = Product.REGION)
public class Product {
    static final String REGION = "products";

    @Id
    private long id;

    // Hibernate reads them, here and below.
    @SuppressWarnings("UnusedVariable")
    @Version
    private int version;

    @SuppressWarnings("UnusedVariable")
    private String name;

    @SuppressWarnings("UnusedVariable")
    private BigDecimal price;

    @SuppressWarnings("UnusedVariable")
    private LocalDate since;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Product() {}

    Product(long id) {
        this.id = id;
        this.name = "product " + id;
        this.price = BigDecimal.valueOf(id, 2);
        this.since = LocalDate.of(2026, 1, 1).plusDays(id % 100);
    }

    long id() {
        return id;
    }
}
