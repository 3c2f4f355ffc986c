package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;

/** READ_ONLY. */
@Entity
@Cacheable
@Immutable
@Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
public class Country {
    @Id
    private String code;

    private String name;

    protected Country() {}

    public Country(String code, String name) {
        this.code = code;
        this.name = name;
    }

    public String name() {
        return name;
    }
}
