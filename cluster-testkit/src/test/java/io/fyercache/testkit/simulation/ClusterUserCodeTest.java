package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.contract.UserCodeContract;

/** User code that throws, or uses the cache, in a cluster. */
class ClusterUserCodeTest extends UserCodeContract {

    @Override
    protected Engines start() {
        return new ClusterEngines();
    }
}
