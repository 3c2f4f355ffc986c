package io.fyercache.jpa;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fyercache.jdbc.Entries;
import io.fyercache.jdbc.ObservedDataSource;
import io.fyercache.jdbc.VersionConflictException;
import io.fyercache.jdbc.mapping.MappingException;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

/** JSR-107's contract of a writer, where entities are refused. */
class JpaCacheWriterTest extends OnPersistenceUnits {

    private static JpaCacheWriter.Builder<Long, Person> people(EntityManagerFactory factory) {
        return JpaCacheWriter.builder(Long.class, Person.class).entityManagerFactory(factory);
    }

    private static JpaCacheWriter<Long, Person> people() {
        return people(unit.factory()).build();
    }

    private static JpaCacheWriter<Long, Account> accounts() {
        return JpaCacheWriter.builder(Long.class, Account.class)
                .entityManagerFactory(unit.factory())
                .build();
    }

    /** People with these ids; the refused ones have names that are too long. */
    private static Collection<Cache.Entry<? extends Long, ? extends Person>> people(long last, Long... refused) {
        return Entries.of(
                LongStream.rangeClosed(1, last).boxed().toList(),
                id -> new Person(id, List.of(refused).contains(id) ? "longer than ten" : "p" + id));
    }

    @Test
    void write_inserts_thenUpdates() throws Exception {
        people().write(entry(1L, new Person(1L, "Ada")));
        people().write(entry(1L, new Person(1L, "Grace")));
        assertThat(unit.database().column("select name from Person")).containsExactly("Grace");
    }

    @Test
    void writeAll_manyNewAndOld_allWritten_collectionIsEmpty() throws Exception {
        people().writeAll(people(300));
        var entries = people(1203);
        people().writeAll(entries);
        assertThat(entries).isEmpty();
        assertThat(unit.database().column("select count(*) from Person")).containsExactly(1203L);
    }

    @Test
    void writeAll_whatIsThereAlready_isFoundByAQueryForEvery500() throws Exception {
        people().writeAll(people(501));
        var observed = new ObservedDataSource(unit.database().dataSource());
        try (var factory = PersistenceUnit.over(observed.dataSource())) {
            int before = observed.statements();
            people(factory).batchSize(1000).build().writeAll(people(501));
            assertThat(observed.statements() - before).isEqualTo(2);
        }
    }

    @Test
    void writeAll_someRefused_othersAreWrittenAndRemoved() throws Exception {
        var entries = people(9, 3L, 8L);
        var writer = people(unit.factory()).batchSize(4).build();
        var failure = catchThrowableOfType(CacheWriterException.class, () -> writer.writeAll(entries));
        assertThat(Entries.keys(entries)).containsExactly(3L, 8L);
        assertThat(unit.database().column("select id from Person order by id"))
                .containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 9L);
        assertThat(failure)
                .hasMessageContaining("cannot write entity Person, 2 rows, keys 3; 8: ")
                .hasMessageContaining("SQLState 22001")
                .message()
                .doesNotContain("longer than ten");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("key 8: ");
    }

    @Test
    void writeAll_refusedByThePersistenceProvider_othersAreWritten() throws Exception {
        var entries = people(3);
        entries.add(entry(4L, new Person(4L, null)));
        assertThatThrownBy(() -> people().writeAll(entries)).isInstanceOf(CacheWriterException.class);
        assertThat(Entries.keys(entries)).containsExactly(4L);
        assertThat(unit.database().column("select count(*) from Person")).containsExactly(3L);
    }

    @Test
    void write_idIsNotTheKey_isRefused() throws Exception {
        assertThatThrownBy(() -> people().write(entry(1L, new Person(2L, "Ada"))))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("key 1: key: differs from the id of the entity")
                .hasCauseInstanceOf(MappingException.class);
        assertThatThrownBy(() -> people().write(entry(1L, new Person(null, "Ada"))))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("key: null (expected: java.lang.Long");
        assertThat(unit.database().column("select id from Person")).isEmpty();
    }

    @Test
    void write_versionOfTheRow_isCountedUp_andAnOlderOneIsAConflict() throws Exception {
        accounts().write(entry(1L, new Account(1L, 10, 0)));
        accounts().write(entry(1L, new Account(1L, 15, 0)));
        assertThat(unit.database().column("select version from Account")).containsExactly(1);

        assertThatThrownBy(() -> accounts().write(entry(1L, new Account(1L, 20, 0))))
                .isInstanceOf(VersionConflictException.class)
                .hasMessageContaining("cannot write entity Account, key 1: the row has another version, or is gone")
                .hasMessageContaining("load the entry again");
        assertThat(unit.database().column("select balance from Account")).containsExactly(15);
    }

    @Test
    void writeAll_someConflict_othersAreWritten() throws Exception {
        accounts().writeAll(Entries.of(List.of(1L, 2L, 3L), id -> new Account(id, 1, 0)));
        accounts().write(entry(2L, new Account(2L, 2, 0)));
        var entries = Entries.of(List.of(1L, 2L, 3L), id -> new Account(id, 9, 0));
        assertThatThrownBy(() -> accounts().writeAll(entries)).isInstanceOf(VersionConflictException.class);
        assertThat(Entries.keys(entries)).containsExactly(2L);
        assertThat(unit.database().column("select balance from Account order by id"))
                .containsExactly(9, 2, 9);
    }

    @Test
    void write_attributeIsNotLoaded_isRefused_andWhatIsWholeCascades() throws Exception {
        var teams = JpaCacheWriter.builder(Long.class, Team.class)
                .entityManagerFactory(unit.factory())
                .build();
        teams.write(entry(1L, new Team(1L, new Team.Place("Ulm")).with(11, null)));
        assertThat(unit.database().column("select id from Player")).containsExactly(11L);

        Team bare = unit.factory().callInTransaction(manager -> manager.find(Team.class, 1L));
        assertThatThrownBy(() -> teams.write(entry(1L, bare)))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("key 1: Team.players: not loaded");
        Team whole = JpaCacheLoader.builder(Long.class, Team.class)
                .entityManagerFactory(unit.factory())
                .entityGraph("team.players")
                .build()
                .load(1L);
        whole.place = new Team.Place("Bonn");
        whole.scores.put("home", 3);
        teams.write(entry(1L, whole));
        assertThat(unit.database().column("select town from Team")).containsExactly("Bonn");
        assertThat(unit.database().column("select scores from Team_scores")).containsExactly(3);
    }

    @Test
    void write_idOfSeveralColumns() throws Exception {
        var lines = JpaCacheWriter.builder(Line.Place.class, Line.class)
                .entityManagerFactory(unit.factory())
                .build();
        lines.writeAll(
                Entries.of(List.of(new Line.Place(1, 1), new Line.Place(1, 2)), place -> new Line(place, "text")));
        lines.delete(new Line.Place(1, 1));
        assertThat(unit.database().column("select number from Line")).containsExactly(2);
        var notes = JpaCacheWriter.builder(Line.Note.Key.class, Line.Note.class)
                .entityManagerFactory(unit.factory())
                .build();
        notes.write(entry(new Line.Note.Key(1, 1), new Line.Note(1, 1, "text")));
        assertThat(unit.database().column("select text from Note")).containsExactly("text");
    }

    @Test
    void writeAll_connectionLostInTheSecondBatch_firstIsRemovedRestStays() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        var observed = new ObservedDataSource(unit.database().dataSource(), (method, sql) -> {
            if (method.equals("commit")) {
                commits.incrementAndGet();
            } else if (method.startsWith("executeUpdate") && commits.get() == 1) {
                throw new SQLException("connection reset", "08006");
            }
        });
        try (var factory = PersistenceUnit.over(observed.dataSource())) {
            commits.set(0);
            var entries = people(10);
            var writer = people(factory).batchSize(4).build();
            assertThatThrownBy(() -> writer.writeAll(entries))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("6 rows")
                    .hasMessageContaining("08006");
            assertThat(Entries.keys(entries)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
        }
        assertThat(unit.database().column("select count(*) from Person")).containsExactly(4L);
    }

    @Test
    void write_deadlockVictimTwice_triesAgainAndSucceeds() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        var observed = new ObservedDataSource(unit.database().dataSource(), (method, sql) -> {
            if (method.startsWith("executeUpdate") && tries.incrementAndGet() <= 2) {
                throw new SQLTransactionRollbackException("deadlock", "40001");
            }
        });
        try (var factory = PersistenceUnit.over(observed.dataSource())) {
            tries.set(0);
            people(factory).build().write(entry(1L, new Person(1L, "third try")));
        }
        assertThat(tries).hasValue(3);
        assertThat(unit.database().column("select name from Person")).containsExactly("third try");
    }

    @Test
    void writeAll_factoryIsClosed_stopsAtOnceAndKeepsAll() throws Exception {
        var entries = people(100);
        EntityManagerFactory factory = PersistenceUnit.over(unit.database().dataSource());
        var writer = people(factory).build();
        factory.close();
        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("100 rows, keys 1; 2; 3 ...: java.lang.IllegalStateException")
                .hasNoSuppressedExceptions();
        assertThat(entries).hasSize(100);
    }

    @Test
    void deleteAll_rowReferenced_othersDeletedAndRemoved_absentIsNoError() throws Exception {
        people().writeAll(people(5));
        unit.database().execute("create table pet (owner bigint, foreign key (owner) references Person (id))");
        unit.database().execute("insert into pet values (3)");
        try {
            Collection<Long> keys = new LinkedHashSet<>(List.of(1L, 2L, 3L, 4L, 99L));
            assertThatThrownBy(() -> people().deleteAll(keys))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("cannot delete entity Person, key 3: ");
            assertThat(keys).containsExactly(3L);
            assertThat(unit.database().column("select id from Person order by id"))
                    .containsExactly(3L, 5L);
        } finally {
            unit.database().execute("drop table pet");
        }
    }

    @Test
    void delete_looksAtNoVersion_andRefusesAnotherClass() throws Exception {
        accounts().write(entry(1L, new Account(1L, 10, 0)));
        accounts().write(entry(1L, new Account(1L, 15, 0)));
        accounts().delete(1L);
        assertThat(unit.database().column("select id from Account")).isEmpty();
        Collection<Object> keys = new ArrayList<>(List.of("1", 2L));
        assertThatThrownBy(() -> accounts().deleteAll(keys))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("key 1: key: java.lang.String (expected: java.lang.Long");
        assertThat(keys).containsExactly("1");
    }
}
