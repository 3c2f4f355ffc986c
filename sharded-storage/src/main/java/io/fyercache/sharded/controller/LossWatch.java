package io.fyercache.sharded.controller;

import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import java.util.TreeMap;

/**
 * When a partition whose copies are all lost may begin anew (L2): when nobody can have a licence any more to serve what is lost. The time
 * counts from when this controller saw, under the record as it is, that the znodes of all in sync are gone; that is after the record's last
 * change. A new controller counts anew. Used by one thread.
 */
final class LossWatch {
    private final ProtocolTimes times;
    private final Rules rules;
    private final TreeMap<Integer, Loss> losses = new TreeMap<>();

    private record Loss(long version, long seenNanos) {}

    LossWatch(ProtocolTimes times, Rules rules) {
        this.times = times;
        this.rules = rules;
    }

    /** Tells whether the partition, all of whose copies are lost, may begin anew. To be asked as long as they are. */
    boolean mayReset(int partition, PartitionRecord record, Verdicts verdicts, long nowNanos) {
        List<Incarnation> owners = record.inSync();
        if (!owners.stream().allMatch(owner -> verdicts.isGone(owner) || verdicts.isKnownDead(owner))) {
            losses.remove(partition);
            return false;
        }
        Loss loss = losses.get(partition);
        if (loss == null || loss.version() != record.version()) {
            loss = new Loss(record.version(), nowNanos);
            losses.put(partition, loss);
        }
        boolean allHaveStopped = owners.stream().allMatch(verdicts::isKnownDead);
        return !rules.keep(Rule.RESET_WAITS) || nowNanos - loss.seenNanos() > times.outlastNanos(allHaveStopped);
    }

    /** Forgets the loss of a partition that has a living copy. */
    void survives(int partition) {
        losses.remove(partition);
    }
}
