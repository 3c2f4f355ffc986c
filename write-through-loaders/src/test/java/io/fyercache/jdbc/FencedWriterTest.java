package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.fence.FenceTable;
import io.fyercache.jdbc.fence.PrimaryEpoch;
import io.fyercache.jdbc.fence.PrimaryEpochs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;

/** What a deposed primary writes changes nothing. */
@OnEveryDatabase
@Timeout(60)
class FencedWriterTest {

    private static final String CLUSTER = "5f0c1e1c-0c6e-4a4e-9d59-0f7a6a3f0a11";
    private static final int PARTITIONS = 10;
    private static final int THREADS = 6;
    private static final FenceTable FENCE = FenceTable.named("fyercache_fence");

    record Account(long id, int balance) {}

    @Parameter
    Setting setting;

    private TestDatabase database;

    @BeforeEach
    void createTables() throws Exception {
        database = TestDatabase.open(
                Servers.newDatabase(setting.product()) + isolation(),
                THREADS,
                "create table account (id bigint primary key, balance int not null check (balance >= 0))");
        FENCE.create(database.dataSource());
    }

    /** Where MariaDB updates and then inserts, as the documentation has it. */
    private String isolation() {
        return setting == Setting.MARIADB_BY_STANDARD ? "&sessionVariables=tx_isolation='READ-COMMITTED'" : "";
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    /** A key's partition is its last digit; the epoch is that of all partitions. */
    private static PrimaryEpochs ofEpoch(long epoch) {
        return key -> new PrimaryEpoch(CLUSTER, partitionOf(key), epoch);
    }

    private static int partitionOf(Object key) {
        return (int) ((Long) key % PARTITIONS);
    }

    private JdbcCacheWriter.Builder<Long, Account> unfenced() {
        return setting.with(JdbcCacheWriter.builder(Long.class, Account.class)
                .dataSource(database.dataSource())
                .table("account"));
    }

    private JdbcCacheWriter<Long, Account> writer(PrimaryEpochs epochs) {
        return unfenced().fencedBy(new Fence("fyercache_fence", epochs)).build();
    }

    private static void write(JdbcCacheWriter<Long, Account> writer, long id, int balance) {
        writer.write(entry(id, new Account(id, balance)));
    }

    private List<Object> balances() throws Exception {
        return database.column("select balance from account order by id");
    }

    private List<Object> epochs() throws Exception {
        return database.column("select epoch from fyercache_fence order by partition_no");
    }

    // ---- what is refused

    @Test
    void write_lowerEpoch_isRefusedAndChangesNothing() throws Exception {
        write(writer(ofEpoch(6)), 17, 60);
        assertThatThrownBy(() -> write(writer(ofEpoch(5)), 27, 50))
                .isInstanceOf(FencedOffException.class)
                .hasMessage("cannot write to table account, key id=27: epoch 5 of partition 7 of cluster " + CLUSTER
                        + " (expected: 6 or later, which fence table fyercache_fence has); another member has taken over"
                        + " the partition, and decides what is written; do not repeat this call");
        assertThatThrownBy(() -> writer(ofEpoch(5)).delete(17L)).isInstanceOf(FencedOffException.class);
        assertThat(balances()).containsExactly(60);
        assertThat(epochs()).containsExactly(6L);
    }

    @Test
    void write_equalAndHigherEpoch_goOn_alsoForWhoeverHasWrittenBefore() throws Exception {
        AtomicLong epoch = new AtomicLong(5);
        var writer = writer(key -> new PrimaryEpoch(CLUSTER, partitionOf(key), epoch.get()));
        write(writer, 1, 1);
        write(writer, 1, 2);
        write(writer(ofEpoch(5)), 1, 3);
        epoch.set(8);
        write(writer, 1, 4);
        assertThat(epochs()).containsExactly(8L);
        write(writer(ofEpoch(9)), 1, 5);
        assertThatThrownBy(() -> write(writer, 1, 6)).isInstanceOf(FencedOffException.class);
        assertThat(balances()).containsExactly(5);
        assertThat(epochs()).containsExactly(9L);
    }

    @Test
    void write_anotherPartition_orAnotherCluster_hasAnEpochOfItsOwn() throws Exception {
        write(writer(ofEpoch(6)), 1, 1);
        write(writer(ofEpoch(2)), 2, 2);
        write(writer(key -> new PrimaryEpoch("another", partitionOf(key), 1)), 11, 3);
        assertThat(balances()).containsExactly(1, 2, 3);
    }

    @Test
    void writeAll_somePartitionsAreTakenOver_theOthersAreWritten() throws Exception {
        var successor = writer(ofEpoch(6));
        write(successor, 3, 60);
        write(successor, 8, 60);
        Collection<Cache.Entry<? extends Long, ? extends Account>> entries =
                Entries.of(ids(0, 20), id -> new Account(id, 5));
        assertThatThrownBy(() -> writer(ofEpoch(5)).writeAll(entries))
                .isInstanceOf(FencedOffException.class)
                .hasMessageContaining("4 rows, keys id=3; id=8; id=13 ...: epoch 5 of partition 3");
        assertThat(Entries.keys(entries)).containsExactly(3L, 8L, 13L, 18L);
        assertThat(database.column("select id from account where balance = 5")).hasSize(16);
        assertThat(database.column("select id from account where balance = 60 order by id"))
                .containsExactly(3L, 8L);
        assertThat(epochs()).containsExactly(5L, 5L, 5L, 6L, 5L, 5L, 5L, 5L, 6L, 5L);
    }

    @Test
    void deleteAll_somePartitionsAreTakenOver_theOthersAreDeleted() throws Exception {
        unfenced().build().writeAll(Entries.of(ids(0, 20), id -> new Account(id, 1)));
        write(writer(ofEpoch(6)), 3, 60);
        Collection<Long> keys = new ArrayList<>(ids(0, 20));
        assertThatThrownBy(() -> writer(ofEpoch(5)).deleteAll(keys)).isInstanceOf(FencedOffException.class);
        assertThat(keys).containsExactly(3L, 13L);
        assertThat(balances()).containsExactly(60, 1);
    }

    @Test
    void writeAll_refusedRowsAndFencedOnes_isAnExceptionOfNeitherKind() throws Exception {
        write(writer(ofEpoch(6)), 3, 60);
        var entries = Entries.of(ids(0, 10), id -> new Account(id, id == 7 ? -1 : 5));
        Throwable failure = catchThrowable(() -> writer(ofEpoch(5)).writeAll(entries));
        assertThat(failure).isExactlyInstanceOf(CacheWriterException.class);
        assertThat(Entries.keys(entries)).containsExactly(3L, 7L);
    }

    /** The later of the two is the same member's, which had it back meanwhile. */
    @Test
    void writeAll_twoEpochsOfAPartition_bothGoOn_unlessAnotherHadItBetween() throws Exception {
        PrimaryEpochs both = key -> new PrimaryEpoch(CLUSTER, 1, (Long) key);
        writer(both).writeAll(Entries.of(List.of(5L, 3L), id -> new Account(id, 1)));
        assertThat(balances()).containsExactly(1, 1);
        assertThat(epochs()).containsExactly(5L);
        write(writer(key -> new PrimaryEpoch(CLUSTER, 1, 6)), 9, 1);
        var entries = Entries.of(List.of(7L, 4L), id -> new Account(id, 1));
        assertThatThrownBy(() -> writer(both).writeAll(entries)).isInstanceOf(FencedOffException.class);
        assertThat(Entries.keys(entries)).containsExactly(4L);
    }

    // ---- what is rolled back

    @Test
    void write_rowIsRefused_thePartitionIsNotRaised() throws Exception {
        assertThatThrownBy(() -> write(writer(ofEpoch(9)), 1, -1)).isInstanceOf(CacheWriterException.class);
        assertThat(epochs()).containsExactly(0L);
        write(writer(ofEpoch(5)), 1, 5);
        assertThat(epochs()).containsExactly(5L);
    }

    @Test
    void writeAll_oneRowIsRefused_theOthersAreWritten_andRaiseTheirPartitions() throws Exception {
        write(writer(ofEpoch(2)), 3, 1);
        var entries = Entries.of(ids(0, 10), id -> new Account(id, id == 3 ? -1 : 5));
        assertThatThrownBy(() -> writer(ofEpoch(5)).writeAll(entries))
                .isExactlyInstanceOf(CacheWriterException.class)
                .hasMessageContaining("key id=3");
        assertThat(Entries.keys(entries)).containsExactly(3L);
        assertThat(epochs()).containsExactly(5L, 5L, 5L, 2L, 5L, 5L, 5L, 5L, 5L, 5L);
    }

    @Test
    void write_rowsOfTheFenceWereDeleted_makesThemAgain() throws Exception {
        var writer = writer(ofEpoch(5));
        writer.writeAll(Entries.of(ids(0, 10), id -> new Account(id, 1)));
        database.execute("delete from fyercache_fence where partition_no in (2, 4)");
        writer.writeAll(Entries.of(ids(0, 10), id -> new Account(id, 2)));
        assertThat(balances()).containsOnly(2);
        assertThat(epochs()).containsOnly(5L).hasSize(10);
    }

    // ---- who waits for whom

    /** A writer whose transactions stop before they write rows, until they may go on. */
    private final class HeldUp {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final AtomicBoolean isOn = new AtomicBoolean(true);
        private final JdbcCacheWriter<Long, Account> writer;

        HeldUp(long epoch) {
            var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
                boolean isOfARow = method.startsWith("execute")
                        && sql.toLowerCase(Locale.ROOT).contains("account");
                if (isOfARow && isOn.get()) {
                    arrived.countDown();
                    awaitQuietly(mayGoOn);
                }
            });
            writer = unfenced()
                    .dataSource(observed.dataSource())
                    .fencedBy(new Fence("fyercache_fence", ofEpoch(epoch)))
                    .build();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("held up for longer than 30 s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one that was first wins the race, and loses the row: what is written last is the successor's. */
    @Test
    void write_deposedWhileItWrites_theSuccessorWaits_andWritesAfterIt() throws Exception {
        HeldUp old = new HeldUp(5);
        old.isOn.set(false);
        write(old.writer, 1, 1); // It raises the partition, and shares its lock from now on, where it can.
        old.isOn.set(true);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> write(old.writer, 1, 50));
            awaitQuietly(old.arrived);
            Future<?> second = threads.submit(() -> write(writer(ofEpoch(6)), 1, 60));
            assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            old.mayGoOn.countDown();
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(balances()).containsExactly(60);
        assertThat(epochs()).containsExactly(6L);
    }

    /** The row is raised, and not yet committed: who comes late waits, and then sees it. */
    @Test
    void write_whileTheSuccessorWrites_waits_andIsRefused() throws Exception {
        var old = writer(ofEpoch(5));
        write(old, 1, 1);
        HeldUp successor = new HeldUp(6);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> write(successor.writer, 1, 60));
            awaitQuietly(successor.arrived);
            Future<Throwable> second = threads.submit(() -> catchThrowable(() -> write(old, 1, 50)));
            assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            successor.mayGoOn.countDown();
            first.get(30, TimeUnit.SECONDS);
            assertThat(second.get(30, TimeUnit.SECONDS)).isInstanceOf(FencedOffException.class);
        } finally {
            threads.shutdownNow();
        }
        assertThat(balances()).containsExactly(60);
    }

    /** Where the database has a lock that is shared. Elsewhere writes of one partition wait for each other. */
    @Test
    void write_sameEpoch_waitsForNoOther_whereLocksAreShared() throws Exception {
        HeldUp slow = new HeldUp(5);
        slow.isOn.set(false);
        write(slow.writer, 1, 10);
        var quick = writer(ofEpoch(5));
        write(quick, 21, 10);
        slow.isOn.set(true);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> write(slow.writer, 1, 11));
            awaitQuietly(slow.arrived);
            Future<?> second = threads.submit(() -> write(quick, 21, 22));
            if (sharesLocks()) {
                second.get(30, TimeUnit.SECONDS);
            } else {
                assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            }
            slow.mayGoOn.countDown();
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(balances()).containsExactly(11, 22);
    }

    private boolean sharesLocks() {
        return setting == Setting.POSTGRESQL || setting == Setting.MARIADB;
    }

    /** New partitions, known ones, and such as are taken over meanwhile, in opposite orders. */
    @Test
    void batchesOverManyPartitions_inOppositeOrders_allEnd() throws Exception {
        List<Long> up = ids(0, 40);
        List<Long> down = new ArrayList<>(up);
        Collections.reverse(down);
        // Each thread has rows of its own, so that nothing but the fence can lock another out.
        inParallel(thread -> {
            for (int epoch = 1; epoch <= 10; epoch++) {
                var writer = writer(ofEpoch(epoch));
                for (int round = 0; round < 3; round++) {
                    writeUnlessTakenOver(writer, thread % 2 == 0 ? up : down, thread);
                }
            }
            return null;
        });
        assertThat(epochs()).containsOnly(10L).hasSize(PARTITIONS);
        assertThat(database.column("select id from account")).hasSize(THREADS * 40);
    }

    private static void writeUnlessTakenOver(JdbcCacheWriter<Long, Account> writer, List<Long> ids, int thread) {
        try {
            writer.writeAll(
                    Entries.of(ids.stream().map(id -> id + 1_000L * thread).toList(), id -> new Account(id, thread)));
        } catch (FencedOffException e) {
            // Another thread is in a later epoch already.
        }
    }

    private static void inParallel(ForThread task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> task.run(thread));
            }
            for (Future<Object> end : threads.invokeAll(tasks)) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface ForThread {
        Object run(int thread) throws Exception;
    }

    // ---- what it costs

    /** A statement for each batch, once the partitions have its epoch; JDBC's batches count as one. */
    @Test
    void writeAll_takesOneStatementMore_andNoCommit() throws Exception {
        var observed = new ObservedDataSource(database.dataSource());
        var unfenced =
                unfenced().dataSource(observed.dataSource()).batchSize(10).build();
        var fenced = unfenced()
                .dataSource(observed.dataSource())
                .batchSize(10)
                .fencedBy(new Fence("fyercache_fence", ofEpoch(5)))
                .build();
        fenced.writeAll(Entries.of(ids(0, 30), id -> new Account(id, 1)));
        unfenced.writeAll(Entries.of(ids(0, 30), id -> new Account(id, 2)));

        int before = observed.statements();
        unfenced.writeAll(Entries.of(ids(0, 30), id -> new Account(id, 3)));
        int without = observed.statements() - before;
        int commits = observed.commits();
        before = observed.statements();
        fenced.writeAll(Entries.of(ids(0, 30), id -> new Account(id, 4)));

        assertThat(observed.statements() - before).isEqualTo(without + 3);
        assertThat(observed.commits() - commits).isEqualTo(3);
    }

    // ---- what is wrong

    @Test
    void fenceTableMissing_isNamed_withWhatToDo() throws Exception {
        database.execute("drop table fyercache_fence");
        assertFenceFails(writer(ofEpoch(5)));
    }

    @Test
    void columnsAreOthers_tableIsNamed_withWhatToDo() throws Exception {
        database.execute("drop table fyercache_fence");
        database.execute("create table fyercache_fence (cluster_id varchar(64), number int, epoch bigint)");
        assertFenceFails(writer(ofEpoch(5)));
    }

    @Test
    void privilegeMissing_tableIsNamed_withWhatToDo() throws Exception {
        String reader = Servers.of(setting.product()).asUserWithoutRights(database.url());
        try (TestDatabase asReader = TestDatabase.open(reader, 1)) {
            assertFenceFails(unfenced()
                    .dataSource(asReader.dataSource())
                    .fencedBy(new Fence("fyercache_fence", ofEpoch(5)))
                    .build());
            assertThat(asReader.connectionsInUse()).isZero();
        }
    }

    private void assertFenceFails(JdbcCacheWriter<Long, Account> writer) throws Exception {
        var entries = Entries.of(ids(0, 3), id -> new Account(id, 1));
        assertThatThrownBy(() -> writer.writeAll(entries))
                .isExactlyInstanceOf(CacheWriterException.class)
                .hasMessageStartingWith("cannot write to table account, 3 rows, keys id=0; id=1; id=2: fence table"
                        + " fyercache_fence: ")
                .hasMessageContaining("SQLState")
                .hasMessageEndingWith(
                        "(expected: columns cluster_id, partition_no, epoch, which this user may select, insert"
                                + " and update); create it by FenceTable.create(...), or grant the privileges");
        assertThat(entries).hasSize(3);
        assertThat(balances()).isEmpty();
    }

    @Test
    void noToken_isRefused_beforeAConnectionIsTaken() throws Exception {
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            throw new AssertionError(method);
        });
        var writer = unfenced()
                .dataSource(observed.dataSource())
                .fencedBy(new Fence("fyercache_fence", key -> null))
                .build();
        for (Throwable failure :
                List.of(catchThrowable(() -> write(writer, 1, 1)), catchThrowable(() -> writer.delete(1L)))) {
            assertThat(failure)
                    .isExactlyInstanceOf(CacheWriterException.class)
                    .hasMessageContaining(
                            "table account, key id=1: no fencing token (expected: a call by a cache of a cluster");
        }
    }

    @Test
    void ddl_isThatOfTheTable() throws Exception {
        IdentifierRules rules = setting.product().identifierRules();
        database.execute(FenceTable.named("other_fence").ddl(rules));
        var writer = unfenced().fencedBy(new Fence("other_fence", ofEpoch(5))).build();
        assertThatCode(() -> write(writer, 1, 1)).doesNotThrowAnyException();
        assertThat(database.column("select epoch from other_fence")).containsExactly(5L);
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
