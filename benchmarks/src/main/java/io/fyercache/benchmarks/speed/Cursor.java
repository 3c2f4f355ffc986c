package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.workload.Dataset;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** Where a thread is in the data. Threads start far apart, so that they do not walk over the same keys together. */
@State(Scope.Thread)
public class Cursor {
    private int step;

    /** Places the thread. */
    @Setup
    public void place(ThreadParams thread) {
        step = Dataset.ENTRIES / thread.getThreadCount() * thread.getThreadIndex();
    }

    int next() {
        return step++ & Integer.MAX_VALUE;
    }
}
