package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import io.fyercache.zookeeper.life.ExpectedCluster;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.view.ClientView;
import io.fyercache.zookeeper.view.ViewHost;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.ZnodeSession;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's view as it really is, on a {@link FakeZooKeeper}. All of it runs on the client's process. */
public final class SimulatedClusterView implements ClusterView {
    private final ClientView view;
    private final Host host;

    private SimulatedClusterView(ClientView view, Host host) {
        this.view = view;
        this.host = host;
    }

    /**
     * Begins to look for the cluster, which a member must have founded.
     *
     * @param process runs things on the client, in their order: if it is paused later, if it has died never
     * @param opened is given the view once the cluster is found, before the listener is told anything
     */
    public static void open(
            FakeZooKeeper zookeeper,
            Timeline timeline,
            Consumer<Runnable> process,
            ClusterListener listener,
            Consumer<SimulatedClusterView> opened) {
        new ClientView(new Host(zookeeper, timeline, process, opened), ExpectedCluster.ANY, listener);
    }

    /** A process in virtual time, where nothing is ever damaged or denied. */
    private static final class Host implements ViewHost {
        private final FakeZooKeeper zookeeper;
        private final Timeline timeline;
        private final Consumer<Runnable> process;
        private final Consumer<SimulatedClusterView> opened;
        private @Nullable ZooKeeperClient session;

        Host(
                FakeZooKeeper zookeeper,
                Timeline timeline,
                Consumer<Runnable> process,
                Consumer<SimulatedClusterView> opened) {
            this.zookeeper = zookeeper;
            this.timeline = timeline;
            this.process = process;
            this.opened = opened;
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
        public void admitted() {
            // There is nobody in between.
        }

        @Override
        public void opened(ClientView view) {
            opened.accept(new SimulatedClusterView(view, this));
        }

        @Override
        public void refused(JoinFailure why) {
            throw new AssertionError(why);
        }

        @Override
        public void damaged(RuntimeException damage) {
            throw new AssertionError(damage);
        }
    }

    /** Returns the latest session, for whoever wants to do it harm. */
    public ZooKeeperClient session() {
        return Objects.requireNonNull(host.session);
    }

    @Override
    public UUID cluster() {
        return view.cluster();
    }

    @Override
    public void refresh() {
        view.refresh();
    }

    @Override
    public CacheCatalogue openCatalogue(CatalogueListener listener) {
        return view.openCatalogue(listener);
    }

    @Override
    public void leave() {
        view.leave();
    }
}
