package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.through.HalvedBatches;
import java.sql.BatchUpdateException;
import java.sql.SQLTransactionRollbackException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What chance refuses is tried again, a bounded number of times. */
@OnEveryDatabase
class WriteRetryTest {

    record Person(long id, String name) {}

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
    void write_deadlockVictimTwice_triesAgainAndSucceeds() throws Exception {
        AtomicInteger tries = new AtomicInteger(1);
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.equals("rollback")) {
                tries.incrementAndGet();
            } else if (method.startsWith("execute") && tries.get() <= 2) {
                throw new SQLTransactionRollbackException("deadlock", "40001");
            }
        });
        writer().dataSource(observed.dataSource()).build().write(entry(1L, new Person(1, "third try")));
        assertThat(tries).hasValue(HalvedBatches.MAX_ATTEMPTS);
        assertThat(database.column("select name from person")).containsExactly("third try");
    }

    @Test
    void write_deadlockVictimForEver_givesUpAfterItsAttempts() {
        AtomicInteger tries = new AtomicInteger();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.startsWith("execute")) {
                tries.incrementAndGet();
                throw new SQLTransactionRollbackException("deadlock", "40001");
            }
        });
        var writer = writer().dataSource(observed.dataSource()).build();
        assertThatThrownBy(() -> writer.write(entry(1L, new Person(1, "never"))))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("40001");
        assertThat(tries).hasValue(HalvedBatches.MAX_ATTEMPTS);
    }

    @Test
    void writeAll_driverReportsDeadlockInTheChainOfABatch_triesAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger(1);
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.equals("rollback")) {
                tries.incrementAndGet();
            } else if (method.equals("executeBatch") && tries.get() == 1) {
                BatchUpdateException batch = new BatchUpdateException("batch failed", null, 0, new int[0]);
                batch.setNextException(new SQLTransactionRollbackException("deadlock", "40P01"));
                throw batch;
            }
        });
        var entries = Entries.of(List.of(1L, 2L, 3L, 4L), id -> new Person(id, "name"));
        writer().dataSource(observed.dataSource()).build().writeAll(entries);
        assertThat(tries).hasValue(2);
        assertThat(entries).isEmpty();
    }

    private JdbcCacheWriter.Builder<Long, Person> writer() {
        return setting.with(JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person"));
    }
}
