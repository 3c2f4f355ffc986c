package io.fyercache.sharded.controller;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.TreeMap;

/** How many copies members may begin to send and to receive: copying must leave room for the work. Used by one thread. */
final class JoinBudget {
    private final int perMember;
    private final TreeMap<Incarnation, Integer> sent = new TreeMap<>();
    private final TreeMap<Incarnation, Integer> received = new TreeMap<>();

    /** Counts the copies that are under way. */
    JoinBudget(PartitionTable table, int perMember) {
        this.perMember = perMember;
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            PartitionRecord record = table.record(partition);
            record.joining().forEach(member -> count(record.primary(), member));
        }
    }

    private void count(Incarnation from, Incarnation to) {
        sent.merge(from, 1, Integer::sum);
        received.merge(to, 1, Integer::sum);
    }

    /** Tells whether another copy may be sent, and if so counts it. */
    boolean take(Incarnation from, Incarnation to) {
        boolean free = sent.getOrDefault(from, 0) < perMember && received.getOrDefault(to, 0) < perMember;
        if (free) {
            count(from, to);
        }
        return free;
    }
}
