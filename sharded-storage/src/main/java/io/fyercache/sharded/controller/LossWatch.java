package io.fyercache.sharded.controller;

import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.Standing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a partition whose copies are all lost may begin anew (L2): when nobody can have a licence any more to serve what is lost. The time
 * counts from when this controller saw, under the record as it is, that the znodes of all in sync are gone; that is after the record's last
 * change. Where some caches need not wait for that, the partition begins anew before, provisionally, and is made firm when as much time has
 * passed since this controller saw that (L3). A new controller counts anew. Used by one thread.
 */
final class LossWatch {
    private final ProtocolTimes times;
    private final Rules rules;
    private final Haste haste;
    private final TreeMap<Integer, Sight> losses = new TreeMap<>();
    private final TreeMap<Integer, Sight> provisional = new TreeMap<>();

    /** Whether any cache need not wait. */
    enum Haste {
        NONE,
        SOME
    }

    /** When something was seen first, and under which version or in which generation. */
    private record Sight(long of, long seenNanos) {}

    LossWatch(ProtocolTimes times, Rules rules, Haste haste) {
        this.times = times;
        this.rules = rules;
        this.haste = haste;
    }

    /**
     * Returns how the partition, all of whose copies are lost, may begin anew; null if it may not yet. To be asked as long as they are.
     */
    @Nullable
    Standing mayReset(int partition, PartitionRecord record, Verdicts verdicts, long nowNanos) {
        List<Incarnation> owners = record.inSync();
        if (!owners.stream().allMatch(owner -> verdicts.isGone(owner) || verdicts.isKnownDead(owner))) {
            losses.remove(partition);
            return null;
        }
        boolean allHaveStopped = owners.stream().allMatch(verdicts::isKnownDead);
        long passedNanos = passedNanos(losses, partition, record.version(), nowNanos);
        if (passedNanos > times.outlastNanos(allHaveStopped) || !rules.keep(Rule.RESET_WAITS)) {
            return Standing.FIRM;
        }
        // If all have stopped, it is firm in no time.
        return haste == Haste.SOME && !allHaveStopped ? Standing.PROVISIONAL : null;
    }

    private static long passedNanos(Map<Integer, Sight> sights, int partition, long of, long nowNanos) {
        Sight first = sights.get(partition);
        if (first == null || first.of() != of) {
            first = new Sight(of, nowNanos);
            sights.put(partition, first);
        }
        return nowNanos - first.seenNanos();
    }

    /** Forgets the loss of a partition that has a living copy. Tells whether it is provisional, and may be made firm. */
    boolean survives(int partition, PartitionRecord record, long nowNanos) {
        losses.remove(partition);
        if (record.epoch().standing() == Standing.FIRM) {
            provisional.remove(partition);
            return false;
        }
        // Whoever was served may have a licence from the moment before the reset, but none from after it.
        return passedNanos(provisional, partition, record.epoch().generation(), nowNanos) > times.outlastNanos(false);
    }
}
