package io.fyercache.core.engine;

import io.fyercache.core.engine.contract.CacheWritingContract;

class LocalWritingTest extends CacheWritingContract {

    @Override
    protected Engines start() {
        return new LocalEngines();
    }
}
