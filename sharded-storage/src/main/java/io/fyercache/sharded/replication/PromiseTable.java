package io.fyercache.sharded.replication;

import io.fyercache.sharded.topology.Incarnation;
import java.util.TreeMap;

/**
 * Until when this member has promised the others not to replace them: the other half of a {@link LeaseTable}. One for all partitions of a
 * member. Used by one thread.
 */
public final class PromiseTable {
    private final ProtocolTimes times;
    private final TreeMap<Incarnation, Long> grantedNanos = new TreeMap<>();

    /** Makes a table without promises. */
    public PromiseTable(ProtocolTimes times) {
        this.times = times;
    }

    /** Notes that a member's heartbeat is answered by a grant now. */
    public void promise(Incarnation member, long nowNanos) {
        grantedNanos.put(member, nowNanos);
    }

    /** Forgets promises on which nobody can rely any more. */
    public void forgetBefore(long nowNanos) {
        grantedNanos.values().removeIf(granted -> granted + times.leaseNanos() - nowNanos <= 0);
    }

    /** Returns until when the member may rely on a grant; {@code nowNanos} if on none. */
    long until(Incarnation member, long nowNanos) {
        Long granted = grantedNanos.get(member);
        return granted == null ? nowNanos : Math.max(granted + times.leaseNanos() - nowNanos, 0) + nowNanos;
    }

    /** Returns until when any member may rely on a grant; {@code nowNanos} if none may. */
    long untilLast(long nowNanos) {
        long last = nowNanos;
        for (Incarnation member : grantedNanos.keySet()) {
            long until = until(member, nowNanos);
            last = until - last > 0 ? until : last;
        }
        return last;
    }
}
