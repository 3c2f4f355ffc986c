package io.fyercache.sharded.client;

import io.fyercache.sharded.message.OperationId;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client that have a sequence on one partition, up to {@link OperationId#WINDOW} of them. A call that ends out of turn leaves a
 * gap, which counts until all before it have ended: the primary remembers as many results. Used by one thread.
 */
final class CallWindow {
    /** A power of two, as all capacities; most clients have a call or two under way on a partition. */
    private static final int INITIAL_CAPACITY = 4;

    /** Each call at its sequence modulo the length. */
    private @Nullable RoutedCall[] ring = new @Nullable RoutedCall[INITIAL_CAPACITY];

    private long lowest;
    private long next;

    /**
     * Makes an empty window.
     *
     * @param next the sequence of the next call
     */
    CallWindow(long next) {
        this.lowest = next;
        this.next = next;
    }

    /** Returns the lowest sequence of a call that has not ended; the next one if there is none. */
    long lowest() {
        return lowest;
    }

    /** Returns the sequence of the next call that is added. */
    long next() {
        return next;
    }

    boolean isEmpty() {
        return lowest == next;
    }

    boolean isFull() {
        return next - lowest == OperationId.WINDOW;
    }

    /** Adds a call, at the next sequence. There must be room for it. */
    void add(RoutedCall call) {
        if (isFull()) {
            throw new IllegalStateException(
                    "sequence " + next + " (expected: less than " + OperationId.WINDOW + " above " + lowest + ")");
        }
        if (next - lowest == ring.length) {
            grow();
        }
        ring[index(next++)] = call;
    }

    private void grow() {
        @Nullable RoutedCall[] former = ring;
        ring = new @Nullable RoutedCall[2 * former.length];
        for (long sequence = lowest; sequence < next; sequence++) {
            ring[index(sequence)] = former[(int) sequence & (former.length - 1)];
        }
    }

    private int index(long sequence) {
        return (int) sequence & (ring.length - 1);
    }

    /** Returns the call with a sequence; null if it has ended, or there was none. */
    @Nullable
    RoutedCall find(long sequence) {
        return sequence >= lowest && sequence < next ? ring[index(sequence)] : null;
    }

    /** Takes out the call with a sequence. */
    void end(long sequence) {
        ring[index(sequence)] = null;
        while (lowest < next && ring[index(lowest)] == null) {
            lowest++;
        }
    }
}
