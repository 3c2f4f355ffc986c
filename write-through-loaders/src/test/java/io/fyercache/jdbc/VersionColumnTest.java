package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Nobody overwrites a change that he has not seen. */
@OnEveryDatabase
class VersionColumnTest {

    private static final int THREADS = 6;

    record Account(long id, int balance, int version) {
        Account plus(int amount) {
            return new Account(id, balance + amount, version + 1);
        }
    }

    @Parameter
    Setting setting;

    private TestDatabase database;
    private JdbcCacheWriter<Long, Account> writer;
    private JdbcCacheLoader<Long, Account> loader;

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.create(
                setting.product(),
                THREADS,
                "create table account (id bigint primary key, balance int not null, version int not null)");
        var mapping = EntityMapping.builder(Long.class, Account.class)
                .table("account")
                .versionColumn("version")
                .build();
        writer = setting.with(JdbcCacheWriter.builder(mapping).dataSource(database.dataSource()))
                .build();
        loader = setting.with(JdbcCacheLoader.builder(mapping).dataSource(database.dataSource()))
                .build();
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    @Test
    void write_versionZero_inserts_andTheNextReplacesIt() {
        Account first = new Account(1, 10, 0);
        write(first);
        write(first.plus(5));
        assertThat(loader.load(1L)).isEqualTo(new Account(1, 15, 1));
    }

    @Test
    void write_rowHasChanged_isAConflictAndChangesNothing() {
        write(new Account(1, 10, 0));
        Account seen = loader.load(1L);
        write(seen.plus(1));
        assertThatThrownBy(() -> write(seen.plus(2)))
                .isInstanceOf(VersionConflictException.class)
                .hasMessage(
                        "cannot write to table account, key id=1: version 1: the row has another version, or is gone"
                                + " (expected: version 0); load the entry again, and repeat the change");
        assertThat(loader.load(1L)).isEqualTo(new Account(1, 11, 1));
    }

    @Test
    void write_rowIsGone_isAConflict() {
        write(new Account(1, 10, 0));
        Account seen = loader.load(1L);
        writer.delete(1L);
        assertThatThrownBy(() -> write(seen.plus(1))).isInstanceOf(VersionConflictException.class);
        assertThat(loader.load(1L)).isNull();
    }

    @Test
    void write_versionZeroOfARowThatIsThere_isAConflict() {
        write(new Account(1, 10, 0));
        assertThatThrownBy(() -> write(new Account(1, 99, 0)))
                .isInstanceOf(VersionConflictException.class)
                .hasMessageContaining("version 0: there is a row already");
        assertThat(loader.load(1L)).isEqualTo(new Account(1, 10, 0));
    }

    @Test
    void write_versionNegative_isNoConflictButAnError() {
        assertThatThrownBy(() -> write(new Account(1, 10, -1)))
                .isInstanceOf(CacheWriterException.class)
                .isNotInstanceOf(VersionConflictException.class)
                .hasMessageContaining("version column version: null or negative");
    }

    @Test
    void writeAll_someConflict_othersAreWrittenAndTheseStay() {
        for (long id = 1; id <= 6; id++) {
            write(new Account(id, 0, 0));
        }
        write(new Account(2, 1, 1));
        // 2 has changed, 5 is there already, 7 was never there.
        var entries = accounts(
                new Account(1, 7, 1),
                new Account(2, 7, 1),
                new Account(3, 7, 1),
                new Account(5, 7, 0),
                new Account(7, 7, 3),
                new Account(8, 7, 0));
        var failure = catchThrowableOfType(VersionConflictException.class, () -> writer.writeAll(entries));
        assertThat(Entries.keys(entries)).containsExactly(2L, 5L, 7L);
        assertThat(failure).hasMessageContaining("3 rows, keys id=2; id=5; id=7: ");
        assertThat(failure.getSuppressed()).hasOnlyElementsOfType(VersionConflictException.class);
        assertThat(loader.loadAll(List.of(1L, 2L, 3L, 5L, 7L, 8L)).values())
                .containsExactlyInAnyOrder(
                        new Account(1, 7, 1),
                        new Account(2, 1, 1),
                        new Account(3, 7, 1),
                        new Account(5, 0, 0),
                        new Account(8, 7, 0));
    }

    @Test
    void writeAll_conflictBesideAnotherError_isNoConflictAsAWhole() {
        write(new Account(1, 0, 0));
        var entries = accounts(new Account(1, 7, 0), new Account(2, 7, -1));
        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .isNotInstanceOf(VersionConflictException.class)
                .satisfies(
                        e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(VersionConflictException.class));
        assertThat(entries).hasSize(2);
    }

    @Test
    void writeAll_sameKeyNewAndChanged_inOrder() {
        var entries = accounts(new Account(1, 1, 0), new Account(1, 2, 1), new Account(1, 3, 2), new Account(2, 1, 0));
        writer.writeAll(entries);
        assertThat(entries).isEmpty();
        assertThat(loader.load(1L)).isEqualTo(new Account(1, 3, 2));
    }

    /** The point of it all: read, change, write, again after a conflict, and no increment is lost. */
    @Test
    void countersOfManyWriters_loseNothing() throws Exception {
        int rounds = 15;
        write(new Account(1, 0, 0));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            Callable<Void> work = () -> {
                start.await(10, TimeUnit.SECONDS);
                for (int done = 0; done < rounds; ) {
                    try {
                        write(loader.load(1L).plus(1));
                        done++;
                    } catch (VersionConflictException somebodyElseDid) {
                        // Again.
                    }
                }
                return null;
            };
            for (Future<Void> each : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(loader.load(1L)).isEqualTo(new Account(1, THREADS * rounds, THREADS * rounds));
    }

    @Test
    void versionColumn_thatIsNone_isAFault() {
        record Named(long id, String name) {}
        for (String column : List.of("name", "other", "id")) {
            assertThatThrownBy(() -> EntityMapping.builder(Long.class, Named.class)
                            .table("t")
                            .versionColumn(column)
                            .build())
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("versionColumn: " + column)
                    .hasMessageContaining("(expected: a column of the value, of int or long)");
        }
    }

    private void write(Account account) {
        writer.write(entry(account.id(), account));
    }

    private static Collection<Cache.Entry<? extends Long, ? extends Account>> accounts(Account... accounts) {
        Collection<Cache.Entry<? extends Long, ? extends Account>> entries = new ArrayList<>();
        for (Account account : accounts) {
            entries.add(entry(account.id(), account));
        }
        return entries;
    }
}
