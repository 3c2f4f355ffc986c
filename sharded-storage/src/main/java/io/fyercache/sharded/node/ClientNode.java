package io.fyercache.sharded.node;

import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.node.Coordination.EntryFailure;
import io.fyercache.sharded.node.Coordination.EntryListener;
import io.fyercache.sharded.node.Coordination.Visit;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A process that uses the caches of a cluster, and stores nothing. Thread-safe. */
public final class ClientNode extends ProcessNode {
    private static final Logger LOGGER = System.getLogger(ClientNode.class.getName());

    private final String name;
    private final Coordination coordination;
    private final ProcessLoop loop;
    private final NodeRouter router;
    private final CacheDirectory directory;
    private final Visits visits = new Visits();
    private final Attempts attempts;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    // Those of the process's thread.
    private @Nullable Look look;
    private boolean ending;

    private ClientNode(
            String name, NodeConnections connections, Coordination coordination, ClassLoader classLoader, Clock clock) {
        this.name = name;
        this.coordination = coordination;
        this.loop = new ProcessLoop("fyercache-client-" + name);
        this.router =
                new NodeRouter(ClusterPicture.Part.CLIENT, loop, clock, connections, this::learnTable, classLoader);
        this.directory = new CacheDirectory(loop);
        this.attempts = new Attempts(clock);
    }

    /**
     * Starts a client, and returns it when it sees the cluster.
     *
     * @param name what the operator calls it
     * @param classLoader finds the classes of listeners
     * @throws CannotJoinException if it does not
     */
    public static ClientNode start(
            String name, NodeConnections connections, Coordination coordination, ClassLoader classLoader) {
        return start(name, connections, coordination, classLoader, SystemClock.INSTANCE);
    }

    /**
     * Starts a client that has a clock of its own; otherwise as {@link #start(String, NodeConnections, Coordination, ClassLoader)}.
     *
     * @param clock what the process would take for the time if members did not tell it
     */
    public static ClientNode start(
            String name, NodeConnections connections, Coordination coordination, ClassLoader classLoader, Clock clock) {
        ClientNode node = new ClientNode(name, connections, coordination, classLoader, clock);
        node.loop.execute(node::begin);
        Future<?> unused = node.loop.every(NodeRouter.TICK_NANOS, node.router::tick);
        try {
            Waiting.forStart(node.started);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
        return node;
    }

    private void begin() {
        if (!ending) {
            Look next = new Look();
            look = next;
            visits.add(next.begin());
        }
    }

    private void learnTable() {
        if (look != null) {
            look.learnTable();
        }
    }

    /** One view of the cluster, until it fails. Used by the process's thread. */
    private final class Look implements EntryListener<ClusterView>, ClusterListener {
        private @Nullable Visit visit;
        private @Nullable ClusterView view;
        private boolean refreshing;

        Visit begin() {
            Visit begun = coordination.look(router.cluster(), loop, this, this);
            visit = begun;
            return begun;
        }

        @Override
        public void entered(ClusterView entered) {
            view = entered;
            router.enter(entered.cluster());
            directory.follow(entered, router::cachesChanged, () -> {});
            attempts.succeeded();
            CompletableFuture<Void> unused = router.contact().whenComplete((made, refused) -> {
                if (refused == null) {
                    started.complete(null);
                } else {
                    started.completeExceptionally(cannotUse(refused.getMessage()));
                }
            });
        }

        @Override
        public void failed(EntryFailure why) {
            directory.unfollow();
            look = null;
            if (attempts.mayGoOn(why)) {
                long pause = attempts.nextPauseNanos();
                LOGGER.log(
                        Level.WARNING,
                        "client {0} does not see its cluster: {1}; it looks again in {2} ms",
                        name,
                        why.message(),
                        Duration.ofNanos(pause).toMillis());
                loop.after(pause, ClientNode.this::begin);
            } else {
                started.completeExceptionally(cannotUse(why.message()));
            }
        }

        private CannotJoinException cannotUse(@Nullable String why) {
            return new CannotJoinException("client '" + name + "' cannot use its cluster: " + why);
        }

        @Override
        public void membersChanged(MembersPresent members) {
            router.membersChanged(members.members());
        }

        @Override
        public void tableChanged(VersionedTable table) {
            router.onTable(table);
        }

        @Override
        public void refreshed() {
            refreshing = false;
        }

        void learnTable() {
            if (view != null && !refreshing) {
                refreshing = true;
                view.refresh();
            }
        }

        void leave() {
            if (visit != null) {
                visit.leave();
            }
        }
    }

    // ---- for caches

    @Override
    NodeRouter nodeRouter() {
        return router;
    }

    @Override
    CacheDirectory directory() {
        return directory;
    }

    @Override
    ProcessLoop loop() {
        return loop;
    }

    // ---- the end

    @Override
    public void close() {
        loop.requireOther("close");
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        loop.execute(this::endNow);
        visits.awaitEnds();
        loop.close();
    }

    private void endNow() {
        ending = true;
        router.close();
        directory.close();
        if (look != null) {
            look.leave();
        }
    }

    @Override
    public String toString() {
        return "client '" + name + "'";
    }
}
