package io.fyercache.sharded.replication;

import io.fyercache.sharded.topology.Incarnation;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Until when the other members have promised not to replace this one: for each, the latest of its grants that counts (R3). One for all
 * partitions of a member. Used by one thread.
 */
public final class LeaseTable {
    private final ProtocolTimes times;
    private final Rules rules;
    private final TreeMap<Incarnation, Long> untilNanos = new TreeMap<>();

    /** Makes a table without leases. */
    public LeaseTable(ProtocolTimes times, Rules rules) {
        this.times = times;
        this.rules = rules;
    }

    /**
     * Counts a grant, if it may be counted.
     *
     * @param sentNanos when the heartbeat that it answers was sent, on this member's clock
     * @param receivedNanos now, on this member's clock
     * @param grantorVersion the version of the table that the grantor knew
     * @param ownVersion the version of the table that this member knows
     */
    public void granted(Incarnation grantor, long sentNanos, long receivedNanos, long grantorVersion, long ownVersion) {
        if (grantorVersion > ownVersion && rules.keep(Rule.GRANTS_CARRY_VERSION)) {
            return; // It may have made the promise after it worked out how long to hold.
        }
        long start = rules.keep(Rule.LEASE_COUNTS_FROM_SENDING) ? sentNanos : receivedNanos;
        untilNanos.merge(grantor, start + times.usableLeaseNanos(), LeaseTable::later);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** Tells whether each of the members has promised until after {@code nowNanos}. */
    public boolean covers(Collection<Incarnation> members, long nowNanos) {
        for (Incarnation member : members) {
            Long until = untilNanos.get(member);
            if (until == null || until - nowNanos <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the earlier of an instant and that until which all of the members have promised, whom it covers. */
    long until(Collection<Incarnation> members, long latestNanos) {
        long until = latestNanos;
        for (Incarnation member : members) {
            long promised = Objects.requireNonNull(untilNanos.get(member));
            until = promised - until < 0 ? promised : until;
        }
        return until;
    }

    /** Forgets what others than these members have promised: they are gone. */
    public void retain(Collection<Incarnation> members) {
        untilNanos.keySet().retainAll(members);
    }
}
