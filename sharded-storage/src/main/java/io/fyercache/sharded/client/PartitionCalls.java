package io.fyercache.sharded.client;

import io.fyercache.sharded.message.Answer.Moved;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of a client on one partition: those under way, and those that wait until there is room for them. Used by one thread. */
final class PartitionCalls {
    private final long client;
    private final int partition;
    private final CallWindow underWay;
    private final WaitingCalls waiting = new WaitingCalls();

    /** The latest that a member has said of who is the primary; null if none has said anything. */
    private @Nullable Moved moved;

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

    /** J6: takes in what a member that is not the primary has said of who is. */
    void moved(Moved said) {
        if (moved == null || said.version() > moved.version()) {
            moved = said;
        }
    }

    /** Returns the primary by the record, unless a member has said so of a later one. */
    Incarnation primary(PartitionRecord record) {
        return moved == null || moved.version() <= record.version() ? record.primary() : moved.primary();
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
