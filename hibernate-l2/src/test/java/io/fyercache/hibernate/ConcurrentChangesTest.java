package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that change and read the same rows: no read finds less than the last commit that was over before it began. */
class ConcurrentChangesTest {
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int CHANGES = 150;
    private static final int READS_AFTER_CHANGE = 10;

    /** In a region of one entry slots are evicted all the time, those of changes too. */
    @ParameterizedTest
    @ValueSource(strings = {"10000", "1"})
    void reads_findTheLastCommitThatWasOver(String maximum) throws Exception {
        try (CachedRegions regions = CachedRegions.withMaximum(Integer.parseInt(maximum));
                CachedDatabase database =
                        CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", regions.manager()))) {
            changeAndRead(database, database);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000", "1"})
    void reads_ofOneSessionFactory_findTheLastCommitOfAnother_thatHasTheSameManager(String maximum) throws Exception {
        try (CachedRegions regions = CachedRegions.withMaximum(Integer.parseInt(maximum))) {
            Map<String, Object> settings = Map.of("hibernate.fyercache.cache_manager", regions.manager());
            try (CachedDatabase one = CachedDatabase.openShared("in-common-" + maximum, settings);
                    CachedDatabase other = CachedDatabase.openShared("in-common-" + maximum, settings)) {
                changeAndRead(one, other);
            }
        }
    }

    @Test
    void reads_ofOneMember_findTheLastCommitOfAnotherThatWasOver() throws Exception {
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start()) {
            Map<String, Object> settings =
                    Map.of("hibernate.fyercache.uri", "zk://" + zooKeeper.servers() + "/concurrent?partitions=16");
            try (CachedDatabase one = CachedDatabase.openShared("concurrent", settings);
                    CachedDatabase other = CachedDatabase.openShared("concurrent", settings)) {
                changeAndRead(one, other);
            }
        }
    }

    /** Has threads of both change one row, and threads of both read it. */
    private static void changeAndRead(CachedDatabase one, CachedDatabase other) throws Exception {
        one.run(session -> {
            session.persist(new Counter(1));
            session.persist(new Counter(2));
        });
        AtomicLong committed = new AtomicLong();
        runAll(List.of(
                () -> hit(one, committed),
                () -> hit(other, committed),
                () -> read(one, committed),
                () -> read(other, committed)));

        assertThat(one.<Long>call(session -> session.find(Counter.class, 1).hits()))
                .isEqualTo(WRITERS * CHANGES);
        assertThat(one.statistics().getSecondLevelCacheHitCount()).isPositive();
    }

    private static void hit(CachedDatabase database, AtomicLong committed) {
        for (int i = 0; i < CHANGES; i++) {
            boolean rollBack = ThreadLocalRandom.current().nextInt(5) == 0;
            if (rollBack) {
                try {
                    database.run(session -> {
                        session.find(Counter.class, 1, LockModeType.PESSIMISTIC_WRITE)
                                .hit();
                        session.flush();
                        throw new RolledBack();
                    });
                } catch (RolledBack expected) {
                    // Its hold has ended too.
                }
            }
            long hits = database.call(session -> {
                Counter counter = session.find(Counter.class, 1, LockModeType.PESSIMISTIC_WRITE);
                counter.hit();
                return counter.hits();
            });
            committed.accumulateAndGet(hits, Math::max);
            // While no one changes it, a load that came late would stay.
            for (int again = 0; again < READS_AFTER_CHANGE; again++) {
                assertThat(database.<Long>call(
                                session -> session.find(Counter.class, 1).hits()))
                        .isGreaterThanOrEqualTo(hits);
            }
        }
    }

    private static void read(CachedDatabase database, AtomicLong committed) {
        while (committed.get() < WRITERS * CHANGES) {
            long before = committed.get();
            long found = database.call(session -> {
                session.find(Counter.class, 2); // Takes the place of the other one where there is only one.
                return session.find(Counter.class, 1).hits();
            });
            assertThat(found).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void transfers_leaveTheSumAsItWas_inCacheAndDatabase() throws Exception {
        int accounts = 5;
        try (CachedDatabase database = CachedDatabase.open(Map.of())) {
            database.run(session -> {
                for (int i = 0; i < accounts; i++) {
                    session.persist(new Account(i, "A" + i, 100));
                }
            });
            List<Runnable> work = new ArrayList<>();
            for (int i = 0; i < WRITERS + READERS; i++) {
                work.add(() -> transfer(database, accounts));
            }
            runAll(work);

            long cached = database.call(session -> {
                long sum = 0;
                for (long i = 0; i < accounts; i++) {
                    sum += session.find(Account.class, i).balance();
                }
                return sum;
            });
            assertThat(cached).isEqualTo(100L * accounts);
            assertThat(database.statementsOf(session -> {
                        for (long i = 0; i < accounts; i++) {
                            session.find(Account.class, i);
                        }
                    }))
                    .isZero();
        }
    }

    private static void transfer(CachedDatabase database, int accounts) {
        for (int i = 0; i < CHANGES; i++) {
            long from = ThreadLocalRandom.current().nextLong(accounts);
            long to = ThreadLocalRandom.current().nextLong(accounts);
            try {
                database.run(session -> {
                    session.find(Account.class, from).add(-1);
                    session.find(Account.class, to).add(1);
                });
            } catch (RuntimeException lostTheRace) {
                // Another one has changed a version, or the database has ended a deadlock: rolled back.
            }
        }
    }

    private static void runAll(List<Runnable> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable each : work) {
                running.add(threads.submit(each));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class RolledBack extends RuntimeException {}
}
