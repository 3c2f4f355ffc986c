package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Captain;
import io.fyercache.hibernate.model.Club;
import io.fyercache.hibernate.model.League;
import io.fyercache.hibernate.model.Player;
import io.fyercache.hibernate.model.Player.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entities that refer to others: their collections, kinds of one entity, and several entities in one region. */
class AssociationsTest {
    static final List<Class<?>> SPORTS = List.of(Club.class, Player.class, Captain.class, League.class);

    private static final Origin BERN = new Origin("CH", "Bern");

    private final CachedDatabase database = CachedDatabase.open(
            Map.of(
                    "hibernate.cache.auto_evict_collection_cache", true,
                    "hibernate.cache.use_structured_entries", true,
                    "hibernate.cache.use_reference_entries", true),
            SPORTS);

    @BeforeEach
    void persistTwoClubs() {
        database.run(session -> {
            Club club = new Club(1);
            League league = new League("first");
            club.leagues().add(league);
            session.persist(league);
            session.persist(club);
            session.persist(new Club(2));
            session.persist(new Player(1, "Ada", BERN, club));
            session.persist(new Captain(2, "Grace", BERN, club, 1906));
        });
        assertThat(players(1)).isEqualTo(2);
        assertThat(players(2)).isZero();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int players(long club) {
        return database.call(session -> session.find(Club.class, club).players().size());
    }

    private int leagues(long club) {
        return database.call(session -> session.find(Club.class, club).leagues().size());
    }

    @Test
    void collection_isReadWithoutAStatement() {
        assertThat(database.statementsOf(session ->
                        assertThat(session.find(Club.class, 1).players()).hasSize(2)))
                .isZero();
    }

    @Test
    void collection_anElementIsInserted_isNew() {
        database.run(session -> session.persist(new Player(3, "Joan", BERN, session.getReference(Club.class, 1))));

        assertThat(players(1)).isEqualTo(3);
    }

    @Test
    void collection_anElementIsRemoved_isNew() {
        database.run(session -> session.remove(session.find(Player.class, 1)));

        assertThat(players(1)).isOne();
    }

    @Test
    void collection_anElementMovesToAnother_bothAreNew() {
        database.run(session -> session.find(Player.class, 1).moveTo(session.getReference(Club.class, 2)));

        assertThat(players(1)).isOne();
        assertThat(players(2)).isOne();
    }

    @Test
    void collection_anElementBelongsToNobodyAnyMore_isNew() {
        database.run(session -> session.find(Player.class, 1).moveTo(null));

        assertThat(players(1)).isOne();
    }

    @Test
    void manyToMany_isNewAfterAChange_andReadWithoutAStatement() {
        assertThat(leagues(1)).isOne();
        database.run(session -> {
            League second = new League("second");
            session.persist(second);
            session.find(Club.class, 1).leagues().add(second);
        });

        assertThat(leagues(1)).isEqualTo(2);
        assertThat(database.statementsOf(session ->
                        assertThat(session.find(Club.class, 1).leagues()).hasSize(2)))
                .isZero();
    }

    @Test
    void association_isFollowedWithoutAStatement() {
        assertThat(database.statementsOf(session -> assertThat(
                                session.find(Player.class, 1).club().players())
                        .hasSize(2)))
                .isZero();
    }

    @Test
    void kindOfAnEntity_isFoundByItsRoot_withAllThatItHas() {
        assertThat(database.statementsOf(session -> {
                    Player found = session.find(Player.class, 2);
                    assertThat(found).isInstanceOf(Captain.class);
                    assertThat(((Captain) found).since()).isEqualTo(1906);
                    assertThat(found.origin()).isEqualTo(BERN);
                }))
                .isZero();
        assertThat(database.<Captain>call(session -> session.find(Captain.class, 1)))
                .isNull();
    }

    @Test
    void entitiesOfOneRegion_withOneIdentifier_areNotTakenForEachOther() {
        assertThat(database.statementsOf(session -> {
                    assertThat(session.find(Club.class, 1).players()).hasSize(2);
                    assertThat(session.find(Player.class, 1).name()).isEqualTo("Ada");
                }))
                .isZero();
    }

    @Test
    void evictionOfAnEntity_leavesTheOthersOfItsRegion() {
        database.factory().getCache().evictEntityData(Club.class, 1L);

        assertThat(database.factory().getCache().containsEntity(Club.class, 1L)).isFalse();
        assertThat(database.factory().getCache().containsEntity(Player.class, 1L))
                .isTrue();
    }

    @Test
    void referenceEntry_isOneObjectInAllSessions() {
        League one = database.call(session -> session.find(League.class, "first"));
        League other = database.call(session -> session.find(League.class, "first"));

        assertThat(one.name()).isEqualTo("first");
        assertThat(other).isSameAs(one);
    }
}
