package io.fyercache.sharded.placement;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The members among whom copies are placed, as numbers in the order of their incarnations. Immutable. */
final class PlacedMembers {
    /** 2^64 divided by the golden ratio: steps of it spread over all numbers. */
    private static final long GOLDEN_STEP = 0x9E3779B97F4A7C15L;

    private final List<Member> members;
    private final List<Incarnation> incarnations;

    /**
     * Orders the members.
     *
     * @throws IllegalArgumentException if there are none, too many, or one twice
     */
    PlacedMembers(Collection<Member> unordered) {
        members = unordered.stream()
                .sorted(Comparator.comparing(Member::incarnation))
                .toList();
        incarnations = members.stream().map(Member::incarnation).toList();
        if (members.isEmpty() || members.size() > Member.MAX_MEMBERS) {
            throw new IllegalArgumentException(
                    "number of members: " + members.size() + " (expected: 1.." + Member.MAX_MEMBERS + ")");
        }
        if (incarnations.stream().distinct().count() < members.size()) {
            throw new IllegalArgumentException("members: one is there twice (expected: each once) in " + members);
        }
    }

    List<Member> list() {
        return members;
    }

    int count() {
        return members.size();
    }

    Incarnation incarnation(int member) {
        return incarnations.get(member);
    }

    /** The number of a member, less than 0 if it is not among them. */
    int number(Incarnation incarnation) {
        return Collections.binarySearch(incarnations, incarnation);
    }

    double[] capacities() {
        return members.stream().mapToDouble(Member::capacity).toArray();
    }

    /**
     * A number that orders the members differently for each partition (rendezvous hashing), at least 0. Ties are decided by
     * it, so that the partitions of one member have their other copies all over the cluster, and its load is shared by all
     * when it fails.
     */
    long rank(int partition, int member) {
        long mixed = incarnations.get(member).number() * GOLDEN_STEP + partition;
        // The finalizer of David Stafford's "Mix13" variant of MurmurHash3.
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (mixed ^ (mixed >>> 31)) >>> 2;
    }
}
