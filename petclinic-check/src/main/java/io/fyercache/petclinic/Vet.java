package io.fyercache.petclinic;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Whoever treats. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
public class Vet {
    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;

    /** For Hibernate. */
    // Hibernate sets the fields.
    @SuppressWarnings("NullAway.Init")
    protected Vet() {}

    // The database gives the identifier.
    @SuppressWarnings("NullAway.Init")
    public Vet(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }
}
