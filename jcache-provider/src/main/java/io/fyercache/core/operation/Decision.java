package io.fyercache.core.operation;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.statistics.CacheCounters;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen because of one operation on one entry. First {@link #writeThrough}, which may fail and then nothing else happens;
 * then {@link #effect}, {@link #change} and {@link #tally} together.
 *
 * @param effect what becomes of the entry
 * @param value with {@link Effect#STORE}: the new value in stored form
 * @param deadlineMillis with STORE and TOUCH: the new deadline, {@link Expiry#UNCHANGED} to keep the present one
 * @param writeThrough what a cache that writes through tells the writer beforehand; with WRITE, {@code writtenValue}
 * @param writtenValue the value that is written through, which can be one that is not kept because it expires at once
 * @param change what listeners are told
 * @param tally the statistics: a sum of {@link CacheCounters#HIT} and its like
 * @param result what the caller gets
 */
public record Decision(
        Effect effect,
        @Nullable Object value,
        long deadlineMillis,
        WriteThrough writeThrough,
        @Nullable Object writtenValue,
        EntryChange.@Nullable Kind change,
        int tally,
        @Nullable Object result) {

    /** What becomes of the entry. */
    public enum Effect {
        /** It stays as it is. */
        NONE,
        /** Its deadline moves because it was used. */
        TOUCH,
        /** It gets a value. */
        STORE,
        /** It goes. */
        REMOVE
    }

    /** What the {@code CacheWriter} is told (JSR-107 chapter 7). */
    public enum WriteThrough {
        /** Nothing. */
        NONE,
        /** The value, by {@code write}. */
        WRITE,
        /** The key, by {@code delete}, whether the cache knows the key or not. */
        DELETE
    }

    /** Counts in {@code counters} what was done. */
    public void countIn(CacheCounters counters) {
        counters.count(tally);
    }

    static final Decision MISS = of(Effect.NONE, CacheCounters.MISS, null);
    static final Decision MISS_FALSE = of(Effect.NONE, CacheCounters.MISS, false);
    static final Decision HIT_FALSE = of(Effect.NONE, CacheCounters.HIT, false);
    static final Decision FALSE = of(Effect.NONE, 0, false);

    private static Decision of(Effect effect, int tally, @Nullable Object result) {
        return new Decision(effect, null, Expiry.UNCHANGED, WriteThrough.NONE, null, null, tally, result);
    }

    static Decision lookup(int tally, @Nullable Object result) {
        return of(Effect.NONE, tally, result);
    }

    static Decision touch(long deadlineMillis, int tally, @Nullable Object result) {
        return new Decision(Effect.TOUCH, null, deadlineMillis, WriteThrough.NONE, null, null, tally, result);
    }

    static Decision store(
            Object value,
            long deadlineMillis,
            WriteThrough writeThrough,
            EntryChange.Kind change,
            int tally,
            @Nullable Object result) {
        return new Decision(Effect.STORE, value, deadlineMillis, writeThrough, value, change, tally, result);
    }

    /** A value that is expired before it is kept: written through, told to listeners, never seen by readers. */
    static Decision expiredAtOnce(Object value, WriteThrough writeThrough, int tally, @Nullable Object result) {
        return new Decision(
                Effect.NONE,
                value,
                Expiry.UNCHANGED,
                writeThrough,
                value,
                EntryChange.Kind.EXPIRED,
                tally | CacheCounters.EXPIRY,
                result);
    }

    static Decision remove(WriteThrough writeThrough, int tally, @Nullable Object result) {
        return new Decision(
                Effect.REMOVE, null, Expiry.UNCHANGED, writeThrough, null, EntryChange.Kind.REMOVED, tally, result);
    }

    /** The key has no entry to remove, but the database is told all the same. */
    static Decision deleteOnly(int tally, @Nullable Object result) {
        return new Decision(Effect.NONE, null, Expiry.UNCHANGED, WriteThrough.DELETE, null, null, tally, result);
    }

    /** Gone from the cache, and nobody is told: an invalidation. */
    static Decision drop(@Nullable Object result) {
        return new Decision(Effect.REMOVE, null, Expiry.UNCHANGED, WriteThrough.NONE, null, null, 0, result);
    }
}
