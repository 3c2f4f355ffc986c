package io.fyercache.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.ObservedDataSource;
import io.fyercache.jdbc.mapping.MappingException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;

/** Entities are found by id, detached, and whole or not at all. */
class JpaCacheLoaderTest extends OnPersistenceUnits {

    private static JpaCacheLoader.Builder<Long, Person> people() {
        return JpaCacheLoader.builder(Long.class, Person.class).entityManagerFactory(unit.factory());
    }

    private static void insertPeople(long last) throws Exception {
        for (long id = 1; id <= last; id++) {
            unit.database().execute("insert into Person (id, name) values (?, ?)", id, "p" + id);
        }
    }

    @Test
    void load_isTheEntity_orNull() throws Exception {
        insertPeople(1);
        assertThat(people().build().load(1L).name).isEqualTo("p1");
        assertThat(people().build().load(2L)).isNull();
        assertThat(people().build().loadAll(List.of())).isEmpty();
    }

    @Test
    void loadAll_manyKeys_takesAQueryForEvery500() throws Exception {
        insertPeople(1002);
        var observed = new ObservedDataSource(unit.database().dataSource());
        try (var factory = PersistenceUnit.over(observed.dataSource())) {
            var loader = people().entityManagerFactory(factory).build();
            int before = observed.statements();
            Map<Long, Person> loaded =
                    loader.loadAll(LongStream.rangeClosed(1, 1200).boxed().toList());
            assertThat(loaded).hasSize(1002);
            assertThat(loaded)
                    .allSatisfy((id, person) -> assertThat(person.name).isEqualTo("p" + id));
            assertThat(observed.statements() - before).isEqualTo(3);
        }
    }

    @Test
    void load_changesNothing_thoughTheEntityChangesAsItIsLoaded() throws Exception {
        unit.database().execute("insert into Person (id, name) values (1, 'young')");
        assertThat(people().build().load(1L).name).isEqualTo("old");
        assertThat(unit.database().column("select name from Person")).containsExactly("young");
    }

    @Test
    void load_attributeIsNotLoaded_isRefusedWithItsName_andWithAGraphIsWhole() {
        unit.inTransaction(manager -> manager.persist(
                new Team(1L, new Team.Place("Ulm")).with(11, null).with(12, null)));
        var teams = JpaCacheLoader.builder(Long.class, Team.class).entityManagerFactory(unit.factory());
        var bare = teams.build();
        assertThatThrownBy(() -> bare.load(1L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage(
                        "cannot load entity Team, key 1: Team.players: not loaded (expected: loaded, as an entity in a cache"
                                + " can load nothing); fetch it eagerly or by entityGraph(...), or leave it out of the entity")
                .hasCauseInstanceOf(MappingException.class);

        Team team = teams.entityGraph("team.players").build().load(1L);
        assertThat(team.players)
                .hasSize(2)
                .allSatisfy(player -> assertThat(player.team).isSameAs(team));
        assertThat(team.place.town).isEqualTo("Ulm");
        assertThat(teams.build().loadAll(List.of(1L, 2L))).containsOnlyKeys(1L);
    }

    @Test
    void load_entityBehindTheEntityIsNotLoaded_isRefusedWithTheWayThere() {
        unit.inTransaction(manager -> {
            Team team = new Team(1L, new Team.Place("Ulm")).with(11, null);
            manager.persist(team);
            Team other = new Team(2L, new Team.Place("Bonn")).with(21, team.players.get(0));
            manager.persist(other);
        });
        var teams = JpaCacheLoader.builder(Long.class, Team.class)
                .entityManagerFactory(unit.factory())
                .entityGraph("team.players")
                .build();
        assertThatThrownBy(() -> teams.load(2L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key 2: Team.players.captain: not loaded");
        assertThat(teams.load(1L).players).hasSize(1);
    }

    @Test
    void load_idOfSeveralColumns_findsEach() {
        unit.inTransaction(manager -> {
            manager.persist(new Line(new Line.Place(1, 1), "a"));
            manager.persist(new Line(new Line.Place(1, 2), "b"));
            manager.persist(new Line.Note(1, 1, "c"));
        });
        var lines = JpaCacheLoader.builder(Line.Place.class, Line.class)
                .entityManagerFactory(unit.factory())
                .build();
        var asked = List.of(new Line.Place(1, 1), new Line.Place(1, 2), new Line.Place(2, 1));
        assertThat(lines.loadAll(asked)).hasSize(2);
        assertThat(lines.load(asked.get(1)).text).isEqualTo("b");
        var notes = JpaCacheLoader.builder(Line.Note.Key.class, Line.Note.class)
                .entityManagerFactory(unit.factory())
                .build();
        assertThat(notes.load(new Line.Note.Key(1, 1)).text).isEqualTo("c");
        assertThat(notes.load(new Line.Note.Key(1, 2))).isNull();
    }

    @Test
    void load_keyOfAnotherClass_saysWhich() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // as code without generics does
        CacheLoader<Object, Object> loader = (CacheLoader) people().build();
        assertThatThrownBy(() -> loader.load("1"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key: java.lang.String (expected: java.lang.Long");
        assertThatThrownBy(() -> loader.load(null))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key: null (expected: java.lang.Long");
    }

    @Test
    void load_databaseRefuses_namesEntityKeyAndState() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        var observed = new ObservedDataSource(unit.database().dataSource(), (method, sql) -> {
            if (method.startsWith("execute") && broken.get()) {
                throw new SQLException("connection reset", "08006");
            }
        });
        try (var factory = PersistenceUnit.over(observed.dataSource())) {
            var loader = people().entityManagerFactory(factory).build();
            broken.set(true);
            assertThatThrownBy(() -> loader.load(1L))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("cannot load entity Person, key 1: ")
                    .hasMessageContaining("SQLState 08006");
            assertThatThrownBy(() -> loader.loadAll(List.of(1L, 2L, 3L, 4L)))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("4 rows, keys 1; 2; 3 ...: ");
            var lines = JpaCacheLoader.builder(Line.Place.class, Line.class)
                    .entityManagerFactory(factory)
                    .build();
            assertThatThrownBy(() -> lines.load(new Line.Place(1, 1))).isInstanceOf(CacheLoaderException.class);
        }
    }

    @Test
    void load_noConnection_isAnError() throws Exception {
        var loader = people().build();
        try (var one = unit.database().dataSource().getConnection();
                var two = unit.database().dataSource().getConnection()) {
            assertThat(one.isValid(1) && two.isValid(1)).isTrue();
            assertThatThrownBy(() -> loader.load(1L)).isInstanceOf(CacheLoaderException.class);
        }
        assertThat(loader.load(1L)).isNull();
    }
}
