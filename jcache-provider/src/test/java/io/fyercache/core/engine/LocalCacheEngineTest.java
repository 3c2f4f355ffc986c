package io.fyercache.core.engine;

import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.load.LoadCoordinator;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

class LocalCacheEngineTest extends CacheLoadingContract {
    private final LocalCacheEngines engines = new LocalCacheEngines("test", clock, new HoldWaits());

    @Override
    CacheEngine start(CacheDefinition definition) {
        return engines.open(definition);
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

    @AfterEach
    void closeEngines() {
        engines.close();
    }
}
