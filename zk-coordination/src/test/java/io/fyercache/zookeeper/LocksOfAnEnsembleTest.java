package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.zookeeper.LockProcesses.LockProcess;
import io.fyercache.zookeeper.lock.LockHold;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;

/** Locks while an ensemble of three servers loses its leader. */
class LocksOfAnEnsembleTest {

    @Test
    void lossOfTheLeader_letsTokensGrow() throws Exception {
        try (Ensemble ensemble = new Ensemble(3)) {
            ZooKeeper operator = ensemble.client();
            ZooKeeperSettings settings = ZooKeeperSettings.of(ensemble.servers(), ensemble.newChroot());
            operator.create(settings.chroot(), new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            operator.close();
            try (LockProcesses processes = new LockProcesses(ensemble, settings)) {
                LockProcess one = processes.start();
                LockHold before = one.locks().lock("a").lock();

                ensemble.loseLeader();
                LockHold other = one.locks().lock("b").lock();
                before.close();
                LockHold after = processes.start().locks().lock("a").lock();

                // Transactions of another leader have another epoch, in their upper half.
                assertThat(other.token() >>> Integer.SIZE).isGreaterThan(before.token() >>> Integer.SIZE);
                assertThat(after.token()).isGreaterThan(other.token());
            }
        }
    }
}
