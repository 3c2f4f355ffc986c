package io.fyercache.sharded.client;

import io.fyercache.sharded.message.OperationId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of a client on one partition: those under way, and those that wait until there is room for them. Used by one thread. */
final class PartitionCalls {
    private final long client;
    private final int partition;
    private final CallWindow underWay;
    private final WaitingCalls waiting = new WaitingCalls();

    /**
     * Makes the calls of a partition, none.
     *
     * @param sequence of the first call
     */
    PartitionCalls(long client, int partition, long sequence) {
        this.client = client;
        this.partition = partition;
        this.underWay = new CallWindow(sequence);
    }

    int partition() {
        return partition;
    }

    boolean isIdle() {
        return underWay.isEmpty() && waiting.isEmpty();
    }

    /** Returns the sequence of the next call whose turn comes. */
    long nextSequence() {
        return underWay.next();
    }

    WaitingCalls waiting() {
        return waiting;
    }

    /** Lets the turn come of the call that has waited longest, and returns it; null if none waits or there is no room. */
    @Nullable
    RoutedCall begin() {
        RoutedCall call = underWay.isFull() ? null : waiting.poll();
        if (call != null) {
            call.begin(new OperationId(client, underWay.next()), underWay.lowest());
            underWay.add(call);
        }
        return call;
    }

    /** Returns the call that is under way with a sequence, or null. */
    @Nullable
    RoutedCall find(long sequence) {
        return underWay.find(sequence);
    }

    /** Takes out a call that was under way. */
    void end(RoutedCall call) {
        underWay.end(call.id().sequence());
    }

    /** Shows the calls that are under way. Meanwhile they may be ended, and others begun, which are not shown. */
    void forEachUnderWay(Consumer<RoutedCall> action) {
        long end = underWay.next();
        for (long sequence = underWay.lowest(); sequence < end; sequence++) {
            RoutedCall call = underWay.find(sequence);
            if (call != null) {
                action.accept(call);
            }
        }
    }
}
