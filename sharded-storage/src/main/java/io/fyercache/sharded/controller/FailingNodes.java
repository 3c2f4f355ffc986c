package io.fyercache.sharded.controller;

import io.fyercache.sharded.topology.Member;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;

/**
 * Which nodes are in quarantine, as their members keep ending without having left (T7): they may hold copies, and should lead nothing for a
 * while, as each end of a primary makes its partitions wait. It is about nodes, since each life of a member is another incarnation. What is
 * kept is of nodes where a member ended in the last ten minutes. Used by one thread.
 */
public final class FailingNodes {
    /** So many ends within {@link #WINDOW_NANOS} are no accident any more. */
    static final int ENDS = 3;

    /** Nanoseconds, ten minutes: what lies further apart has hardly one cause. */
    static final long WINDOW_NANOS = 600_000_000_000L;

    /** Nanoseconds, five minutes from the last end: who has not ended again by then will probably stay. */
    static final long QUARANTINE_NANOS = 300_000_000_000L;

    /** When the members of each node ended, the last {@value #ENDS} times. */
    private final TreeMap<String, Deque<Long>> endsNanos = new TreeMap<>();

    /** Notes that a member has ended without having left. */
    public void ended(Member member, long nowNanos) {
        endsNanos.values().removeIf(ends -> nowNanos - ends.getLast() > WINDOW_NANOS);
        Deque<Long> ends = endsNanos.computeIfAbsent(member.description().nodeName(), first -> new ArrayDeque<>(ENDS));
        if (ends.size() == ENDS) {
            ends.removeFirst();
        }
        ends.addLast(nowNanos);
    }

    /** Tells whether the member's node is in quarantine. */
    boolean isQuarantined(Member member, long nowNanos) {
        Deque<Long> ends = endsNanos.get(member.description().nodeName());
        return ends != null
                && ends.size() == ENDS
                && ends.getLast() - ends.getFirst() <= WINDOW_NANOS
                && nowNanos - ends.getLast() < QUARANTINE_NANOS;
    }
}
