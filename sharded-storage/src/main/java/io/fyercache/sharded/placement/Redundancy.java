package io.fyercache.sharded.placement;

/**
 * How many copies of a partition are wanted.
 *
 * @param copies the primary included: 1 to 1 + {@value #MAX_BACKUPS}, or {@link Integer#MAX_VALUE} for one on each member
 */
public record Redundancy(int copies) {
    /** How many backups a partitioned cache may have. */
    public static final int MAX_BACKUPS = 5;

    private static final int ON_EACH_MEMBER = Integer.MAX_VALUE;

    /** A copy on every member, for replicated caches. */
    public static final Redundancy EVERY_MEMBER = new Redundancy(ON_EACH_MEMBER);

    /** Checks the number. */
    public Redundancy {
        if (copies < 1 || (copies > 1 + MAX_BACKUPS && copies != ON_EACH_MEMBER)) {
            throw new IllegalArgumentException("copies: " + copies + " (expected: 1.." + (1 + MAX_BACKUPS)
                    + ", which is 0.." + MAX_BACKUPS + " backups, or one on every member)");
        }
    }

    /**
     * A primary and that many backups.
     *
     * @param backups 0..{@value #MAX_BACKUPS}
     */
    public static Redundancy backups(int backups) {
        return new Redundancy(1 + backups);
    }

    /** How many copies that makes with so many members. */
    int copiesAmong(int members) {
        return Math.min(copies, members);
    }

    boolean isEveryMember() {
        return copies == ON_EACH_MEMBER;
    }
}
