package io.fyercache.zookeeper;

import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import io.fyercache.zookeeper.life.LifeHost;
import io.fyercache.zookeeper.life.MemberLife;
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
import org.jspecify.annotations.Nullable;

/**
 * One life of a member in a real ZooKeeper ensemble.
 *
 * <p>All of it happens on one thread, the executor that its user gives: the methods are called there, and both listeners too. Nothing blocks
 * it. ZooKeeper's client has two threads of its own for each life, and a third ends them; when {@link #ended} has completed there is none
 * left.
 */
public final class ZooKeeperCoordinator implements ClusterCoordinator {
    private static final Logger LOGGER = System.getLogger(ZooKeeperCoordinator.class.getName());

    private final ZooKeeperSettings settings;
    private final MemberDescription description;
    private final ProcessThread member;
    private final JoinListener joinListener;
    private final DamageLog damages;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable MemberLife life;
    private @Nullable LiveSession session;
    private @Nullable Entrance entrance;
    private boolean joined;
    private boolean left;

    private ZooKeeperCoordinator(
            ZooKeeperSettings settings, MemberDescription description, Executor member, JoinListener joinListener) {
        this.settings = settings;
        this.description = description;
        this.member = new ProcessThread(member);
        this.joinListener = joinListener;
        this.damages = new DamageLog("member " + description.nodeName(), settings.chroot());
    }

    /**
     * Begins to join a cluster, and founds it if there is none.
     *
     * @param description with an id that no other life has
     * @param member runs one thing at a time, in the order in which they were given to it, never within the call that gives it, and until this
     *     life has ended
     * @param listener is told what goes on, after {@link JoinListener#joined}
     * @return the coordinator, of which {@link #leave} may be called before it has joined; any thread may call this method
     */
    public static ZooKeeperCoordinator join(
            ZooKeeperSettings settings,
            MemberDescription description,
            Executor member,
            CoordinationListener listener,
            JoinListener joinListener) {
        ZooKeeperCoordinator coordinator = new ZooKeeperCoordinator(settings, description, member, joinListener);
        member.execute(() -> coordinator.begin(listener));
        return coordinator;
    }

    private void begin(CoordinationListener listener) {
        if (left) {
            ended.complete(null);
            return;
        }
        try {
            life = new MemberLife(new Host(), description, settings.expectedCluster(), listener);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            // It is told what was wrong with its settings, and what the machine denies it.
            ended.complete(null);
            joinListener.failed(new JoinFailure(Reason.UNREACHABLE, "servers: " + settings.servers() + ": " + e));
        }
    }

    /** The process that the member's life is in. */
    private final class Host implements LifeHost {
        @Override
        public ZnodeSession open(SessionListener events) {
            Entrance opening =
                    new Entrance(settings, Visitor.MEMBER, SystemClock.INSTANCE, member, events, this::endRefused);
            LiveSession opened;
            try {
                opened = new LiveSession(settings, member, opening, () -> ended.complete(null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            session = opened;
            entrance = opening;
            opening.open(opened);
            return opened;
        }

        private void endRefused(JoinFailure why) {
            if (session != null) {
                session.close();
            }
            refused(why);
        }

        @Override
        public void later(Runnable action) {
            member.hand(action);
        }

        @Override
        public void joined(MemberLife born) {
            if (entrance != null && !left) {
                joined = true;
                entrance.pass();
                LOGGER.log(
                        Level.INFO, "member {0} of {1} is {2}", description.nodeName(), settings.chroot(), born.self());
                joinListener.joined(ZooKeeperCoordinator.this);
            }
        }

        @Override
        public void refused(JoinFailure why) {
            if (!left) {
                left = true;
                joinListener.failed(why);
            }
        }

        @Override
        public void damaged(RuntimeException damage) {
            damages.note(damage);
        }
    }

    /**
     * Returns when all that this life has begun has ended: after the member has left, was expelled or could not join. Any thread may call
     * this.
     */
    public CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    /** The session, for whoever wants to do it harm. */
    LiveSession session() {
        if (session == null) {
            throw new IllegalStateException("session: none yet (expected: after the member has joined)");
        }
        return session;
    }

    // ---- the port

    @Override
    public Incarnation self() {
        return begun("self").self();
    }

    @Override
    public UUID cluster() {
        return begun("cluster").cluster();
    }

    @Override
    public void renewLicence(long sentNanos) {
        begun("renewLicence").renewLicence(sentNanos);
    }

    @Override
    public void claim(ControllerEpoch known) {
        begun("claim").claim(known);
    }

    @Override
    public void requeue() {
        begun("requeue").requeue();
    }

    @Override
    public void write(TableWrite write) {
        begun("write").write(write);
    }

    @Override
    public void refresh() {
        begun("refresh").refresh();
    }

    @Override
    public CacheCatalogue openCatalogue(CatalogueListener listener) {
        return begun("openCatalogue").openCatalogue(listener);
    }

    /** Ends this life, or the attempt to begin it: the znode goes, and no listener is told anything more. */
    @Override
    public void leave() {
        left = true;
        if (life != null) {
            life.leave();
        }
    }

    private MemberLife begun(String request) {
        if (life == null || !joined) {
            throw new IllegalStateException(request + ": before the member has joined (expected: after it)");
        }
        return life;
    }

    /** Names the member and its place, and no secret. */
    @Override
    public String toString() {
        return "ZooKeeperCoordinator of " + description.nodeName() + " in " + settings.chroot();
    }
}
