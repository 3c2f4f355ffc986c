package io.fyercache.core.engine;

import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.time.ManualClock;
import java.util.Objects;

class LocalLoadingTest extends CacheLoadingContract {

    @Override
    LocalCacheEngines start(ManualClock time) {
        return new LocalCacheEngines("test", time, new HoldWaits());
    }

    @Override
    boolean isIdle(CacheEngine engine) {
        return loads(engine).isIdle();
    }

    @Override
    boolean isUnderWay(CacheEngine engine) {
        return loads(engine).refreshesUnderWay() > 0;
    }

    private static LoadCoordinator loads(CacheEngine engine) {
        return Objects.requireNonNull(((LocalCacheEngine) engine).loads());
    }
}
