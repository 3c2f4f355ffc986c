package io.fyercache.sharded.replication;

import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.Standing;

/**
 * Whom a primary may serve after all copies of its partition were lost. A generation that is provisional is there for caches that need not
 * wait (L3); and of later generations than the first, caches that want to know of a loss are served when it was acknowledged for them (L4).
 * Made for one request, as most partitions have none to answer.
 */
record LossGate(ReplicaMember member, PartitionCopy copy) {
    private static final long FIRST_GENERATION = PartitionEpoch.FIRST.generation();

    /** L3: tells whether nothing may be answered to the cache yet, as an earlier generation may still be served to it. */
    boolean mustWait(int cache, PartitionEpoch epoch) {
        return epoch.standing() == Standing.PROVISIONAL
                && policy(cache) != LossPolicy.RESET_NOW
                && member.rules().keep(Rule.PROVISIONAL_GENERATION_WAITS);
    }

    /** L4: tells whether the cache's operations fail. */
    boolean isLost(int cache, PartitionEpoch epoch) {
        return epoch.generation() > FIRST_GENERATION
                && policy(cache) == LossPolicy.FAIL
                && !copy.isLossAcknowledged(cache)
                && member.rules().keep(Rule.LOSS_IS_TOLD);
    }

    private LossPolicy policy(int cache) {
        return member.host().cache(cache).lossPolicy();
    }
}
