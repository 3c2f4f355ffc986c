package io.fyercache.sharded.transport.netty;

import io.fyercache.testkit.log.LoggedLines;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;

/** Hears what Netty says of buffers that were forgotten: every buffer is tracked, see the module's POM. */
final class LeakWatch implements AutoCloseable {
    /** Netty looks for forgotten buffers when others are allocated. */
    private static final int ALLOCATIONS = 200;

    private static final int COLLECTIONS = 5;

    private final LoggedLines log = LoggedLines.of(ResourceLeakDetector.class);

    /** Returns what was heard, when the collector has had reason to find what was forgotten. */
    List<String> heard() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            for (int j = 0; j < ALLOCATIONS; j++) {
                PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
            }
        }
        return log.lines();
    }

    @Override
    public void close() {
        log.close();
    }
}
