package io.fyercache.testkit.history;

/** What the checker found out about one key. Immutable. */
public sealed interface KeyVerdict {
    Object key();

    /** Returns how many operations the key has. */
    int operations();

    /** Returns how many configurations were tried. */
    long steps();

    Outcome outcome();

    /** See {@link Outcome#LINEARIZABLE}. */
    record Linearizable(Object key, int operations, long steps) implements KeyVerdict {
        @Override
        public Outcome outcome() {
            return Outcome.LINEARIZABLE;
        }

        @Override
        public String toString() {
            return "key " + key + ": LINEARIZABLE, " + operations + " operations, " + steps + " steps";
        }
    }

    /**
     * See {@link Outcome#UNDECIDED}.
     *
     * @param reason why, and what helps
     */
    record Undecided(Object key, int operations, long steps, String reason) implements KeyVerdict {
        @Override
        public Outcome outcome() {
            return Outcome.UNDECIDED;
        }

        @Override
        public String toString() {
            return "key " + key + ": UNDECIDED, " + operations + " operations: " + reason;
        }
    }

    /** See {@link Outcome#VIOLATION}. */
    record Violation(Object key, int operations, long steps, Explanation explanation) implements KeyVerdict {
        @Override
        public Outcome outcome() {
            return Outcome.VIOLATION;
        }

        @Override
        public String toString() {
            return "key " + key + ": VIOLATION, no order of its " + operations + " operations explains the answers. "
                    + explanation;
        }
    }
}
