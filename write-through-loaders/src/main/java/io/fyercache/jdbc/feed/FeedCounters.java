package io.fyercache.jdbc.feed;

import java.util.concurrent.atomic.LongAdder;

/** What a feed has done so far. Thread-safe. */
final class FeedCounters {
    private final LongAdder keys = new LongAdder();
    private final LongAdder wholes = new LongAdder();
    private final LongAdder interruptions = new LongAdder();

    void keysDropped(int count) {
        keys.add(count);
    }

    void wholeDropped() {
        wholes.increment();
    }

    void interrupted() {
        interruptions.increment();
    }

    long keys() {
        return keys.sum();
    }

    long wholes() {
        return wholes.sum();
    }

    long interruptions() {
        return interruptions.sum();
    }
}
