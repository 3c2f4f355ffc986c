package io.fyercache.zookeeper.life;

import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.zookeeper.catalogue.SessionCatalogue;
import io.fyercache.zookeeper.election.ControllerPart;
import io.fyercache.zookeeper.election.QueuePart;
import io.fyercache.zookeeper.membership.MembersPart;
import io.fyercache.zookeeper.table.TablePart;
import io.fyercache.zookeeper.table.TableTransaction;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.ReadingRounds;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Check;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import io.fyercache.zookeeper.znode.ZnodeOperation.SetData;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One life of a member: one session with ZooKeeper, from the member's znode to its end. Each thing that the listener is told is an event of
 * its own on the member's thread.
 *
 * <p>All of it runs on that thread. A member that is paused hears nothing and asks for nothing.
 */
public final class MemberLife implements ClusterCoordinator {
    private final LifeHost host;
    private final MemberDescription description;
    private final String ownName;
    private final String ownPath;
    private final CoordinationListener listener;
    private final Announcer announcer;
    private final ZnodeSession session;
    private final MembersPart members;
    private final QueuePart queue;
    private final TablePart table;
    private final ReadingRounds rounds;
    private final Entry entry;
    private @Nullable UUID cluster;
    private @Nullable Incarnation self;
    private @Nullable String candidate;
    private boolean claiming;
    private boolean writing;
    private boolean requeuing;
    private boolean requeueAgain;

    /**
     * Opens a session and begins the life of a member on it.
     *
     * @param description with an id that no other life has
     * @param expected what is known of the cluster that is to be joined
     * @param listener is told nothing before {@link LifeHost#joined}
     */
    public MemberLife(
            LifeHost host, MemberDescription description, ExpectedCluster expected, CoordinationListener listener) {
        this.host = host;
        this.description = description;
        this.ownName = description.id().toString();
        this.ownPath = Znodes.member(ownName);
        this.listener = listener;
        announcer = new Announcer(host::later);
        session = host.open(new SessionEvents());
        members = new MembersPart(session, announcer, listener, host::damaged);
        queue = new QueuePart(session, announcer, listener, members, host::damaged);
        table = new TablePart(session, announcer, listener, host::damaged);
        ControllerPart controller = new ControllerPart(session, announcer, listener, host::damaged);
        rounds = new ReadingRounds(
                session,
                List.of(members, queue, controller, table),
                this::onRoundRead,
                refused -> onRefused(refused, Znodes.ROOT));
        entry = new Entry(session, description, expected, new EntryEnds());
    }

    @Override
    public Incarnation self() {
        return onceBorn(self);
    }

    @Override
    public UUID cluster() {
        return onceBorn(cluster);
    }

    private <T> T onceBorn(@Nullable T known) {
        if (known == null) {
            throw new IllegalStateException("member " + ownName + ": not born yet (expected: after it has joined)");
        }
        return known;
    }

    private final class SessionEvents implements SessionListener {
        @Override
        public void connected() {
            if (self == null) {
                entry.begin();
            } else {
                rounds.onConnected();
            }
        }

        @Override
        public void changed(String path) {
            rounds.onChange(path);
        }

        @Override
        public void expired() {
            if (self == null) {
                refuse(new JoinFailure(
                        JoinFailure.Reason.SESSION_LOST, "the session was lost before the member had joined"));
            } else {
                endExpelled();
            }
        }
    }

    private final class EntryEnds implements Entry.Host {
        @Override
        public void entered(UUID found, Incarnation incarnation, String ownCandidate) {
            cluster = found;
            self = incarnation;
            candidate = ownCandidate;
            announcer.tell(() -> host.joined(MemberLife.this));
            rounds.start();
        }

        @Override
        public void refused(JoinFailure why) {
            refuse(why);
        }
    }

    private void onRoundRead() {
        queue.tellIfNew();
        if (members.isKnown(self()) && members.named(ownName) == null) {
            endExpelled();
        }
    }

    private void refuse(JoinFailure why) {
        announcer.fallSilent();
        session.close();
        host.later(() -> host.refused(why));
    }

    // ---- the port

    @Override
    public void renewLicence(long sentNanos) {
        SetData touch = new SetData(ownPath, TopologyForm.encode(description), ZnodeOperation.ANY_VERSION);
        session.write(List.of(touch), reply -> {
            if (reply instanceof Reply.Done) {
                // Watches have told of all that came before; what they told of must be read before the licence counts.
                rounds.whenRead(() -> announcer.tell(() -> listener.licenceRenewed(sentNanos)));
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                onRefused(refused, ownPath);
            }
        });
    }

    /** ZooKeeper has refused what it refuses to members without a znode alone, or to whom it permits nothing. */
    private void onRefused(Reply.Refused<?> refused, String path) {
        if (refused.reason() == Refusal.NO_NODE) {
            endExpelled();
        } else {
            host.damaged(new DamagedZnodeException(path, refused + " (expected: to be written)"));
        }
    }

    @Override
    public void claim(ControllerEpoch known) {
        requireNone(claiming, "claim");
        claiming = true;
        List<ZnodeOperation> operations = List.of(
                new Check(ownPath, ZnodeOperation.ANY_VERSION),
                new SetData(Znodes.CONTROLLER, Znodes.encode(self()), known.number()));
        session.write(operations, reply -> {
            claiming = false;
            if (reply instanceof Reply.Done) {
                // The version was checked, and each change makes it greater by one.
                tellClaimEnded(new ClaimOutcome.Claimed(new ControllerEpoch(known.number() + 1)));
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                tellClaimEnded(ClaimOutcome.Refused.REFUSED);
                if (refused.operation() == 0 || refused.reason() != Refusal.BAD_VERSION) {
                    onRefused(refused, operations.get(refused.operation()).path());
                }
            } else {
                tellClaimEnded(ClaimOutcome.Unknown.UNKNOWN);
            }
        });
    }

    private void tellClaimEnded(ClaimOutcome outcome) {
        announcer.tell(() -> listener.claimEnded(outcome));
    }

    @Override
    public void requeue() {
        if (requeuing) {
            requeueAgain = true;
        } else {
            requeuing = true;
            replaceCandidate();
        }
    }

    private void replaceCandidate() {
        String old = candidate;
        List<ZnodeOperation> operations = new ArrayList<>();
        operations.add(Entry.candidate(description));
        if (old != null) {
            operations.add(new Delete(old, ZnodeOperation.ANY_VERSION));
        }
        session.write(operations, reply -> {
            if (reply instanceof Reply.Done<List<Written>> done) {
                onRequeued(done.value().get(0).path());
            } else if (reply instanceof Reply.Refused<List<Written>> refused && refused.reason() != Refusal.NO_NODE) {
                host.damaged(new DamagedZnodeException(Znodes.LATCH, refused + " (expected: to be written)"));
                requeuing = false;
            } else {
                // The answer was lost, or the candidate: an operator may have removed it.
                rounds.refresh(() -> {
                    candidate = queue.candidateOf(ownName);
                    if (candidate == null || candidate.equals(old)) {
                        replaceCandidate();
                    } else {
                        onRequeued(candidate);
                    }
                });
            }
        });
    }

    private void onRequeued(String created) {
        candidate = created;
        requeuing = false;
        if (requeueAgain) {
            requeueAgain = false;
            requeue();
        }
    }

    @Override
    public void write(TableWrite write) {
        requireNone(writing, "write");
        writing = true;
        boolean basisKnown = TableTransaction.baseVersion(write) <= table.copy().version()
                && TableTransaction.expelledBy(write).stream().allMatch(members::isKnown);
        if (basisKnown) {
            attempt(write, List.of());
        } else {
            // Other members may have told the writer more than it has read.
            rounds.refresh(() -> attempt(write, List.of()));
        }
    }

    private void attempt(TableWrite write, List<String> gone) {
        if (TableTransaction.baseVersion(write) > table.copy().version()) {
            endWrite(WriteOutcome.OUT_OF_DATE);
            return;
        }
        List<String> expelled = new ArrayList<>();
        for (Incarnation member : TableTransaction.expelledBy(write)) {
            String path = members.pathOf(member);
            if (path != null && !gone.contains(path)) {
                expelled.add(path);
            }
        }
        TableTransaction transaction;
        try {
            transaction = TableTransaction.of(write, table.copy(), ownPath, expelled);
        } catch (IllegalArgumentException e) {
            host.damaged(e);
            endWrite(WriteOutcome.OUT_OF_DATE);
            return;
        }
        session.write(transaction.operations(), reply -> {
            if (reply instanceof Reply.Done<List<Written>> done) {
                table.take(transaction.copyAfter(done.value()));
                endWrite(WriteOutcome.DONE);
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                onRefused(write, transaction, gone, refused);
            } else {
                endWrite(WriteOutcome.UNKNOWN);
            }
        });
    }

    private void onRefused(
            TableWrite write, TableTransaction transaction, List<String> gone, Reply.Refused<?> refused) {
        String alreadyGone = transaction.alreadyGone(refused);
        if (alreadyGone != null) {
            List<String> more = new ArrayList<>(gone);
            more.add(alreadyGone);
            attempt(write, more);
            return;
        }
        try {
            endWrite(transaction.outcome(refused));
        } catch (DamagedZnodeException e) {
            host.damaged(e);
            endWrite(WriteOutcome.DEPOSED);
        }
        if (transaction.failedForWriter(refused)) {
            endExpelled();
        }
    }

    private void endWrite(WriteOutcome outcome) {
        writing = false;
        announcer.tell(() -> listener.writeEnded(outcome));
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

    private void endExpelled() {
        announcer.tellLast(listener::expelled);
        session.close();
    }

    private static void requireNone(boolean underWay, String request) {
        if (underWay) {
            throw new IllegalStateException(request + ": another is under way (expected: one at a time)");
        }
    }
}
