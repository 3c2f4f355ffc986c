package io.fyercache.core.engine;

import io.fyercache.core.engine.contract.CacheEngineContract;

class LocalCacheEngineTest extends CacheEngineContract {

    @Override
    protected Engines start() {
        return new LocalEngines();
    }
}
