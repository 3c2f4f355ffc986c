package io.fyercache.sharded.transport.netty;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears what Netty says of buffers that were forgotten: every buffer is tracked, see the module's POM. */
final class LeakWatch implements AutoCloseable {
    /** Netty looks for forgotten buffers when others are allocated. */
    private static final int ALLOCATIONS = 200;

    private static final int COLLECTIONS = 5;

    private final Logger logger = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord message) {
            heard.add(message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LeakWatch() {
        logger.addHandler(handler);
    }

    /** Returns what was heard, when the collector has had reason to find what was forgotten. */
    Queue<String> heard() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            for (int j = 0; j < ALLOCATIONS; j++) {
                PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
            }
        }
        return heard;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
