package io.fyercache.kafka;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidationBusContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KafkaBusTest extends InvalidationBusContract {
    private static KafkaFixture broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaFixture();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Override
    protected BusFixture fixture() {
        return broker;
    }
}
