package io.fyercache.jdbc.datasource;

import java.util.Collection;
import java.util.Optional;

/**
 * The place of a process among those that share a database.
 *
 * @param rank its number, from 0 on, in an order that all of them agree on
 * @param members how many there are, itself included, at least 1
 */
public record MemberRank(int rank, int members) {

    /** Checks both. */
    public MemberRank {
        if (rank < 0 || rank >= members) {
            throw new IllegalArgumentException("rank: " + rank + " of " + members + " members (expected: 0.."
                    + (members - 1) + "); count this process too");
        }
    }

    /**
     * The place of a process in the natural order of all.
     *
     * @return empty if it is none of them at present
     */
    public static <T extends Comparable<? super T>> Optional<MemberRank> of(
            Optional<? extends T> self, Collection<? extends T> members) {
        return self.filter(members::contains).map(own -> {
            long before =
                    members.stream().filter(other -> other.compareTo(own) < 0).count();
            return new MemberRank(Math.toIntExact(before), members.size());
        });
    }
}
