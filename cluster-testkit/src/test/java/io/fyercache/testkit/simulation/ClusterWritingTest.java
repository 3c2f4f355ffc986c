package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.contract.CacheWritingContract;

/** Writing through, in a cluster. */
class ClusterWritingTest extends CacheWritingContract {

    @Override
    protected Engines start() {
        return new ClusterEngines();
    }

    @Override
    protected int rounds() {
        return 5; // Of thousands of requests each.
    }
}
