package io.fyercache.zookeeper.turn;

/**
 * What somebody wants of a lock.
 *
 * @param permits how many may hold it at the same time; of readers, who are not counted, 1
 */
public record Claim(Kind kind, int permits) {
    /** Permits of a semaphore, at most: who waits first for one of them reads the names of all who hold one. */
    public static final int MAX_PERMITS = 1_024;

    /** To hold a lock alone. */
    public static final Claim LOCK = new Claim(Kind.LOCK, 1);

    /** To hold a lock together with others who read. */
    public static final Claim READ = new Claim(Kind.READ, 1);

    /** To hold a lock alone that others hold to read. */
    public static final Claim WRITE = new Claim(Kind.WRITE, 1);

    /** In which way it is to be held. */
    public enum Kind {
        /** Alone. */
        LOCK("a lock"),
        /** With other readers. */
        READ("a read and write lock"),
        /** Alone, where there are readers. */
        WRITE("a read and write lock"),
        /** As one of so many. */
        PERMIT("a semaphore");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }
    }

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if there is no such number of permits
     */
    public Claim {
        int most = kind == Kind.PERMIT ? MAX_PERMITS : 1;
        if (permits < 1 || permits > most) {
            throw new IllegalArgumentException("permits: " + permits + " (expected: 1.." + most + ")");
        }
    }

    /** One of so many permits. */
    public static Claim permit(int permits) {
        return new Claim(Kind.PERMIT, permits);
    }

    /** Tells whether one name can be claimed in both ways. */
    boolean agreesWith(Claim other) {
        return toString().equals(other.toString());
    }

    /** Says what it is that is claimed, for people. */
    @Override
    public String toString() {
        return kind == Kind.PERMIT ? kind.noun + " of " + permits : kind.noun;
    }
}
