package io.fyercache.zookeeper;

import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import io.fyercache.zookeeper.view.ClientView;
import io.fyercache.zookeeper.view.ViewHost;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.ZnodeSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a client sees of a cluster in a real ZooKeeper ensemble. It outlives outages, and sessions that the ensemble has given up.
 *
 * <p>All of it happens on one thread, the executor that its user gives: the methods are called there, and all listeners too. Nothing blocks it.
 * ZooKeeper's client has two threads of its own for each session, and a third ends them; when {@link #ended} has completed there is none left.
 */
public final class ZooKeeperClusterView implements ClusterView {
    private static final Logger LOGGER = System.getLogger(ZooKeeperClusterView.class.getName());

    private final ZooKeeperSettings settings;
    private final ProcessThread client;
    private final ViewListener viewListener;
    private final DamageLog damages;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Sessions whose threads have not ended, and the view itself until it has. */
    private final AtomicInteger alive = new AtomicInteger(1);

    private @Nullable ClientView view;
    private @Nullable LiveSession session;
    private @Nullable Entrance entrance;
    private boolean opened;
    private boolean over;

    private ZooKeeperClusterView(ZooKeeperSettings settings, Executor client, ViewListener viewListener) {
        this.settings = settings;
        this.client = new ProcessThread(client);
        this.viewListener = viewListener;
        this.damages = new DamageLog("client", settings.chroot());
    }

    /**
     * Begins to look for a cluster.
     *
     * @param client runs one thing at a time, in the order in which they were given to it, never within the call that gives it, and until this
     *     view has ended
     * @param listener is told what goes on, after {@link ViewListener#opened}
     * @return the view, of which {@link #leave} may be called before it is open; any thread may call this method
     */
    public static ZooKeeperClusterView open(
            ZooKeeperSettings settings, Executor client, ClusterListener listener, ViewListener viewListener) {
        ZooKeeperClusterView made = new ZooKeeperClusterView(settings, client, viewListener);
        client.execute(() -> made.begin(listener));
        return made;
    }

    private void begin(ClusterListener listener) {
        if (over) {
            return;
        }
        try {
            view = new ClientView(new Host(), settings.expectedCluster(), listener);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            // It is told what was wrong with its settings, and what the machine denies it.
            fail(unreachable(e));
        }
    }

    private JoinFailure unreachable(Exception cause) {
        return new JoinFailure(Reason.UNREACHABLE, "servers: " + settings.servers() + ": " + cause);
    }

    private void fail(JoinFailure why) {
        if (!over) {
            end();
            viewListener.failed(why);
        }
    }

    private void end() {
        over = true;
        hasEnded();
    }

    private void hasEnded() {
        if (alive.decrementAndGet() == 0) {
            ended.complete(null);
        }
    }

    /** The process that the view is in. */
    private final class Host implements ViewHost {
        @Override
        public ZnodeSession open(SessionListener events) {
            Visitor visitor = opened ? Visitor.CLIENT_AGAIN : Visitor.CLIENT;
            Entrance opening = new Entrance(settings, visitor, SystemClock.INSTANCE, client, events, this::endRefused);
            LiveSession next;
            try {
                next = new LiveSession(settings, client, opening, ZooKeeperClusterView.this::hasEnded);
            } catch (IOException e) {
                if (opened) {
                    client.hand(() -> endRefused(unreachable(e)));
                }
                throw new UncheckedIOException(e);
            }
            alive.incrementAndGet();
            session = next;
            entrance = opening;
            opening.open(next);
            return next;
        }

        private void endRefused(JoinFailure why) {
            if (view != null) {
                view.leave();
            }
            fail(why);
        }

        @Override
        public void later(Runnable action) {
            client.hand(action);
        }

        @Override
        public void admitted() {
            if (entrance != null) {
                entrance.pass();
            }
        }

        @Override
        public void opened(ClientView found) {
            if (!over) {
                opened = true;
                LOGGER.log(Level.INFO, "client of cluster {0} in {1}", found.cluster(), settings.chroot());
                viewListener.opened(ZooKeeperClusterView.this);
            }
        }

        @Override
        public void refused(JoinFailure why) {
            fail(why);
        }

        @Override
        public void damaged(RuntimeException damage) {
            damages.note(damage);
        }
    }

    /** Returns when all that this view has begun has ended: after the client has left, or was told of a failure. Any thread may call this. */
    public CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    /** The latest session, for whoever wants to do it harm. */
    LiveSession session() {
        if (session == null) {
            throw new IllegalStateException("session: none yet (expected: after the view was opened)");
        }
        return session;
    }

    // ---- the port

    @Override
    public UUID cluster() {
        return begun("cluster").cluster();
    }

    @Override
    public void refresh() {
        begun("refresh").refresh();
    }

    @Override
    public CacheCatalogue openCatalogue(CatalogueListener listener) {
        return begun("openCatalogue").openCatalogue(listener);
    }

    @Override
    public void leave() {
        if (!over) {
            end();
            if (view != null) {
                view.leave();
            }
        }
    }

    private ClientView begun(String request) {
        if (view == null || !opened) {
            throw new IllegalStateException(request + ": before the view was opened (expected: after it)");
        }
        return view;
    }

    /** Names its place, and no secret. */
    @Override
    public String toString() {
        return "ZooKeeperClusterView of " + settings.chroot();
    }
}
