package io.fyercache.kafka;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidatedCachesContract;
import io.fyercache.core.bus.contract.RunningBroker;
import org.junit.jupiter.api.extension.RegisterExtension;

class InvalidationByKafkaTest extends InvalidatedCachesContract {
    @RegisterExtension
    static final RunningBroker BROKER = new RunningBroker(KafkaFixture::new);

    @Override
    protected BusFixture fixture() {
        return BROKER.fixture();
    }
}
