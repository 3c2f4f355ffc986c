package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Ledger;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;

/** A process is gone between the prepare and the commit of its transaction, and the others go on. */
class InDoubtTest {
    private static final String DATABASE = "jdbc:h2:mem:indoubt;DB_CLOSE_DELAY=-1";

    /** How long a program may take to start and end. */
    private static final int PATIENCE_SECONDS = 90;

    @Test
    void changeOfAProcessThatIsGone_isNotSeen_untilSomebodyCommitsIt() throws Exception {
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start()) {
            String cluster = "zk://" + zooKeeper.servers() + "/indoubt?partitions=16";
            try (CachedDatabase database =
                    CachedDatabase.openShared("unused", CrashingChange.settings(cluster, DATABASE))) {
                database.run(session -> session.persist(new Ledger(1, "sales", 100)));
                assertThat(statementsToRead(database)).isZero();

                crashBetweenPrepareAndCommit(cluster + "&role=client");

                assertThat(balance(database)).isEqualTo(100);
                assertThat(statementsToRead(database)).isOne();

                commitWhatIsInDoubt();

                assertThat(balance(database)).isEqualTo(150);
            }
        }
    }

    private static long balance(CachedDatabase database) {
        return database.call(session -> session.find(Ledger.class, 1).balance());
    }

    private static long statementsToRead(CachedDatabase database) {
        return database.statementsOf(session -> session.find(Ledger.class, 1));
    }

    private static void crashBetweenPrepareAndCommit(String cluster) throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0").start();
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashingChange.class.getName(),
                            cluster,
                            "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:indoubt")
                    .inheritIO()
                    .start();
            try {
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(CrashingChange.GONE);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            server.stop();
        }
    }

    /** Does what the recovery of a transaction manager does that finds in its log that this was to be committed. */
    private static void commitWhatIsInDoubt() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(DATABASE);
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
