package io.fyercache.kafka;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidationBusContract;
import io.fyercache.core.bus.contract.RunningBroker;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaBusTest extends InvalidationBusContract {
    @RegisterExtension
    static final RunningBroker BROKER = new RunningBroker(KafkaFixture::new);

    @Override
    protected BusFixture fixture() {
        return BROKER.fixture();
    }
}
