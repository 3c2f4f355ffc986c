package io.fyercache.testkit.process;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidatedCachesContract;
import io.fyercache.core.bus.contract.RunningBroker;
import org.junit.jupiter.api.extension.RegisterExtension;

class InvalidationByClusterTest extends InvalidatedCachesContract {
    @RegisterExtension
    static final RunningBroker CLUSTER = new RunningBroker(ClusterBusFixture::new);

    @Override
    protected BusFixture fixture() {
        return CLUSTER.fixture();
    }
}
