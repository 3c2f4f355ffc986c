package io.fyercache.core.engine;

import io.fyercache.core.engine.contract.EngineFixture;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.time.ManualClock;
import java.time.Duration;

/** The local engine, on a clock that the test turns. */
final class LocalEngines implements EngineFixture.Engines {
    private final ManualClock clock = new ManualClock(1_000_000);
    private final LocalCacheEngines engines = new LocalCacheEngines("test", clock, new HoldWaits(), () -> 0);

    @Override
    public CacheEngine open(CacheDefinition definition) {
        return engines.open(definition);
    }

    @Override
    public void advance(Duration duration) {
        clock.advance(duration);
    }

    @Override
    public long millis() {
        return clock.millis();
    }

    @Override
    public void close() {
        engines.close();
    }
}
