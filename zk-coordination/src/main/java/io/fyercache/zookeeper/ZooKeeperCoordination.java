package io.fyercache.zookeeper;

import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.node.Coordination;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.zookeeper.life.ExpectedCluster;
import io.fyercache.zookeeper.life.JoinFailure;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** How processes get to a cluster in a real ZooKeeper ensemble. Thread-safe. */
public final class ZooKeeperCoordination implements Coordination {
    private final ZooKeeperSettings settings;

    /** Gets there as the settings say. */
    public ZooKeeperCoordination(ZooKeeperSettings settings) {
        this.settings = settings;
    }

    @Override
    public Visit join(
            Optional<UUID> former,
            MemberDescription description,
            Executor process,
            CoordinationListener listener,
            EntryListener<ClusterCoordinator> entry) {
        ZooKeeperCoordinator begun =
                ZooKeeperCoordinator.join(settings(former), description, process, listener, new JoinListener() {
                    @Override
                    public void joined(ZooKeeperCoordinator coordinator) {
                        entry.entered(coordinator);
                    }

                    @Override
                    public void failed(JoinFailure why) {
                        entry.failed(failure(why));
                    }
                });
        return new Begun(begun::leave, begun::ended);
    }

    @Override
    public Visit look(
            Optional<UUID> former, Executor process, ClusterListener listener, EntryListener<ClusterView> entry) {
        ZooKeeperClusterView begun = ZooKeeperClusterView.open(settings(former), process, listener, new ViewListener() {
            @Override
            public void opened(ZooKeeperClusterView view) {
                entry.entered(view);
            }

            @Override
            public void failed(JoinFailure why) {
                entry.failed(failure(why));
            }
        });
        return new Begun(begun::leave, begun::ended);
    }

    private ZooKeeperSettings settings(Optional<UUID> former) {
        return former.map(ExpectedCluster::former).map(settings::expecting).orElse(settings);
    }

    private static EntryFailure failure(JoinFailure why) {
        Prospect prospect = switch (why.reason()) {
            // The ensemble has been tried for long by then.
            case UNREACHABLE, TLS_FAILED, WRONG_CHROOT, NOT_PERMITTED, INSECURE, OTHER_CLUSTER, INCOMPATIBLE ->
                Prospect.HOPELESS;
            case NO_CLUSTER, ID_TAKEN, SESSION_LOST -> Prospect.TRY_AGAIN;
        };
        return new EntryFailure(prospect, why.message());
    }

    private record Begun(Runnable leaving, Supplier<CompletionStage<Void>> end) implements Visit {
        @Override
        public void leave() {
            leaving.run();
        }

        @Override
        public CompletionStage<Void> ended() {
            return end.get();
        }
    }
}
