package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.ProtocolVersions;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has a znode, as of a moment.
 *
 * @param asOf the incarnation that a member would have had that was born at that moment: this says nothing of later ones. In ZooKeeper it is
 *     the last transaction that created or deleted a member's znode ({@code pzxid}).
 * @param members in ascending order of their incarnations
 * @param unreadable who has a znode that does not say in a known form what they are, in ascending order. Nobody can have to do with them, but
 *     they are there: whoever took them for gone would give up what they may hold.
 */
public record MembersPresent(long asOf, List<Member> members, List<Incarnation> unreadable) {
    /** Nobody, before all times. */
    public static final MembersPresent NOBODY = new MembersPresent(0, List.of());

    /** Sorts the members. */
    public MembersPresent {
        members = members.stream()
                .sorted(Comparator.comparing(Member::incarnation))
                .toList();
        unreadable = unreadable.stream().sorted().toList();
    }

    /** Members who are all known. */
    public MembersPresent(long asOf, List<Member> members) {
        this(asOf, members, List.of());
    }

    /**
     * Returns what all members speak; the newest of it is what the cluster speaks.
     *
     * @return null if nobody is there, or if they have nothing in common, which those who join see to
     */
    public @Nullable ProtocolVersions protocolVersions() {
        ProtocolVersions common = null;
        for (Member member : members) {
            ProtocolVersions spoken = member.description().protocolVersions();
            ProtocolVersions next = common == null ? spoken : common.common(spoken);
            if (next == null) {
                return null;
            }
            common = next;
        }
        return common;
    }

    /** Returns the incarnations of the members, in ascending order. */
    public List<Incarnation> incarnations() {
        return members.stream().map(Member::incarnation).toList();
    }

    /** Tells whether the member has a znode, and is known. */
    public boolean contains(Incarnation incarnation) {
        for (Member member : members) {
            if (member.incarnation().equals(incarnation)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the member's znode is gone: it was born before this moment and is not there. */
    public boolean isGone(Incarnation incarnation) {
        return incarnation.number() <= asOf && !contains(incarnation) && !unreadable.contains(incarnation);
    }
}
