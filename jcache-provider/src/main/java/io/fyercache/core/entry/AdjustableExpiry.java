package io.fyercache.core.entry;

/**
 * An expiry that can be exchanged for another one while the cache is used: what happens to an entry afterwards goes by the new one, and no deadline is moved
 * by the exchange itself. Neither runs user code. An operation that began when nothing expired, and so looked at no clock, ends as it began.
 *
 * <p>Thread-safe.
 */
public final class AdjustableExpiry implements Expiry {
    private volatile Expiry present;

    /**
     * Begins with an expiry.
     *
     * @throws IllegalArgumentException if it runs user code
     */
    public AdjustableExpiry(Expiry first) {
        this.present = checked(first);
    }

    private static Expiry checked(Expiry expiry) {
        if (expiry.runsUserCode()) {
            throw new IllegalArgumentException(
                    "expiry: " + expiry + ", which runs user code (expected: one that does not)");
        }
        return expiry;
    }

    /**
     * Goes by another one from now on.
     *
     * @throws IllegalArgumentException if it runs user code
     */
    public void adjust(Expiry next) {
        present = checked(next);
    }

    @Override
    public long afterCreation(long nowMillis) {
        return nowMillis == NO_TIME ? NEVER : present.afterCreation(nowMillis);
    }

    @Override
    public long afterUpdate(long nowMillis) {
        return nowMillis == NO_TIME ? UNCHANGED : present.afterUpdate(nowMillis);
    }

    @Override
    public long afterAccess(long nowMillis) {
        return nowMillis == NO_TIME ? UNCHANGED : present.afterAccess(nowMillis);
    }

    @Override
    public boolean isEternal() {
        return present.isEternal();
    }

    @Override
    public boolean changesOnAccess() {
        return present.changesOnAccess();
    }

    @Override
    public boolean runsUserCode() {
        return false;
    }

    @Override
    public String toString() {
        return present.toString();
    }
}
