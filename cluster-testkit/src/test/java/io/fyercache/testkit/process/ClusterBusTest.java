package io.fyercache.testkit.process;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidationBusContract;
import io.fyercache.core.bus.contract.RunningBroker;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClusterBusTest extends InvalidationBusContract {
    @RegisterExtension
    static final RunningBroker CLUSTER = new RunningBroker(ClusterBusFixture::new);

    @Override
    protected BusFixture fixture() {
        return CLUSTER.fixture();
    }
}
