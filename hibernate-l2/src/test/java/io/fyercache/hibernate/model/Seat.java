package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** With a composite identifier, which is a record. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Seat {
    /** Where it is. */
    @Embeddable
    public record Place(
            @Column(name = "line") int row,
            @Column(name = "chair") String letter) {}

    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @EmbeddedId
    private Place place;

    private String guest;

    protected Seat() {}

    public Seat(Place place, String guest) {
        this.place = place;
        this.guest = guest;
    }

    public String guest() {
        return guest;
    }
}
