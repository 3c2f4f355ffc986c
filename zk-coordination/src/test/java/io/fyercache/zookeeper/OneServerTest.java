package io.fyercache.zookeeper;

import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests with an ensemble of one real server, an operator's session, and a new chroot each. */
abstract class OneServerTest {
    static Ensemble ensemble;
    static ZooKeeper operator;

    ZooKeeperSettings settings;
    LiveMembers members;

    @BeforeAll
    static void startEnsemble() {
        ensemble = new Ensemble(1);
        operator = ensemble.client();
    }

    @AfterAll
    static void stopEnsemble() throws InterruptedException {
        operator.close();
        ensemble.close();
    }

    @BeforeEach
    void begin() {
        settings = ZooKeeperSettings.of(ensemble.servers(), ensemble.newChroot());
        members = new LiveMembers(ensemble, settings);
    }

    @AfterEach
    void end() {
        members.close();
    }
}
