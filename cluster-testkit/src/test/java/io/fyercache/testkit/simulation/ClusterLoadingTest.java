package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.contract.CacheLoadingContract;

/** Loading, in a cluster. */
class ClusterLoadingTest extends CacheLoadingContract {

    @Override
    protected Engines start() {
        return new ClusterEngines();
    }
}
