package io.fyercache.jpa;

import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedAttributeNode;
import jakarta.persistence.NamedEntityGraph;
import jakarta.persistence.OneToMany;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An entity with all kinds of attributes that may have to be loaded: players lazily, the rest eagerly. */
@Entity
@NamedEntityGraph(name = "team.players", attributeNodes = @NamedAttributeNode("players"))
class Team implements Serializable {
    @Id
    Long id;

    @Embedded
    Place place;

    @ElementCollection(fetch = FetchType.EAGER)
    Map<String, Integer> scores = new HashMap<>();

    @OneToMany(mappedBy = "team", cascade = CascadeType.ALL)
    List<Player> players = new ArrayList<>();

    protected Team() {}

    Team(Long id, Place place) {
        this.id = id;
        this.place = place;
    }

    Team with(long player, Player captain) {
        players.add(new Player(player, this, captain));
        return this;
    }

    /** Where it plays. */
    @Embeddable
    static class Place implements Serializable {
        String town;

        protected Place() {}

        Place(String town) {
            this.town = town;
        }
    }

    /** Its team is there whenever the team is; its captain may not be. */
    @Entity(name = "Player")
    static class Player implements Serializable {
        @Id
        Long id;

        @ManyToOne
        Team team;

        @ManyToOne(fetch = FetchType.LAZY)
        Player captain;

        protected Player() {}

        Player(Long id, Team team, Player captain) {
            this.id = id;
            this.team = team;
            this.captain = captain;
        }
    }
}
