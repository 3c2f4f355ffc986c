package io.fyercache.sharded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures the memory that decoding takes. */
public final class Allocation {
    /** Bytes of memory for the exception and its stack trace. */
    private static final int FOR_ANY = 64 * 1024;

    private Allocation() {}

    /** Fails if the action allocates more than so many bytes for each byte of its input. */
    public static void assertInProportion(String what, int inputBytes, int allocatedPerByte, Runnable action) {
        long limit = FOR_ANY + (long) allocatedPerByte * inputBytes;
        long allocated = by(action);
        if (allocated >= limit) {
            // The first time, the JVM itself allocates to link what it calls.
            allocated = by(action);
        }
        assertThat(allocated).as("bytes allocated for %s", what).isLessThan(limit);
    }

    private static long by(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
