package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.TenantId;

/** Belongs to a tenant. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Note {
    @Id
    private long id;

    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @TenantId
    private String tenant;

    private String text;

    protected Note() {}

    public Note(long id, String text) {
        this.id = id;
        this.text = text;
    }

    public String text() {
        return text;
    }
}
