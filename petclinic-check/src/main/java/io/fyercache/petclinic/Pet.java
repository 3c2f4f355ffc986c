package io.fyercache.petclinic;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Whoever is treated. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Pet {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY)
    private Owner owner;

    @OneToMany(mappedBy = "pet", cascade = CascadeType.ALL)
    @OrderBy("day")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private List<Visit> visits = new ArrayList<>();

    /** For Hibernate. */
    // Hibernate sets the fields.
    @SuppressWarnings("NullAway.Init")
    protected Pet() {}

    // The database gives the identifier.
    @SuppressWarnings("NullAway.Init")
    Pet(String name, Owner owner) {
        this.name = name;
        this.owner = owner;
    }

    public Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public Owner getOwner() {
        return owner;
    }

    public List<Visit> getVisits() {
        return visits;
    }

    /** Adds a visit of this pet. */
    public void visits(LocalDate day, String reason) {
        visits.add(new Visit(this, day, reason));
    }
}
