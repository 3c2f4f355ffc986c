package io.fyercache.core.bus.contract;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The broker of a class of tests, there from before its first test until after its last: one takes seconds to start. */
public final class RunningBroker implements BeforeAllCallback, AfterAllCallback {
    private final Callable<? extends BusFixture> starter;
    private BusFixture fixture;

    /** Makes one that is started by {@code starter}. */
    public RunningBroker(Callable<? extends BusFixture> starter) {
        this.starter = starter;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        fixture = starter.call();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** Returns the broker, running. */
    public BusFixture fixture() {
        return fixture;
    }
}
