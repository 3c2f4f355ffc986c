package io.fyercache.sharded.transport.netty;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over a transport's connections. Thread-safe. */
final class Traffic {
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder flushes = new LongAdder();

    void received() {
        received.increment();
    }

    void sent() {
        sent.increment();
    }

    void flushed() {
        flushes.increment();
    }

    TransportCounts counts() {
        return new TransportCounts(received.sum(), sent.sum(), flushes.sum());
    }
}
