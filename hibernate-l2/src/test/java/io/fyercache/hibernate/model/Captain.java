package io.fyercache.hibernate.model;

import jakarta.persistence.Entity;

/** A kind of player, cached as players are. */
@Entity
public class Captain extends Player {
    private int since;

    protected Captain() {}

    public Captain(long id, String name, Origin origin, Club club, int since) {
        super(id, name, origin, club);
        this.since = since;
    }

    public int since() {
        return since;
    }
}
