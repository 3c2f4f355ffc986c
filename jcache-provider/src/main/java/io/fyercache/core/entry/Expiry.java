package io.fyercache.core.entry;

/**
 * When the entries of a cache expire: the cache's expiry policy as absolute wall-clock deadlines in milliseconds.
 *
 * <p>An entry whose deadline is not after the current time is expired. Implementations that call foreign code say so by
 * {@link #runsUserCode()}; changes then ask them with the key held, and reads with nothing held at all. What they throw is passed on.
 */
public interface Expiry {

    /** The deadline of what never expires. */
    long NEVER = Long.MAX_VALUE;

    /** Returned by {@link #afterUpdate} and {@link #afterAccess} to leave the entry's deadline as it is. */
    long UNCHANGED = Long.MIN_VALUE;

    /** In place of a time where no clock was read, since nothing expired when the operation began. */
    long NO_TIME = Long.MIN_VALUE;

    /** Entries never expire, and no clock is read. */
    Expiry ETERNAL = new Expiry() {
        @Override
        public long afterCreation(long nowMillis) {
            return NEVER;
        }

        @Override
        public long afterUpdate(long nowMillis) {
            return UNCHANGED;
        }

        @Override
        public long afterAccess(long nowMillis) {
            return UNCHANGED;
        }

        @Override
        public boolean isEternal() {
            return true;
        }

        @Override
        public boolean changesOnAccess() {
            return false;
        }

        @Override
        public boolean runsUserCode() {
            return false;
        }

        @Override
        public String toString() {
            return "eternal";
        }
    };

    /** Returns the deadline of an entry created at {@code nowMillis}: later than it, or {@link #NEVER}, or not later: expired at once. */
    long afterCreation(long nowMillis);

    /** Returns the deadline of an entry whose value is replaced at {@code nowMillis}, or {@link #UNCHANGED}. */
    long afterUpdate(long nowMillis);

    /** Returns the deadline of an entry read at {@code nowMillis}, or {@link #UNCHANGED}. */
    long afterAccess(long nowMillis);

    /** Tells whether nothing ever expires by this policy, so that no clock need be read. */
    boolean isEternal();

    /** Tells whether {@link #afterAccess} may return anything but {@link #UNCHANGED}. */
    boolean changesOnAccess();

    /** Tells whether a user's own policy is called, so that the key must be held meanwhile. */
    boolean runsUserCode();
}
