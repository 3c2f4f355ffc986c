package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.contract.CacheEngineContract;

/** What every engine does, in a cluster. */
class ClusterEngineTest extends CacheEngineContract {

    @Override
    protected Engines start() {
        return new ClusterEngines();
    }
}
