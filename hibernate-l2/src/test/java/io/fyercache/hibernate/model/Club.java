package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToMany;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** With players, who know which club is theirs, and with leagues, which do not. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "sports")
public class Club {
    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @Id
    private long id;

    @OneToMany(mappedBy = "club")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<Player> players = new HashSet<>();

    @ManyToMany
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<League> leagues = new HashSet<>();

    protected Club() {}

    public Club(long id) {
        this.id = id;
    }

    public Set<Player> players() {
        return players;
    }

    public Set<League> leagues() {
        return leagues;
    }
}
