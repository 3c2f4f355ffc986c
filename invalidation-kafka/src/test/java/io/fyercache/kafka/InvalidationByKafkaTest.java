package io.fyercache.kafka;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidatedCachesContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InvalidationByKafkaTest extends InvalidatedCachesContract {
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
