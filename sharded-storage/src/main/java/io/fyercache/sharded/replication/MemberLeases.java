package io.fyercache.sharded.replication;

/** What a member has agreed upon with all others, for all of its partitions: leases, promises and the licence. */
public record MemberLeases(LeaseTable leases, PromiseTable promises, Licence licence) {

    /** Makes those of a member that has just started. */
    public static MemberLeases ofNewMember(ProtocolTimes times, Rules rules) {
        return new MemberLeases(new LeaseTable(times, rules), new PromiseTable(times), new Licence(times));
    }
}
