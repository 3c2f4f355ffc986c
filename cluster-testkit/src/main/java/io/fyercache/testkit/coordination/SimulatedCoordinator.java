package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import io.fyercache.zookeeper.life.ExpectedCluster;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.LifeHost;
import io.fyercache.zookeeper.life.MemberLife;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.ZnodeSession;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a member as it really is, on a {@link FakeZooKeeper}. Each thing that the listener is told is an event of its own on the
 * member's process.
 *
 * <p>All of it runs on that process. A member that is paused hears nothing, sends nothing, and loses its session if that takes too long.
 */
public final class SimulatedCoordinator implements ClusterCoordinator {
    private final MemberLife life;
    private final ZooKeeperClient session;

    private SimulatedCoordinator(MemberLife life, ZooKeeperClient session) {
        this.life = life;
        this.session = session;
    }

    /**
     * Begins the life of a member. If its session is lost before it has begun, the listener is told that it is over.
     *
     * @param process runs things on the member, in their order: if it is paused later, if it has died never
     * @param description with an id that no other life has
     * @param joined is given the coordinator once the member's znode is there, before the listener is told anything
     */
    public static void join(
            FakeZooKeeper zookeeper,
            Timeline timeline,
            Consumer<Runnable> process,
            MemberDescription description,
            CoordinationListener listener,
            Consumer<SimulatedCoordinator> joined) {
        LifeHost host = new Host(zookeeper, timeline, process, listener, joined);
        new MemberLife(host, description, ExpectedCluster.ANY, listener);
    }

    /** A process in virtual time, where nothing is ever damaged or denied. */
    private static final class Host implements LifeHost {
        private final FakeZooKeeper zookeeper;
        private final Timeline timeline;
        private final Consumer<Runnable> process;
        private final CoordinationListener listener;
        private final Consumer<SimulatedCoordinator> joined;
        private @Nullable ZooKeeperClient session;

        Host(
                FakeZooKeeper zookeeper,
                Timeline timeline,
                Consumer<Runnable> process,
                CoordinationListener listener,
                Consumer<SimulatedCoordinator> joined) {
            this.zookeeper = zookeeper;
            this.timeline = timeline;
            this.process = process;
            this.listener = listener;
            this.joined = joined;
        }

        @Override
        public ZnodeSession open(SessionListener events) {
            session = zookeeper.open(process, events);
            return session;
        }

        @Override
        public void later(Runnable action) {
            timeline.after(0, () -> process.accept(action));
        }

        @Override
        public void joined(MemberLife life) {
            joined.accept(new SimulatedCoordinator(life, Objects.requireNonNull(session)));
        }

        @Override
        public void refused(JoinFailure why) {
            if (why.reason() != JoinFailure.Reason.SESSION_LOST) {
                throw new AssertionError(why);
            }
            listener.expelled();
        }

        @Override
        public void damaged(RuntimeException damage) {
            throw new AssertionError(damage);
        }
    }

    /** Returns the session, for whoever wants to do it harm. */
    public ZooKeeperClient session() {
        return session;
    }

    @Override
    public Incarnation self() {
        return life.self();
    }

    @Override
    public UUID cluster() {
        return life.cluster();
    }

    @Override
    public void renewLicence(long sentNanos) {
        life.renewLicence(sentNanos);
    }

    @Override
    public void claim(ControllerEpoch known) {
        life.claim(known);
    }

    @Override
    public void requeue() {
        life.requeue();
    }

    @Override
    public void write(TableWrite write) {
        life.write(write);
    }

    @Override
    public void refresh() {
        life.refresh();
    }

    @Override
    public CacheCatalogue openCatalogue(CatalogueListener listener) {
        return life.openCatalogue(listener);
    }

    @Override
    public void leave() {
        life.leave();
    }
}
