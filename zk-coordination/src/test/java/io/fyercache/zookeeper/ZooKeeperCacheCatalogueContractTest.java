package io.fyercache.zookeeper;

import io.fyercache.testkit.contract.CacheCatalogueContract;
import io.fyercache.testkit.contract.CoordinationFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of the catalogue on a real ensemble of three servers, each test in a chroot of its own. */
class ZooKeeperCacheCatalogueContractTest extends CacheCatalogueContract {
    private static Ensemble ensemble;

    @BeforeAll
    static void startEnsemble() {
        ensemble = new Ensemble(3);
    }

    @AfterAll
    static void stopEnsemble() {
        ensemble.close();
    }

    @Override
    protected CoordinationFixture start() {
        return new LiveCoordination(ensemble);
    }
}
