package io.fyercache.core.engine;

import io.fyercache.core.engine.contract.CacheLoadingContract;

class LocalLoadingTest extends CacheLoadingContract {

    @Override
    protected Engines start() {
        return new LocalEngines();
    }
}
