package io.fyercache.sharded.replication;

import java.util.ArrayDeque;

/**
 * The committed entries of whose changes the host was told, and has not said that they have arrived where they are listened for (V1). Used by one
 * thread.
 */
final class UntoldEntries {
    private final ArrayDeque<Untold> waiting = new ArrayDeque<>();

    /** The entry that was the first of them at the last look, since when it is that, and when that look was. */
    private long watched;

    private long watchedNanos;
    private long lookedNanos;

    /**
     * One of them.
     *
     * @param bytesBefore how many bytes all entries take that there ever were before it
     */
    private record Untold(long number, long bytesBefore) {}

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Adds an entry, later than all before. */
    void add(long number, long bytesBefore) {
        waiting.add(new Untold(number, bytesBefore));
    }

    /** Takes out the entries up to one. */
    void arrived(long number) {
        while (!waiting.isEmpty() && waiting.getFirst().number() <= number) {
            waiting.removeFirst();
        }
    }

    /** Returns the first of them, of which there is one. */
    long first() {
        return waiting.getFirst().number();
    }

    /** Returns the last of them, of which there is one. */
    long last() {
        return waiting.getLast().number();
    }

    /** Returns how many bytes all entries take that there ever were before the first of them. */
    long bytesBefore() {
        return waiting.getFirst().bytesBefore();
    }

    /**
     * Tells whether nothing has arrived for so long, as of the looks that were taken. To be called many times while that takes: between two looks
     * that are far apart it was this member that stood still.
     *
     * @param farNanos how far two looks must be apart for that
     */
    boolean waitsFor(long patienceNanos, long nowNanos, long farNanos) {
        boolean stoodStill = nowNanos - lookedNanos >= farNanos;
        lookedNanos = nowNanos;
        if (stoodStill || waiting.isEmpty() || waiting.getFirst().number() != watched) {
            watched = waiting.isEmpty() ? 0 : waiting.getFirst().number();
            watchedNanos = nowNanos;
        }
        return nowNanos - watchedNanos >= patienceNanos;
    }
}
