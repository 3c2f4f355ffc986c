package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jdbc.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import org.apache.curator.test.TestingServer;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes that are session factories and members of one cluster, on a real PostgreSQL server: transfers, with roll backs, and reads of
 * entities, collections and results of queries, while one of them is killed or stands still. Accounts change all the time, so results about them are
 * hardly ever current; those about the rate are, until it is posted anew.
 */
class BankTest {
    private static final int TELLERS = 3;

    /** Longer than it takes until others lead its partitions, and shorter than locks last. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** Where the last lines of each process go, for whoever has to find out what went wrong. */
    private static final Path LOGS = Path.of("target", "failures", "tellers");

    /** States of the rate that each teller must have found in its cache of results. */
    private static final int STATES_HIT = 3;

    /** Lines between two faults. */
    private static final long WORK = 3_000;

    /** About as long as a line is. */
    private static final int LINE_BYTES = 30;

    private static final String REGION_FACTORY = "hibernate.cache.region.factory_class";

    @TempDir
    private Path folder;

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final List<ChildJvm> tellers = new ArrayList<>();

    /** Of those who are gone, too. */
    private final Map<ChildJvm, Path> ledgers = new LinkedHashMap<>();

    private TestingServer zooKeeper;
    private PostgresServer server;
    private String database;
    private CacheManager manager;
    private SessionFactory bank;

    @BeforeEach
    void open() throws Exception {
        zooKeeper = new TestingServer();
        server = PostgresServer.start();
        database = server.newDatabase("bank");
        // The tables come before the tellers, and from somebody who keeps nothing.
        try (SessionFactory founder = Bank.open(
                database,
                Map.of(
                        "hibernate.hbm2ddl.auto", "create",
                        "hibernate.cache.use_second_level_cache", false,
                        "hibernate.cache.use_query_cache", false))) {
            founder.inTransaction(session -> {
                for (long id = 0; id < Bank.ACCOUNTS; id++) {
                    session.persist(new BankAccount(id, Bank.BALANCE));
                }
                session.persist(new BankRate(BankRate.ID));
            });
        }
    }

    private void startTellers() {
        for (int i = 0; i < TELLERS; i++) {
            startTeller();
        }
        tellers.forEach(ChildJvm::awaitReady);
        manager = provider.getCacheManager(
                URI.create(uri() + "&role=client"), getClass().getClassLoader());
        SettledCluster.await(manager, TELLERS);
    }

    @AfterEach
    void close() throws Exception {
        if (bank != null) {
            bank.close();
        }
        provider.close();
        for (ChildJvm teller : tellers) {
            teller.close();
            Files.write(Files.createDirectories(LOGS).resolve(teller.pid() + ".log"), teller.output());
        }
        server.stop();
        zooKeeper.close();
    }

    private String uri() {
        return "zk://" + zooKeeper.getConnectString() + "/bank?partitions=32&connectTimeout=1s";
    }

    private static Map<String, String> settings(String cluster) {
        return Map.of(
                REGION_FACTORY,
                "fyercache",
                "hibernate.fyercache.uri",
                cluster,
                "hibernate.fyercache.lock_timeout",
                Bank.LOCK_TIMEOUT);
    }

    private void startTeller() {
        int number = ledgers.size();
        Path ledger = folder.resolve("ledger-" + number);
        ChildJvm teller = ChildJvm.start(
                "teller " + number,
                BankTeller.OPEN,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                BankTeller.class,
                arguments(ledger, settings(uri() + "&name=teller" + number)));
        ledgers.put(teller, ledger);
        tellers.add(teller);
    }

    private List<String> arguments(Path ledger, Map<String, String> settings) {
        List<String> arguments =
                new ArrayList<>(List.of(database, folder.resolve("over").toString(), ledger.toString()));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void tellersAreKilledAndStandStill_noReadIsOlderThanTheLastCommit() throws Exception {
        serve(2);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void tellersAreKilledAndStandStill_fortyTimes() throws Exception {
        serve(40);
    }

    private void serve(int faults) throws Exception {
        startTellers();
        Random random = new Random();
        for (int fault = 0; fault < faults; fault++) {
            awaitWork();
            ChildJvm victim = tellers.get(random.nextInt(TELLERS));
            if (fault % 2 == 0) {
                tellers.remove(victim);
                victim.kill();
                startTeller();
                tellers.get(TELLERS - 1).awaitReady();
            } else {
                victim.pause();
                // Others may wait for rows that it holds, so there need be no work to wait for.
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                victim.resume();
            }
            SettledCluster.await(manager, TELLERS);
        }
        awaitWork();
        awaitHits();
        endWork();
        List<BankLedger.Line> lines = BankLedger.read(List.copyOf(ledgers.values()));
        assertThat(lines)
                .extracting(BankLedger.Line::what)
                .contains(BankLedger.COMMITTED, "entity", "collection", "query", BankLedger.HIT);
        assertThat(BankLedger.stale(lines)).isEmpty();
        assertIsWhole();
    }

    private void endWork() throws IOException {
        Files.createFile(folder.resolve("over"));
        for (ChildJvm teller : tellers) {
            ProcessCluster.await(
                    teller + " to end its work",
                    () -> !teller.isAlive()
                            || teller.output().stream().anyMatch(line -> line.startsWith(BankTeller.CLOSED)));
            assertThat(teller.output())
                    .as("%s", teller)
                    .anyMatch(line -> line.matches(BankTeller.CLOSED + " [1-9][0-9]* hits, [1-9][0-9]* of queries"));
        }
    }

    private void awaitWork() {
        long before = work();
        ProcessCluster.await("tellers to work", () -> work() - before > WORK);
    }

    /** Each teller that lives has found results in its cache, between changes of what they are about. */
    private void awaitHits() {
        for (ChildJvm teller : tellers) {
            ProcessCluster.await("results in the cache of " + teller, () -> statesHit(teller) >= STATES_HIT);
        }
    }

    private long statesHit(ChildJvm teller) {
        try {
            return BankLedger.statesHit(BankLedger.read(List.of(ledgers.get(teller))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long work() {
        long bytes = 0;
        for (Path ledger : ledgers.values()) {
            bytes += ledger.toFile().length();
        }
        return bytes / LINE_BYTES;
    }

    /** Locks of those who were killed end, and then everything can be cached again; and the cache has what the database has. */
    private void assertIsWhole() {
        bank = Bank.open(
                database,
                Map.of(
                        REGION_FACTORY,
                        "fyercache",
                        "hibernate.fyercache.cache_manager",
                        manager,
                        "hibernate.fyercache.lock_timeout",
                        Bank.LOCK_TIMEOUT));
        ProcessCluster.await("no lock to be left", () -> {
            readAll();
            bank.getStatistics().clear();
            readAll();
            return bank.getStatistics().getPrepareStatementCount() == 0;
        });
        List<Long> cached = readAll();
        bank.getCache().evictAllRegions();
        assertThat(readAll()).isEqualTo(cached);
        assertThat(cached.stream().mapToLong(Long::longValue).sum()).isEqualTo(Bank.ACCOUNTS * Bank.BALANCE);
    }

    private List<Long> readAll() {
        return bank.fromTransaction(session -> {
            List<Long> balances = new ArrayList<>();
            for (long id = 0; id < Bank.ACCOUNTS; id++) {
                BankAccount account = session.find(BankAccount.class, id);
                assertThat(account.mark()).isEqualTo(account.changes());
                balances.add(account.balance());
            }
            return balances;
        });
    }
}
