package io.fyercache.benchmarks.contestant;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An entity whose state says which change made it. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class NumberedRow {
    @Id
    private long id;

    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @Version
    private int version;

    private long number;

    /** For Hibernate, which sets the fields. */
    protected NumberedRow() {}

    NumberedRow(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    long number() {
        return number;
    }

    void become(long changed) {
        number = changed;
    }
}
