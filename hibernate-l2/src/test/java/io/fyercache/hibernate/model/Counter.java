package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** READ_WRITE, without a version. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Counter {
    @Id
    private long id;

    private long hits;

    protected Counter() {}

    public Counter(long id) {
        this.id = id;
    }

    public long hits() {
        return hits;
    }

    public void hit() {
        hits++;
    }
}
