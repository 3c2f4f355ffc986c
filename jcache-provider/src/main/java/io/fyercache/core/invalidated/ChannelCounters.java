package io.fyercache.core.invalidated;

import io.fyercache.core.invalidation.Subscriber;
import java.util.concurrent.atomic.LongAdder;

/** What happens on a connection to a bus, counted. Thread-safe. */
final class ChannelCounters implements Subscriber.Tally {
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder gaps = new LongAdder();

    void sent() {
        sent.increment();
    }

    void malformed() {
        dropped.increment();
    }

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public void repeated() {
        dropped.increment();
    }

    @Override
    public void gap() {
        gaps.increment();
    }

    long sentCount() {
        return sent.sum();
    }

    long receivedCount() {
        return received.sum();
    }

    long droppedCount() {
        return dropped.sum();
    }

    long gapCount() {
        return gaps.sum();
    }
}
