package io.fyercache.testkit.simulation;

import io.fyercache.sharded.replication.LossPolicy;
import java.util.List;
import java.util.Random;

/**
 * What a cluster does about partitions that are lost.
 *
 * @param graceNanos how long a member may serve without word from ZooKeeper; a session lasts six seconds, and its znode up to four more
 * @param policies of the caches, by what the cluster is told: all worlds have a cache of each
 */
record LossPlan(long graceNanos, List<LossPolicy> policies) {
    private static final long SECOND = 1_000_000_000;
    private static final List<LossPolicy> PATIENT = List.of(LossPolicy.RESET, LossPolicy.FAIL);
    private static final List<LossPolicy> ALL = List.of(LossPolicy.RESET, LossPolicy.RESET_NOW, LossPolicy.FAIL);

    /** What is lost begins anew soon, when no licence can last. */
    static final LossPlan SOON = new LossPlan(4 * SECOND, PATIENT);

    /** What is lost begins anew at once, for some, while others may go on for long where they are cut off. */
    static final LossPlan AT_ONCE = new LossPlan(15 * SECOND, ALL);

    /** Draws the grace: shorter than a session lasts, so that what is lost begins anew soon, or longer, as in production. */
    private static long drawGrace(Random random) {
        return random.nextBoolean() ? SOON.graceNanos() : 10 * SECOND;
    }

    /** Draws a plan by which nothing begins anew as long as a licence can last. */
    static LossPlan resetting(Random random) {
        return new LossPlan(drawGrace(random), PATIENT);
    }

    /** Draws any plan. */
    static LossPlan draw(Random random) {
        return new LossPlan(drawGrace(random), random.nextBoolean() ? PATIENT : ALL);
    }
}
