package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.NearSettings;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.engine.ListenerThread;
import io.fyercache.sharded.engine.RouterAccess;
import io.fyercache.sharded.engine.Submission;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.near.NearCache;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The router of an application in a simulated cluster: whoever waits for it drives the world meanwhile. Several threads take turns, and then a
 * world is not the same twice. Thread-safe.
 */
final class DrivenRouter implements RouterAccess, ClientProcess.Listener {
    /** How long to wait for the first table, in nanoseconds of virtual time: far longer than a cluster takes to be founded. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final ClusterSimulation world;
    private final ClientProcess process;

    /** Who drives the world at this moment; guarded by the world. */
    private @Nullable Thread driver;

    /** Who listens, by cache; guarded by the world. */
    private final Map<Integer, ChangeListeners> listeners = new HashMap<>();

    DrivenRouter(ClusterSimulation world, ClientProcess process) {
        this.world = world;
        this.process = process;
        process.setListener(this);
    }

    /** A client has no copies. */
    @Override
    public @Nullable Done readAtHand(EntryKey key, Task task) {
        return null;
    }

    // ---- near caches

    @Override
    public NearCache openNear(int cache, NearSettings settings) {
        synchronized (world) {
            return process.openNear(
                    cache,
                    (int) Math.min(settings.maximumEntries(), Integer.MAX_VALUE),
                    settings.maximumStalenessNanos());
        }
    }

    @Override
    public void closeNear(NearCache near) {
        synchronized (world) {
            process.closeNear(near);
        }
    }

    // ---- listeners

    @Override
    public Task.Listen listen(int cache, ChangeListeners present) {
        synchronized (world) {
            listeners.put(cache, present);
            return process.wish(present.interest());
        }
    }

    @Override
    public void listens(int cache, Task.Listen told) {
        synchronized (world) {
            process.listens(cache, told);
        }
    }

    /** Listeners run while the world goes on, which they may use. */
    @Override
    public void tell(int partition, List<PlacedChange> changes, Consumer<List<ListenerFailure>> told) {
        world.timeline()
                .after(
                        1,
                        () -> process.run(() -> {
                            List<ListenerFailure> failures = tell(changes);
                            changes.forEach(change -> world.heard(partition).heard(process.number(), change));
                            told.accept(failures);
                        }));
    }

    private List<ListenerFailure> tell(List<PlacedChange> changes) {
        Thread before = driver;
        driver = null;
        List<ListenerFailure> failures = new ArrayList<>();
        for (PlacedChange change : changes) {
            ListenerFailure failure =
                    ListenerThread.tell(listeners.getOrDefault(change.cache(), ChangeListeners.NONE), change);
            if (failure != null) {
                failures.add(failure);
            }
        }
        driver = before;
        return failures;
    }

    @Override
    public void wasForgotten(int partition, int cache) {
        world.forgotten(process, partition, cache);
    }

    // ---- calls

    @Override
    public PartitionLayout layout() {
        synchronized (world) {
            long end = world.timeline().nowNanos() + PATIENCE_NANOS;
            PartitionLayout known = process.layout();
            while (known == null) {
                if (world.timeline().nowNanos() > end) {
                    throw new ClusterUnavailableException("number of partitions: unknown (expected: known after "
                            + PATIENCE_NANOS / 1_000_000 + " ms of virtual time); let members run");
                }
                drive();
                known = process.layout();
            }
            return known;
        }
    }

    @Override
    public long nanoTime() {
        synchronized (world) {
            return world.timeline().nowNanos();
        }
    }

    @Override
    public void pause(long nanos) {
        long end = nanoTime() + nanos;
        while (nanoTime() < end) {
            drive();
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

    /** Waits until all members have given up a cache that is destroyed (Z5), or the time for that is over. */
    void awaitGivenUp(int cache) {
        AtomicBoolean ended = new AtomicBoolean();
        synchronized (world) {
            requireOutside();
            process.awaitGivenUp(cache, silent -> ended.set(true));
        }
        while (!ended.get()) {
            drive();
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
                    + " (expected: to be used by the test and by listeners alone, as the world stands still while other code"
                    + " runs)");
        }
    }
}
