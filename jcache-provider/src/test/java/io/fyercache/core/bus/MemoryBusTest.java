package io.fyercache.core.bus;

import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidationBusContract;
import org.junit.jupiter.api.AfterEach;

/** Holds the broker of the tests to what real ones do. */
class MemoryBusTest extends InvalidationBusContract {
    private final MemoryBroker broker = new MemoryBroker();

    @AfterEach
    void close() {
        broker.close();
    }

    @Override
    protected BusFixture fixture() {
        return broker;
    }
}
