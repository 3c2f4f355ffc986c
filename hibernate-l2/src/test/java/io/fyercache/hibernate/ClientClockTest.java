package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheEngineProvider;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.node.ClientNode;
import io.fyercache.sharded.node.ClusterEngines;
import io.fyercache.sharded.node.NodeConnections;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import io.fyercache.sharded.transport.netty.TransportSecurity.Exposure;
import io.fyercache.zookeeper.ZooKeeperCoordination;
import io.fyercache.zookeeper.ZooKeeperSettings;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheManager;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two session factories on one database, that of a member of a cluster and that of a client whose clock is wrong. */
class ClientClockTest {
    private static final String BEHIND = "PT-10M";
    private static final String AHEAD = "PT10M";

    /** Rows of the tests, each of which has its own. */
    private static final AtomicLong IDS = new AtomicLong();

    private static EmbeddedZooKeeper zooKeeper;
    private static CachedDatabase member;

    private final WrongClock clock = new WrongClock();
    private final FyerCachingProvider provider = new FyerCachingProvider(SystemClock.INSTANCE, new Clients(clock));

    /** A clock that is wrong by as much as it is told. */
    private static final class WrongClock implements Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public long millis() {
            return SystemClock.INSTANCE.millis() + ahead.toMillis();
        }

        @Override
        public long nanoTime() {
            return SystemClock.INSTANCE.nanoTime();
        }
    }

    /** Clients of the member's cluster that have such a clock. */
    private record Clients(Clock clock) implements CacheEngineProvider {
        @Override
        public String scheme() {
            return "client";
        }

        @Override
        public CacheEngines open(URI managerUri, ClassLoader classLoader, HoldWaits waits, DefinitionReader reader) {
            ClientNode node = ClientNode.start(
                    "client",
                    NodeConnections.with(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)),
                    new ZooKeeperCoordination(ZooKeeperSettings.of(zooKeeper.servers(), "/clocks")),
                    classLoader,
                    clock);
            return new ClusterEngines("client", node, CallTerms.STANDARD, Topology.PARTITIONED, waits, classLoader);
        }
    }

    @BeforeAll
    static void openMember() {
        zooKeeper = EmbeddedZooKeeper.start();
        member = CachedDatabase.openShared(
                "clocks", Map.of("hibernate.fyercache.uri", "zk://" + zooKeeper.servers() + "/clocks?partitions=16"));
    }

    @AfterAll
    static void closeMember() {
        member.close();
        zooKeeper.close();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private CachedDatabase client(String lockTimeout) {
        CacheManager manager =
                provider.getCacheManager(URI.create("client:clocks"), getClass().getClassLoader());
        return CachedDatabase.openShared(
                "clocks",
                Map.of("hibernate.fyercache.cache_manager", manager, "hibernate.fyercache.lock_timeout", lockTimeout));
    }

    @ParameterizedTest
    @ValueSource(strings = {BEHIND, AHEAD})
    void load_thatMissedADeleteByTheOther_isNotKept(Duration ahead) {
        clock.ahead = ahead;
        try (CachedDatabase client = client("60s")) {
            assertDeleteIsSeen(client, member);
            assertDeleteIsSeen(member, client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BEHIND, AHEAD})
    void clockThatIsSetWhileTheClientRuns_changesNothing(Duration ahead) {
        try (CachedDatabase client = client("60s")) {
            assertDeleteIsSeen(client, member);
            clock.ahead = ahead;
            assertDeleteIsSeen(client, member);
            assertDeleteIsSeen(member, client);
        }
    }

    private static void assertDeleteIsSeen(CachedDatabase reader, CachedDatabase changer) {
        long id = IDS.incrementAndGet();
        changer.run(session -> session.persist(new Counter(id)));
        try (LateLoad early = new LateLoad(reader, id)) {
            changer.run(session -> session.remove(session.find(Counter.class, id)));

            assertThat(early.offer()).isFalse();
        }
        assertThat(reader.<Counter>call(session -> session.find(Counter.class, id)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {BEHIND, AHEAD})
    void lock_ofTheClient_keepsTheMemberFromKeeping_andEndsWithItsTransaction(Duration ahead) {
        clock.ahead = ahead;
        long id = IDS.incrementAndGet();
        try (CachedDatabase client = client("60s")) {
            member.run(session -> session.persist(new Counter(id)));
            try (Session session = client.factory().openSession()) {
                session.beginTransaction();
                session.find(Counter.class, id).hit();
                session.flush();

                assertThat(statementsToRead(id)).isOne();
                assertThat(statementsToRead(id)).isOne();
                session.getTransaction().commit();
            }
            assertThat(member.<Long>call(other -> other.find(Counter.class, id).hits()))
                    .isOne();
            // A session that begins in the same millisecond may take it for later.
            await().until(() -> statementsToRead(id) == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BEHIND, AHEAD})
    void commit_ofAClientThatIsGone_isSeen_andItsLockEndsAfterItsTimeout(Duration ahead) {
        clock.ahead = ahead;
        long id = IDS.incrementAndGet();
        try (CachedDatabase client = client("1s")) {
            member.run(session -> session.persist(new Counter(id)));
            try (Session session = client.factory().openSession()) {
                session.beginTransaction();
                session.find(Counter.class, id).hit();
                session.flush();
                provider.close(); // As a process is gone, to the cluster.
                session.getTransaction().commit();
            }
            assertThat(member.<Long>call(other -> other.find(Counter.class, id).hits()))
                    .isOne();

            await().until(() -> statementsToRead(id) == 0);
        }
    }

    private static long statementsToRead(long id) {
        return member.statementsOf(session -> session.find(Counter.class, id));
    }

    @ParameterizedTest
    @ValueSource(strings = {BEHIND, AHEAD})
    void query_resultIsKept_untilTheOtherChangesTheTable(Duration ahead) {
        clock.ahead = ahead;
        try (CachedDatabase client = client("60s")) {
            assertQueryIsCurrent(client, member);
            assertQueryIsCurrent(member, client);
        }
    }

    private static void assertQueryIsCurrent(CachedDatabase reader, CachedDatabase changer) {
        long id = IDS.incrementAndGet();
        changer.run(session -> session.persist(new Account(id, "A" + id, 100)));
        // What is found within the difference that clocks may have counts as stale.
        await().until(() -> reader.statementsOf(session -> balance(session, id)) == 0);

        changer.run(session -> session.find(Account.class, id).add(1));

        assertThat(reader.<Long>call(session -> balance(session, id))).isEqualTo(101);
    }

    private static long balance(Session session, long id) {
        return session.createSelectionQuery("select a.balance from Account a where a.id = :id", Long.class)
                .setParameter("id", id)
                .setCacheable(true)
                .getSingleResult();
    }
}
