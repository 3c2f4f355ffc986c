package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;

/** READ_ONLY, and without associations, so that Hibernate can keep the entity itself. */
@Entity
@Immutable
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
public class League {
    @Id
    private String name;

    protected League() {}

    public League(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
