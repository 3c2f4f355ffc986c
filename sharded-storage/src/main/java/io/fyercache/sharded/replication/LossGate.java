package io.fyercache.sharded.replication;

import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Whom a primary may serve after all copies of its partition were lost. A generation that is provisional is there for caches that need not
 * wait (L3); and of later generations than the first, caches that want to know of a loss are served when it was acknowledged for them (L4).
 */
record LossGate(ReplicaMember member, PartitionCopy copy) {

    /** Returns that of a primary, or null if nothing was ever lost: then it serves everybody. */
    static @Nullable LossGate of(ReplicaMember member, PartitionCopy copy, PartitionEpoch epoch) {
        return epoch.generation() == PartitionEpoch.FIRST.generation() ? null : new LossGate(member, copy);
    }

    /** L3: tells whether nothing may be answered to the cache yet, as an earlier generation may still be served to it. */
    boolean mustWait(int cache, PartitionEpoch epoch) {
        return epoch.standing() == Standing.PROVISIONAL
                && policy(cache) != LossPolicy.RESET_NOW
                && member.rules().keep(Rule.PROVISIONAL_GENERATION_WAITS);
    }

    /** L4: tells whether the cache's operations fail. */
    boolean isLost(int cache) {
        return policy(cache) == LossPolicy.FAIL
                && !copy.isLossAcknowledged(cache)
                && member.rules().keep(Rule.LOSS_IS_TOLD);
    }

    private LossPolicy policy(int cache) {
        return member.host().cache(cache).lossPolicy();
    }
}
