package io.fyercache.jms;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidationBusContract;
import io.fyercache.core.bus.contract.RunningBroker;
import org.junit.jupiter.api.extension.RegisterExtension;

class JmsBusTest extends InvalidationBusContract {
    @RegisterExtension
    static final RunningBroker BROKER = new RunningBroker(ArtemisFixture::new);

    @Override
    protected BusFixture fixture() {
        return BROKER.fixture();
    }
}
