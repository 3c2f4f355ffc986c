package io.fyercache.core.invalidated;

import io.fyercache.core.bus.MemoryBroker;
import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.InvalidatedCachesContract;
import org.junit.jupiter.api.AfterEach;

class InvalidatedCachesTest extends InvalidatedCachesContract {
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
