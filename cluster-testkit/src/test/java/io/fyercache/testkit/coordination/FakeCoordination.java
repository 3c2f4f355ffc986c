package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.testkit.contract.CoordinationFixture;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** An ensemble in virtual time, for the contract. */
final class FakeCoordination implements CoordinationFixture {
    private static final long MILLIS = 1_000_000;

    /** Virtual nanoseconds in which a condition must come true: ten sessions' timeouts. */
    private static final long PATIENCE_NANOS = 10 * FakeZooKeeper.SESSION_TIMEOUT_NANOS;

    /** For as long as it takes until somebody restores it. */
    private static final long UNTIL_RESTORED_NANOS = 100 * PATIENCE_NANOS;

    private final Timeline timeline = new Timeline();
    private final FakeZooKeeper zookeeper;

    FakeCoordination(long seed, ZooKeeperFaults faults) {
        zookeeper = new FakeZooKeeper(timeline, new Random(seed), faults);
    }

    @Override
    public ClusterCoordinator join(MemberDescription description, CoordinationListener listener) {
        AtomicReference<SimulatedCoordinator> joined = new AtomicReference<>();
        SimulatedCoordinator.join(zookeeper, timeline, Runnable::run, description, listener, joined::set);
        await("join of " + description.nodeName(), () -> joined.get() != null);
        return joined.get();
    }

    @Override
    public ClusterView open(ClusterListener listener) {
        AtomicReference<SimulatedClusterView> opened = new AtomicReference<>();
        SimulatedClusterView.open(zookeeper, timeline, Runnable::run, listener, opened::set);
        await("view", () -> opened.get() != null);
        return opened.get();
    }

    @Override
    public void call(Runnable action) {
        action.run();
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        long end = timeline.nowNanos() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (timeline.nowNanos() >= end) {
                throw new AssertionError(what + ": not so within " + PATIENCE_NANOS / MILLIS + " virtual ms");
            }
            timeline.runUntil(timeline.nowNanos() + MILLIS, () -> {});
        }
    }

    @Override
    public void cutOff(ClusterView process, Loss loss) {
        FakeZooKeeper.Loss same = switch (loss) {
            case EVERYTHING -> FakeZooKeeper.Loss.EVERYTHING;
            case ANSWERS -> FakeZooKeeper.Loss.ANSWERS;
        };
        zookeeper.cutOff(session(process), same, UNTIL_RESTORED_NANOS);
    }

    @Override
    public void restore(ClusterView process) {
        zookeeper.restore(session(process));
    }

    @Override
    public void expire(ClusterView process) {
        zookeeper.expire(session(process));
    }

    private static ZooKeeperClient session(ClusterView process) {
        return process instanceof SimulatedClusterView view
                ? view.session()
                : ((SimulatedCoordinator) process).session();
    }

    @Override
    public void close() {
        // Whatever is still under way must not tell anybody what he should not hear.
        timeline.runUntil(timeline.nowNanos() + PATIENCE_NANOS, () -> {});
    }
}
