package io.fyercache.jdbc.datasource;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a process may have of those that all members of a cluster share, from one moment to the next.
 *
 * <p>The limit, less what is spare, is divided by the members; each has its part, one at least, and the first ones by rank the remainder. <b>Fewer
 * are taken at once, and more when the place has been the same for the settling time</b>. Who comes has one until then.
 *
 * <p>So the sum of all never exceeds the limit, if no more members come within a settling time than connections are spare, all learn of a
 * change and have ended the statements of connections that they give up within that time, and there are no more members than connections.
 *
 * <p>Depends on its arguments alone. Not thread-safe.
 */
final class ConnectionShare {

    private final int limit;
    private final int spare;
    private final long settlingNanos;

    private @Nullable MemberRank place;
    private long sinceNanos;
    private int current = 1;

    ConnectionShare(int limit, int spare, long settlingNanos) {
        this.limit = limit;
        this.spare = spare;
        this.settlingNanos = settlingNanos;
    }

    /** The part of one at a place, in the long run. */
    int of(MemberRank at) {
        int divided = Math.max(0, limit - spare);
        int remainder = at.rank() < divided % at.members() ? 1 : 0;
        return Math.max(1, divided / at.members() + remainder);
    }

    /** What it is now, at this place; who has none is none of those who share, and keeps one connection. */
    int at(long nowNanos, Optional<MemberRank> now) {
        MemberRank found = now.orElse(null);
        if (found == null) {
            place = null;
            current = 1;
            return current;
        }
        if (!found.equals(place)) {
            place = found;
            sinceNanos = nowNanos;
        }
        int target = of(found);
        if (target < current || nowNanos - sinceNanos >= settlingNanos) {
            current = target;
        }
        return current;
    }

    /** Whether there are so many members that one connection each is too much. */
    boolean isExceededBy(MemberRank at) {
        return at.members() > limit;
    }
}
