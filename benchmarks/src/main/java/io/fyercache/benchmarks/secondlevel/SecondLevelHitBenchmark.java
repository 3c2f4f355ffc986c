package io.fyercache.benchmarks.secondlevel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A session is opened, an entity with READ_WRITE access is found in the second-level cache, and the session is closed. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SecondLevelHitBenchmark {

    /** Where a thread is in the products. Threads start far apart. */
    @State(Scope.Thread)
    public static class Walk {
        private int step;

        /** Places the thread. */
        @Setup
        public void place(ThreadParams thread) {
            step = CachedProducts.PRODUCTS / thread.getThreadCount() * thread.getThreadIndex();
        }

        long next() {
            step = (step + 1) % CachedProducts.PRODUCTS;
            return step;
        }
    }

    @Benchmark
    public Product find(CachedProducts products, Walk walk) {
        return products.find(walk.next());
    }
}
