package io.fyercache.zookeeper.view;

import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.zookeeper.catalogue.SessionCatalogue;
import io.fyercache.zookeeper.life.ExpectedCluster;
import io.fyercache.zookeeper.life.ExpectedCluster.Identification;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import io.fyercache.zookeeper.membership.MembersPart;
import io.fyercache.zookeeper.table.TablePart;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.ReadingRounds;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a process sees of a cluster that it stores nothing for. It has no znode, so it has nothing to lose with a session: when the ensemble has
 * given one up, it opens the next, and goes on with the same cluster. Each session begins with a transaction, so that it sees nothing older than
 * the one before.
 *
 * <p>All of it runs on the thread of the process.
 */
public final class ClientView implements ClusterView {
    private final ViewHost host;
    private final ExpectedCluster expected;
    private final ClusterListener listener;
    private final Announcer announcer;
    private final RenewedSession session;
    private final ReadingRounds rounds;
    private @Nullable Found found;

    /**
     * Which cluster it is. Another one under the same identity, founded in the place of the first, was born at another time.
     *
     * @param born the transaction that made it
     */
    private record Found(UUID cluster, long born) {}

    /**
     * Opens a session and looks for the cluster.
     *
     * @param expected which cluster it has to be
     * @param listener is told nothing before {@link ViewHost#opened}
     */
    public ClientView(ViewHost host, ExpectedCluster expected, ClusterListener listener) {
        this.host = host;
        this.expected = expected;
        this.listener = listener;
        announcer = new Announcer(host::later);
        session = new RenewedSession(host::open, this::admit, new SessionEvents());
        rounds = new ReadingRounds(
                session,
                List.of(
                        new MembersPart(session, announcer, listener, host::damaged),
                        new TablePart(session, announcer, listener, host::damaged)),
                () -> {},
                refused -> host.damaged(
                        new DamagedZnodeException(Znodes.ROOT, refused + " (expected: a cluster's chroot)")));
    }

    private final class SessionEvents implements RenewedSession.Listener {
        @Override
        public void connected() {
            rounds.onConnected();
        }

        @Override
        public void changed(String path) {
            rounds.onChange(path);
        }
    }

    // ---- finding the cluster, in each session anew

    private void admit(ZnodeSession candidate) {
        candidate.sync(reply -> {
            if (reply instanceof Reply.Done) {
                find(candidate);
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                refuse(failure(refused));
            }
            // If the answer is lost, the next connection asks again.
        });
    }

    private void find(ZnodeSession candidate) {
        candidate.get(Znodes.CLUSTER, reply -> {
            if (reply instanceof Reply.Done<Znode> done) {
                identify(done.value());
            } else if (reply instanceof Reply.Refused<Znode> refused) {
                refuse(failure(refused));
            }
        });
    }

    private void identify(Znode znode) {
        Identification identification = expected.identify(znode);
        if (identification instanceof Identification.Refused refused) {
            refuse(refused.why());
        } else if (identification instanceof Identification.Accepted accepted) {
            go(new Found(accepted.cluster(), znode.stat().czxid()));
        }
    }

    private void go(Found now) {
        Found before = found;
        if (before != null && !before.equals(now)) {
            refuse(new JoinFailure(
                    Reason.OTHER_CLUSTER,
                    "cluster: " + now.cluster() + ", founded by transaction " + now.born() + " (expected: "
                            + before.cluster() + ", by transaction " + before.born() + ", as before)"));
            return;
        }
        host.admitted();
        if (before == null) {
            found = now;
            announcer.tell(() -> host.opened(this));
            rounds.start();
        }
        session.admit();
    }

    private static JoinFailure failure(Reply.Refused<?> refused) {
        return switch (refused.reason()) {
            case NO_NODE ->
                new JoinFailure(
                        Reason.NO_CLUSTER,
                        "znode " + Znodes.CLUSTER + ": missing (expected: a cluster that a member has founded); start"
                                + " a member first");
            case NOT_PERMITTED ->
                new JoinFailure(
                        Reason.NOT_PERMITTED,
                        "znode " + Znodes.CLUSTER
                                + ": not permitted (expected: the credentials of whoever founded the cluster)");
            default ->
                new JoinFailure(
                        Reason.WRONG_CHROOT,
                        "znode " + Znodes.CLUSTER + ": " + refused.reason() + " (expected: a cluster's identity)");
        };
    }

    private void refuse(JoinFailure why) {
        leave();
        host.later(() -> host.refused(why));
    }

    // ---- the port

    @Override
    public UUID cluster() {
        if (found == null) {
            throw new IllegalStateException("cluster: not found yet (expected: after the view was opened)");
        }
        return found.cluster();
    }

    @Override
    public void refresh() {
        rounds.refresh(() -> announcer.tell(listener::refreshed));
    }

    @Override
    public CacheCatalogue openCatalogue(CatalogueListener catalogueListener) {
        return new SessionCatalogue(session, rounds, announcer, catalogueListener, host::damaged);
    }

    @Override
    public void leave() {
        announcer.fallSilent();
        session.close();
    }
}
