package io.fyercache.petclinic;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.LocalDate;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;

/** A day on which a pet was there, and why. Never changed. */
@Entity
@Immutable
@Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
public class Visit {
    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @ManyToOne(fetch = FetchType.LAZY)
    private Pet pet;

    // The word is one of SQL's.
    @Column(name = "visit_day")
    private LocalDate day;

    private String reason;

    /** For Hibernate. */
    // Hibernate sets the fields.
    @SuppressWarnings("NullAway.Init")
    protected Visit() {}

    // The database gives the identifier.
    @SuppressWarnings("NullAway.Init")
    Visit(Pet pet, LocalDate day, String reason) {
        this.pet = pet;
        this.day = day;
        this.reason = reason;
    }

    public LocalDate getDay() {
        return day;
    }

    public String getReason() {
        return reason;
    }
}
