package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fyercache.jdbc.mapping.MappingException;
import io.fyercache.jdbc.through.HalvedBatches;
import io.fyercache.jdbc.through.WriteProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** JSR-107's contract of a writer, where rows are refused. The table refuses a null name. */
@OnEveryDatabase
class JdbcCacheWriterTest {

    record Person(long id, String name) {}

    record Node(long id, @Nullable Long parent) {}

    @Parameter
    Setting setting;

    private TestDatabase database;

    @BeforeEach
    void createTable() throws Exception {
        database = setting.create("create table person (id bigint primary key, name varchar(10) not null)");
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    @Test
    void writeAll_rowThreeOfFiveRefused_otherFourWrittenAndRemoved() throws Exception {
        var entries = people(1, 5, 3);
        var writer = writer().build();
        var failure = catchThrowableOfType(CacheWriterException.class, () -> writer.writeAll(entries));
        assertThat(Entries.keys(entries)).containsExactly(3L);
        assertThat(database.column("select id from person order by id")).containsExactly(1L, 2L, 4L, 5L);
        assertThat(failure)
                .hasMessageContaining("cannot write to table person, key id=3: ")
                .hasMessageContaining("SQLState 23")
                .hasCauseInstanceOf(SQLException.class)
                .hasNoSuppressedExceptions();
    }

    @Test
    void writeAll_everyPositionOfEverySize_leavesExactlyTheRefusedOnes() throws Exception {
        for (int size = 1; size <= 9; size++) {
            for (long bad = 1; bad <= size; bad++) {
                database.execute("delete from person");
                var entries = people(1, size, bad, size);
                var writer = writer().batchSize(4).build();
                assertThatThrownBy(() -> writer.writeAll(entries)).isInstanceOf(CacheWriterException.class);
                assertThat(Entries.keys(entries))
                        .containsExactlyElementsOf(
                                LongStream.of(bad, size).distinct().boxed().toList());
                assertThat(database.column("select count(*) from person"))
                        .containsExactly((long) size - entries.size());
            }
        }
    }

    @Test
    void writeAll_allWritten_collectionIsEmpty() throws Exception {
        var entries = people(1, 1203);
        writer().build().writeAll(entries);
        assertThat(entries).isEmpty();
        assertThat(database.column("select count(*) from person")).containsExactly(1203L);
    }

    @Test
    void writeAll_nothing_takesNoConnection() throws Exception {
        var writer = writer().build();
        database.close();
        writer.writeAll(List.of());
        writer.deleteAll(List.of());
        createTable();
    }

    @Test
    void writeAll_oneRowOfFiveHundredRefused_costsFewTransactions() throws Exception {
        var observed = new ObservedDataSource(database.dataSource());
        var entries = people(1, 500, 250);
        var writer = writer().dataSource(observed.dataSource()).build();
        assertThatThrownBy(() -> writer.writeAll(entries)).isInstanceOf(CacheWriterException.class);
        assertThat(Entries.keys(entries)).containsExactly(250L);
        // Halving 500 rows nine times: two runs a level, the first, and the last for the row that is left. By standard
        // SQL alone,
        // MariaDB's one state for all constraints may be a race of inserts, which is tried again.
        int attempts = setting == Setting.MARIADB_BY_STANDARD ? HalvedBatches.MAX_ATTEMPTS : 1;
        assertThat(observed.transactions()).isLessThanOrEqualTo(attempts * (2 * 9 + 2));
    }

    @Test
    void writeAll_manyRefused_firstIsTheCauseAndTheNextAreSuppressedUpToALimit() {
        var entries = people(1, 30, LongStream.rangeClosed(1, 30).toArray());
        var writer = writer().build();
        var failure = catchThrowableOfType(CacheWriterException.class, () -> writer.writeAll(entries));
        assertThat(entries).hasSize(30);
        assertThat(failure).hasMessageContaining("30 rows, keys id=1; id=2; id=3 ...: ");
        assertThat(failure.getSuppressed()).hasSize(WriteProgress.MAX_SUPPRESSED);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("key id=2").hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void writeAll_entryThatFitsNoRow_othersAreWritten() throws Exception {
        Collection<Cache.Entry<? extends Long, ? extends Person>> entries = people(1, 3);
        entries.add(entry(4L, new Person(5, "other")));
        var writer = writer().build();
        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("table person, key id=4: key column id: differs between key and value")
                .hasCauseInstanceOf(MappingException.class);
        assertThat(Entries.keys(entries)).containsExactly(4L);
        assertThat(database.column("select count(*) from person")).containsExactly(3L);
    }

    @Test
    void writeAll_rowsReferToRowsAfterThem_allWritten() throws Exception {
        var writer = nodes();
        var entries = Entries.of(List.of(1L, 2L, 3L, 4L), id -> new Node(id, id == 4 ? null : id + 1));
        writer.writeAll(entries);
        assertThat(entries).isEmpty();
        assertThat(database.column("select id from node order by id")).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void deleteAll_rowsReferToRowsBeforeThem_allDeleted() throws Exception {
        var writer = nodes();
        database.execute("insert into node values (1, null), (2, 1), (3, 2), (4, 3)");
        Collection<Long> keys = new LinkedHashSet<>(List.of(4L, 3L, 2L, 1L));
        writer.deleteAll(keys);
        assertThat(keys).isEmpty();
        assertThat(database.column("select id from node")).isEmpty();
    }

    @Test
    void writeAll_refusedAndThenWrittenByTheSameKey_lastOneStays() throws Exception {
        Collection<Cache.Entry<? extends Long, ? extends Node>> entries = new ArrayList<>();
        entries.add(entry(1L, new Node(1, 2L)));
        entries.add(entry(1L, new Node(1, 1L)));
        entries.add(entry(2L, new Node(2, null)));
        var writer = nodes();
        assertThatThrownBy(() -> writer.writeAll(entries)).isInstanceOf(CacheWriterException.class);
        assertThat(entries).hasSize(1);
        assertThat(database.column("select parent from node where id = 1")).containsExactly(1L);
    }

    @Test
    void writeAll_sameKeyTwice_lastOneWins() throws Exception {
        Collection<Cache.Entry<? extends Long, ? extends Person>> entries = new ArrayList<>();
        entries.add(entry(1L, new Person(1, "first")));
        entries.add(entry(1L, new Person(1, "last")));
        writer().build().writeAll(entries);
        assertThat(entries).isEmpty();
        assertThat(database.column("select name from person")).containsExactly("last");
    }

    @Test
    void write_refused_namesKeyAndNoValue() {
        var writer = writer().build();
        assertThatThrownBy(() -> writer.write(entry(1L, new Person(1, "longer than ten"))))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("cannot write to table person, key id=1: ")
                .hasMessageContaining("SQLState 22001")
                .message()
                .doesNotContain("longer than ten");
    }

    @Test
    void write_missingColumn_namesIt() {
        record Other(long id, String nickname) {}
        var writer = setting.with(JdbcCacheWriter.builder(Long.class, Other.class)
                        .dataSource(database.dataSource())
                        .table("person"))
                .build();
        assertThatThrownBy(() -> writer.write(entry(1L, new Other(1, "x"))))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("table person")
                .message()
                .containsIgnoringCase("nickname");
    }

    @Test
    void writeAll_missingTable_stopsAtOnceAndKeepsAll() {
        var observed = new ObservedDataSource(database.dataSource());
        var entries = people(1, 2000);
        var writer = writer().dataSource(observed.dataSource()).table("persons").build();
        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("2000 rows")
                .satisfies(
                        e -> assertThat(e.getMessage().substring(e.getMessage().indexOf("code")))
                                .containsIgnoringCase("persons"));
        assertThat(entries).hasSize(2000);
        // One that asks for unique keys, perhaps, and one that fails.
        assertThat(observed.statements()).isLessThanOrEqualTo(2);
    }

    @Test
    void writeAll_poolExhausted_keepsAll() throws Exception {
        var entries = people(1, 3);
        var writer = writer().build();
        try (var held = database.dataSource().getConnection()) {
            assertThat(held.isValid(1)).isTrue();
            assertThatThrownBy(() -> writer.writeAll(entries))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("3 rows, keys id=1; id=2; id=3: ");
        }
        assertThat(entries).hasSize(3);
        writer.writeAll(entries);
        assertThat(entries).isEmpty();
    }

    @Test
    void writeAll_privilegeMissing_stopsAtOnceAndKeepsAll() throws Exception {
        String url = Servers.of(setting.product()).asUserWithoutRights(database.url());
        try (TestDatabase asReader = TestDatabase.open(url, 1)) {
            assertStopsAtOnce(asReader);
        }
        assertThat(database.column("select id from person")).isEmpty();
    }

    private void assertStopsAtOnce(TestDatabase refusing) {
        var observed = new ObservedDataSource(refusing.dataSource());
        var entries = people(1, 100);
        var writer = writer().dataSource(observed.dataSource()).build();
        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("100 rows");
        assertThat(entries).hasSize(100);
        // H2 has states of its own for privileges, which only its own dialect knows.
        if (setting != Setting.H2_BY_STANDARD) {
            assertThat(observed.statements()).isLessThanOrEqualTo(2);
        }
        assertThat(refusing.connectionsInUse()).isZero();
    }

    @Test
    void writeAll_connectionLostInTheSecondBatch_firstIsRemovedRestStays() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.equals("commit")) {
                commits.incrementAndGet();
            } else if (method.equals("executeBatch") && commits.get() == 1) {
                throw new SQLException("connection reset", "08006");
            }
        });
        var entries = people(1, 10);
        var writer = writer().dataSource(observed.dataSource()).batchSize(4).build();
        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("6 rows")
                .hasMessageContaining("08006");
        assertThat(Entries.keys(entries)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(database.column("select count(*) from person")).containsExactly(4L);
    }

    @Test
    void writeAll_commitFails_rowsStayInTheCollection() {
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.equals("commit")) {
                throw new SQLException("connection reset", "08007");
            }
        });
        var entries = people(1, 3);
        var writer = writer().dataSource(observed.dataSource()).build();
        assertThatThrownBy(() -> writer.writeAll(entries)).isInstanceOf(CacheWriterException.class);
        assertThat(entries).hasSize(3);
    }

    @Test
    void writeAll_connectionBreaksAfterCommit_isNoFailureOfTheWrite() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            // The first turns auto-commit off, the second restores it.
            if (method.equals("setAutoCommit") && changes.incrementAndGet() == 2) {
                throw new SQLException("broken", "08006");
            }
        });
        var entries = people(1, 3);
        writer().dataSource(observed.dataSource()).build().writeAll(entries);
        assertThat(changes).hasValue(2);
        assertThat(entries).isEmpty();
        assertThat(database.column("select count(*) from person")).containsExactly(3L);
    }

    @Test
    void keyHasTwoRows_writeAndDeleteAreRefusedAndNothingChanges() throws Exception {
        database.execute("create table loose (id bigint, name varchar(10))");
        database.execute("insert into loose values (1, 'a'), (1, 'b')");
        var writer = writer().table("loose").build();
        assertThatThrownBy(() -> writer.write(entry(1L, new Person(1, "c"))))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("table loose, key id=1");
        assertThatThrownBy(() -> writer.delete(1L)).isInstanceOf(CacheWriterException.class);
        assertThat(database.column("select name from loose order by name")).containsExactly("a", "b");
    }

    @Test
    void deleteAll_rowThreeReferenced_othersDeletedAndRemoved() throws Exception {
        writer().build().writeAll(people(1, 5));
        database.execute("create table pet (owner bigint, foreign key (owner) references person (id))");
        database.execute("insert into pet values (3)");
        Collection<Long> keys = new LinkedHashSet<>(List.of(1L, 2L, 3L, 4L, 99L));
        var writer = writer().build();
        assertThatThrownBy(() -> writer.deleteAll(keys))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("cannot delete from table person, key id=3: ");
        assertThat(keys).containsExactly(3L);
        assertThat(database.column("select id from person order by id")).containsExactly(3L, 5L);
    }

    @Test
    void delete_absentRow_isNoError() {
        writer().build().delete(7L);
        Collection<Long> keys = new ArrayList<>(List.of(7L, 8L));
        writer().build().deleteAll(keys);
        assertThat(keys).isEmpty();
    }

    @Test
    void delete_keyOfAnotherType_saysWhich() {
        var writer = writer().build();
        assertThatThrownBy(() -> writer.delete("1"))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("key: java.lang.String (expected: java.lang.Long)");
    }

    @Test
    void autoCommit_isTurnedOffAndRestored() {
        List<String> calls = new ArrayList<>();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (List.of("setAutoCommit", "commit", "rollback", "close").contains(method) && sql.isEmpty()) {
                calls.add(method);
            }
        });
        writer().dataSource(observed.dataSource()).build().write(entry(1L, new Person(1, "a")));
        assertThat(calls).containsExactly("setAutoCommit", "commit", "setAutoCommit", "close");
    }

    private JdbcCacheWriter.Builder<Long, Person> writer() {
        return setting.with(JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person"));
    }

    /** People with these ids; the refused ones have no name. */
    private static Collection<Cache.Entry<? extends Long, ? extends Person>> people(
            long from, long to, long... refused) {
        List<Long> bad = LongStream.of(refused).boxed().toList();
        return Entries.of(
                LongStream.rangeClosed(from, to).boxed().toList(),
                id -> new Person(id, bad.contains(id) ? null : "name " + id));
    }

    /** Makes their table, too. */
    private JdbcCacheWriter<Long, Node> nodes() throws Exception {
        database.execute(
                "create table node (id bigint primary key, parent bigint, foreign key (parent) references node (id))");
        return setting.with(JdbcCacheWriter.builder(Long.class, Node.class)
                        .dataSource(database.dataSource())
                        .table("node"))
                .build();
    }
}
