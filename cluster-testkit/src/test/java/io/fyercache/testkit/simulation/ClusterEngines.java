package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.NearSettings;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.contract.EngineFixture;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.engine.RouterAccess;
import io.fyercache.sharded.engine.ShardedCacheEngine;
import io.fyercache.sharded.engine.Submission;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.near.NearCache;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.testkit.simulation.ClientProcess.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a cluster, for the contracts of engines: three members with two copies of one partition, so that one member is the primary of all
 * keys. Whoever waits for an answer drives the world, and waits for user code with it.
 */
final class ClusterEngines implements EngineFixture.Engines, RouterAccess {
    private static final ClusterShape SHAPE = new ClusterShape(3, 2, 1);
    private static final CallTerms TERMS = new CallTerms(1, Duration.ofMinutes(4));

    /** Guards the world. */
    private final Object lock = new Object();

    private final ThreadedCaches[] caches = new ThreadedCaches[1];
    private final ClusterSimulation world = ClusterSimulation.uninhabited(
            new Random(4), SHAPE, timeline -> caches[0] = new ThreadedCaches(timeline, lock));
    private final ClientProcess process;
    private final Map<CacheEngine, Integer> numbers = new ConcurrentHashMap<>();

    ClusterEngines() {
        synchronized (lock) {
            process = world.startProcess(Manner.ORDINARY);
            while (!world.wounds().isEmpty()) {
                world.runFor(10_000_000);
            }
        }
    }

    /** A cache of which the engine needs no more than this. */
    private record Design(String name, StoredForm form) implements CacheDesign {
        @Override
        public ChangeListeners listeners() {
            return ChangeListeners.NONE;
        }

        @Override
        public CacheDefinition definition() {
            throw new AssertionError("the entries are elsewhere");
        }

        @Override
        public PortableDefinition portable() {
            throw new AssertionError("members have it already");
        }
    }

    @Override
    public CacheEngine open(CacheDefinition definition) {
        synchronized (lock) {
            int number = caches[0].define(ObjectEngine.onMembers(definition));
            CacheEngine engine = new ObjectEngine(new ShardedCacheEngine(
                    number, new Design(definition.name(), ObjectEngine.FORM), TERMS, this, new FixedCache(() -> {})));
            numbers.put(engine, number);
            return engine;
        }
    }

    // ---- differences

    /** Messages take their time, and clocks of members differ from that of the test. */
    @Override
    public long operationMillis() {
        return 300;
    }

    @Override
    public boolean listenersAreTold() {
        return false;
    }

    /** The caller has an exception of its own; what was thrown is its cause. */
    @Override
    public void assertFailure(Throwable failure, Throwable thrown) {
        assertFailure(failure, thrown.getClass(), thrown.getMessage());
    }

    @Override
    public void assertFailure(Throwable failure, Class<? extends Throwable> thrown, String message) {
        assertThat(failure)
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'test'", thrown.getName(), message);
        assertThat(failure.getCause()).isExactlyInstanceOf(thrown).hasMessage(message);
    }

    /** Loads are counted where they are. */
    @Override
    public CacheCounters countersOfLoads(CacheEngine engine) {
        return caches[0].counters(numbers.get(engine));
    }

    // ---- time, and calls

    @Override
    public void advance(Duration duration) {
        synchronized (lock) {
            world.runFor(duration.toNanos());
            caches[0].touched();
        }
    }

    @Override
    public long millis() {
        synchronized (lock) {
            return new WorldClock(world.timeline()).millis();
        }
    }

    @Override
    public PartitionLayout layout() {
        return SHAPE.layout();
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return world.timeline().nowNanos();
        }
    }

    @Override
    public void pause(long nanos) {
        advance(Duration.ofNanos(nanos));
    }

    @Override
    public Task.Listen listen(int cache, ChangeListeners listeners) {
        throw new AssertionError("the contract's listeners are not told");
    }

    @Override
    public void listens(int cache, Task.Listen told) {
        throw new AssertionError("the contract's listeners are not told");
    }

    @Override
    public NearCache openNear(int cache, NearSettings settings) {
        throw new AssertionError("nothing is read near");
    }

    @Override
    public void closeNear(NearCache near) {
        throw new AssertionError("nothing is read near");
    }

    @Override
    public @Nullable Done readAtHand(EntryKey key, Task task) {
        return null;
    }

    @Override
    public List<CallOutcome> carryOut(List<Submission> submissions) {
        TreeMap<Integer, CallOutcome> ended = new TreeMap<>();
        synchronized (lock) {
            for (int i = 0; i < submissions.size(); i++) {
                int place = i;
                process.submit(submissions.get(i), outcome -> ended.put(place, outcome));
            }
            caches[0].callBegins();
        }
        while (true) {
            synchronized (lock) {
                while (caches[0].standsStill() && ended.size() < submissions.size()) {
                    await();
                }
                if (ended.size() == submissions.size()) {
                    caches[0].callEnded();
                    return new ArrayList<>(ended.values());
                }
                world.timeline().runNext();
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // Its only caller is one.
    @GuardedBy("lock")
    private void await() {
        try {
            lock.wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted: the test is over", e);
        }
    }

    @Override
    public void close() {
        caches[0].close();
    }
}
