package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.ManyToOne;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;

/** Of a club, with the same identifiers and in the same region as clubs; some are captains. */
@Entity
@Inheritance
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "sports")
@FilterDef(name = "country", parameters = @ParamDef(name = "code", type = String.class))
@Filter(name = "country", condition = "country = :code")
public class Player {
    /** Where somebody is from. */
    @Embeddable
    public record Origin(String country, String town) {}

    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @Id
    private long id;

    private String name;

    @Embedded
    private Origin origin;

    @ManyToOne
    private Club club;

    protected Player() {}

    public Player(long id, String name, Origin origin, Club club) {
        this.id = id;
        this.name = name;
        this.origin = origin;
        this.club = club;
    }

    public String name() {
        return name;
    }

    public Origin origin() {
        return origin;
    }

    public Club club() {
        return club;
    }

    public void moveTo(Club next) {
        club = next;
    }
}
