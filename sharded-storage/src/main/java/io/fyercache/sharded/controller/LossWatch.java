package io.fyercache.sharded.controller;

import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.List;
import java.util.TreeMap;

/**
 * When a partition whose copies are all lost may begin anew (L2): when nobody can have a licence any more to serve what is lost. Counts from
 * what this controller has seen itself, so a new one counts anew. Used by one thread.
 */
final class LossWatch {
    private final ProtocolTimes times;
    private final Rules rules;

    /** When each record's version was first seen here. */
    private final TreeMap<Integer, Seen> records = new TreeMap<>();

    /** Since when the znodes of all in sync are gone. */
    private final TreeMap<Integer, Long> goneNanos = new TreeMap<>();

    private record Seen(long version, long nanos) {}

    LossWatch(ProtocolTimes times, Rules rules) {
        this.times = times;
        this.rules = rules;
    }

    /** Takes in a table. */
    void tableSeen(PartitionTable table, long nowNanos) {
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            long version = table.record(partition).version();
            Seen seen = records.get(partition);
            if (seen == null || seen.version() < version) {
                records.put(partition, new Seen(version, nowNanos));
                goneNanos.remove(partition);
            }
        }
    }

    /** Tells whether the partition, all of whose copies are lost, may begin anew. To be asked as long as they are. */
    boolean mayReset(int partition, PartitionRecord record, Verdicts verdicts, long nowNanos) {
        List<Incarnation> owners = record.inSync();
        if (!owners.stream().allMatch(owner -> verdicts.isGone(owner) || verdicts.isKnownDead(owner))) {
            goneNanos.remove(partition);
            return false;
        }
        Long gone = goneNanos.putIfAbsent(partition, nowNanos);
        Seen seen = records.get(partition);
        if (gone == null || seen == null || !rules.keep(Rule.RESET_WAITS)) {
            return gone != null && seen != null;
        }
        long since = gone - seen.nanos() > 0 ? gone : seen.nanos();
        return nowNanos - since > times.outlastNanos(owners.stream().allMatch(verdicts::isKnownDead));
    }
}
