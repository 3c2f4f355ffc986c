package io.fyercache.sharded.reading;

/**
 * That a process knows all changes of a partition up to an instant: all that were committed before it have been taken out of what is near.
 *
 * @param asOfNanos the instant, of the process's clock that never steps back
 */
public record NearLease(NearEra era, long asOfNanos) {
    /** Tells whether what is near may be read: the instant is less than a time ago. */
    boolean lasts(long stalenessNanos, long nowNanos) {
        return nowNanos - asOfNanos < stalenessNanos;
    }
}
