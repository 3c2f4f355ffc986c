package io.fyercache.jms;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidationBusContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JmsBusTest extends InvalidationBusContract {
    private static ArtemisFixture broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new ArtemisFixture();
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
