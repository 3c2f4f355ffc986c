package io.fyercache.testkit.simulation;

import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.engine.RouterAccess;
import io.fyercache.sharded.engine.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The router of an application in a simulated cluster: whoever waits for it drives the world meanwhile. Several threads take turns, and then a
 * world is not the same twice. Thread-safe.
 */
final class DrivenRouter implements RouterAccess {
    /** How long to wait for the first table, in nanoseconds of virtual time: far longer than a cluster takes to be founded. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final ClusterSimulation world;
    private final ClientProcess process;

    /** Who drives the world at this moment; guarded by the world. */
    private @Nullable Thread driver;

    DrivenRouter(ClusterSimulation world, ClientProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public int partitions() {
        synchronized (world) {
            long end = world.timeline().nowNanos() + PATIENCE_NANOS;
            while (process.partitions() == 0) {
                if (world.timeline().nowNanos() > end) {
                    throw new ClusterUnavailableException("number of partitions: unknown (expected: known after "
                            + PATIENCE_NANOS / 1_000_000 + " ms of virtual time); let members run");
                }
                drive();
            }
            return process.partitions();
        }
    }

    @Override
    public List<CallOutcome> carryOut(List<Submission> submissions) {
        TreeMap<Integer, CallOutcome> ended = new TreeMap<>();
        synchronized (world) {
            requireOutside();
            for (int i = 0; i < submissions.size(); i++) {
                int place = i;
                process.submit(submissions.get(i), outcome -> ended.put(place, outcome));
            }
        }
        while (true) {
            synchronized (world) {
                if (ended.size() == submissions.size()) {
                    return new ArrayList<>(ended.values());
                }
                drive();
            }
        }
    }

    /** Lets the next thing happen in the world. */
    private void drive() {
        synchronized (world) {
            requireOutside();
            driver = Thread.currentThread();
            try {
                world.timeline().runNext();
            } finally {
                driver = null;
            }
        }
    }

    private void requireOutside() {
        if (Thread.currentThread().equals(driver)) {
            throw new IllegalStateException("a cache of a simulated cluster: used by user code that runs in the cluster"
                    + " (expected: to be used by the test alone, as the world stands still while its code runs)");
        }
    }
}
