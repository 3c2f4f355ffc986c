package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.hibernate.model.Ledger;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;

/** A process is gone between the prepare and the commit of its transaction, and the others go on. */
class InDoubtTest {
    /** How long a program may take to start and end. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A database in this JVM, which the program that is gone has reached by TCP. */
    private record InDoubt(String name) {
        String url() {
            return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
        }

        CachedDatabase open(String cluster) {
            return CachedDatabase.openShared("unused", CrashingChange.settings(cluster, url(), "60s"));
        }

        void crashBetweenPrepareAndCommit(String cluster, String lockTimeout) throws Exception {
            Server server = Server.createTcpServer("-tcpPort", "0").start();
            try {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingChange.class.getName(),
                                cluster + "&role=client",
                                "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + name,
                                lockTimeout)
                        .inheritIO()
                        .start();
                try {
                    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                    assertThat(process.exitValue()).isEqualTo(CrashingChange.GONE);
                } finally {
                    process.destroyForcibly();
                }
            } finally {
                server.stop();
            }
        }

        /** Does what the recovery of a transaction manager does that finds in its log that this was to be committed. */
        void commit() throws Exception {
            JdbcDataSource source = new JdbcDataSource();
            source.setUrl(url());
            XAConnection connection = source.getXAConnection();
            try {
                XAResource resource = connection.getXAResource();
                Xid[] inDoubt = resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
                assertThat(inDoubt).hasSize(1);
                resource.commit(inDoubt[0], false);
            } finally {
                connection.close();
            }
        }
    }

    @Test
    void changeOfAProcessThatIsGone_isNotSeen_untilSomebodyCommitsIt() throws Exception {
        InDoubt transaction = new InDoubt("indoubt");
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start()) {
            String cluster = clusterAt(zooKeeper);
            try (CachedDatabase database = transaction.open(cluster)) {
                database.run(session -> session.persist(new Ledger(1, "sales", 100)));
                assertThat(statementsToRead(database)).isZero();

                transaction.crashBetweenPrepareAndCommit(cluster, "60s");

                assertThat(balance(database)).isEqualTo(100);
                assertThat(statementsToRead(database)).isOne();

                transaction.commit();

                assertThat(balance(database)).isEqualTo(150);
            }
        }
    }

    @Test
    void changeThatIsCommittedAfterItsLockIsOver_isSeenAfterAnEviction() throws Exception {
        InDoubt transaction = new InDoubt("indoubtlater");
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start()) {
            String cluster = clusterAt(zooKeeper);
            try (CachedDatabase database = transaction.open(cluster)) {
                database.run(session -> session.persist(new Ledger(1, "sales", 100)));
                transaction.crashBetweenPrepareAndCommit(cluster, "1s");
                await("the old state, cached again").atMost(PATIENCE).until(() -> statementsToRead(database) == 0);

                transaction.commit();

                assertThat(balance(database)).isEqualTo(100);
                database.factory().getCache().evictAllRegions();
                assertThat(balance(database)).isEqualTo(150);
            }
        }
    }

    private static String clusterAt(EmbeddedZooKeeper zooKeeper) {
        return "zk://" + zooKeeper.servers() + "/indoubt?partitions=16";
    }

    private static long balance(CachedDatabase database) {
        return database.call(session -> session.find(Ledger.class, 1).balance());
    }

    private static long statementsToRead(CachedDatabase database) {
        return database.statementsOf(session -> session.find(Ledger.class, 1));
    }
}
