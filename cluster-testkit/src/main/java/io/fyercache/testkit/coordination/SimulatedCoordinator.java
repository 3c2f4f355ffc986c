package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.Children;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.Reply;
import io.fyercache.testkit.zookeeper.SessionListener;
import io.fyercache.testkit.zookeeper.Znode;
import io.fyercache.testkit.zookeeper.ZnodeOperation;
import io.fyercache.testkit.zookeeper.ZnodeOperation.Check;
import io.fyercache.testkit.zookeeper.ZnodeOperation.Create;
import io.fyercache.testkit.zookeeper.ZnodeOperation.CreateMode;
import io.fyercache.testkit.zookeeper.ZnodeOperation.Delete;
import io.fyercache.testkit.zookeeper.ZnodeOperation.SetData;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The coordination port on a {@link FakeZooKeeper}. Each thing that the listener is told is an event of its own on the member's process.
 *
 * <p>All of it runs on that process. A member that is paused hears nothing, sends nothing, and loses its session if that takes too long.
 */
public final class SimulatedCoordinator implements ClusterCoordinator {
    private final MemberDescription description;
    private final String ownName;
    private final String ownPath;
    private final Announcer announcer;
    private final Consumer<SimulatedCoordinator> joined;
    private final ZooKeeperClient client;
    private final MembersPart members;
    private final QueuePart queue;
    private final TablePart table;
    private final ReadingRounds rounds;
    private final List<Runnable> onceConnected = new ArrayList<>();
    private @Nullable Incarnation self;
    private String candidate = "";
    private boolean claiming;
    private boolean writing;
    private boolean requeuing;
    private boolean requeueAgain;

    private SimulatedCoordinator(
            FakeZooKeeper zookeeper,
            Timeline timeline,
            Consumer<Runnable> process,
            MemberDescription description,
            CoordinationListener listener,
            Consumer<SimulatedCoordinator> joined) {
        this.description = description;
        this.ownName = description.id().toString();
        this.ownPath = Znodes.member(ownName);
        this.joined = joined;
        announcer = new Announcer(timeline, process, listener);
        client = zookeeper.open(process, new SessionEvents());
        members = new MembersPart(client, announcer, ownName, this::endExpelled);
        queue = new QueuePart(client, announcer, members);
        table = new TablePart(client, announcer);
        rounds = new ReadingRounds(
                client, List.of(members, queue, new ControllerPart(client, announcer), table), queue::tellIfNew);
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
        new SimulatedCoordinator(zookeeper, timeline, process, description, listener, joined);
    }

    /** Returns the session, for whoever wants to do it harm. */
    public ZooKeeperClient session() {
        return client;
    }

    @Override
    public Incarnation self() {
        if (self == null) {
            throw new IllegalStateException("member " + ownName + ": not born yet (expected: after it has joined)");
        }
        return self;
    }

    private final class SessionEvents implements SessionListener {
        @Override
        public void connected() {
            if (self == null) {
                enter();
            } else {
                rounds.readAll();
                List<Runnable> due = new ArrayList<>(onceConnected);
                onceConnected.clear();
                due.forEach(Runnable::run);
            }
        }

        @Override
        public void changed(String path) {
            rounds.onChange(path);
        }

        @Override
        public void expired() {
            endExpelled();
        }
    }

    // ---- the beginning

    /**
     * Creates what every cluster has, if this member is the first, then its own znodes. Where the connection breaks, all of this is done
     * again on the next one. The first write is answered after all earlier ones were carried out or lost for good, so whether an earlier
     * attempt has created the member is known by then.
     */
    private void enter() {
        client.write(Znodes.founding(), reply -> {});
        client.get(ownPath, reply -> {
            if (reply instanceof Reply.Done<Znode> done) {
                findCandidate(done.value());
            } else if (reply instanceof Reply.Refused) {
                create();
            }
        });
    }

    private void create() {
        List<ZnodeOperation> both =
                List.of(new Create(ownPath, TopologyForm.encode(description), CreateMode.EPHEMERAL), newCandidate());
        client.write(both, reply -> {
            if (reply instanceof Reply.Done<List<Znode>> done) {
                begin(done.value().get(0), done.value().get(1).path());
            } else if (reply instanceof Reply.Refused) {
                throw new IllegalStateException(
                        "member " + ownName + ": " + reply + " (expected: an id that no other life has)");
            }
        });
    }

    private void findCandidate(Znode own) {
        client.children(Znodes.LATCH, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                String found = QueuePart.candidateAmong(done.value().names().stream(), ownName);
                if (found == null) {
                    endExpelled(); // The session was lost just now, and both znodes with it.
                } else {
                    begin(own, found);
                }
            }
        });
    }

    private void begin(Znode own, String ownCandidate) {
        self = new Incarnation(own.stat().czxid());
        candidate = ownCandidate;
        announcer.tell(listener -> joined.accept(this));
        rounds.start();
    }

    private Create newCandidate() {
        return new Create(Znodes.candidate(description.id()), Znodes.nothing(), CreateMode.EPHEMERAL_SEQUENTIAL);
    }

    // ---- the port

    @Override
    public void renewLicence(long sentNanos) {
        SetData touch = new SetData(ownPath, TopologyForm.encode(description), ZnodeOperation.ANY_VERSION);
        client.write(List.of(touch), reply -> {
            if (reply instanceof Reply.Done) {
                // Watches have told of all that came before; what they told of must be read before the licence counts.
                rounds.whenRead(() -> announcer.tell(listener -> listener.licenceRenewed(sentNanos)));
            } else if (reply instanceof Reply.Refused) {
                endExpelled();
            }
        });
    }

    @Override
    public void claim(ControllerEpoch known) {
        requireNone(claiming, "claim");
        claiming = true;
        List<ZnodeOperation> operations = List.of(
                new Check(ownPath, ZnodeOperation.ANY_VERSION),
                new SetData(Znodes.CONTROLLER, Znodes.encode(self()), known.number()));
        client.write(operations, reply -> {
            claiming = false;
            if (reply instanceof Reply.Done<List<Znode>> done) {
                int epoch = done.value().get(1).stat().version();
                tellClaimEnded(new ClaimOutcome.Claimed(new ControllerEpoch(epoch)));
            } else if (reply instanceof Reply.Refused<List<Znode>> refused) {
                tellClaimEnded(ClaimOutcome.Refused.REFUSED);
                if (refused.operation() == 0) {
                    endExpelled();
                }
            } else {
                tellClaimEnded(ClaimOutcome.Unknown.UNKNOWN);
            }
        });
    }

    private void tellClaimEnded(ClaimOutcome outcome) {
        announcer.tell(listener -> listener.claimEnded(outcome));
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
        client.write(List.of(newCandidate(), new Delete(old, ZnodeOperation.ANY_VERSION)), reply -> {
            if (reply instanceof Reply.Done<List<Znode>> done) {
                onRequeued(done.value().get(0).path());
            } else if (reply instanceof Reply.Lost) {
                syncThenRead(() -> {
                    String found = queue.candidateOf(ownName);
                    if (old.equals(found)) {
                        replaceCandidate();
                    } else if (found != null) {
                        onRequeued(found);
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
            syncThenRead(() -> attempt(write, List.of()));
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
        TableTransaction transaction = TableTransaction.of(write, table.copy(), ownPath, expelled);
        client.write(transaction.operations(), reply -> {
            if (reply instanceof Reply.Done<List<Znode>> done) {
                table.take(transaction.copyAfter(done.value()));
                endWrite(WriteOutcome.DONE);
            } else if (reply instanceof Reply.Refused<List<Znode>> refused) {
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
        endWrite(TableTransaction.outcome(refused));
        if (transaction.failedForWriter(refused)) {
            endExpelled();
        }
    }

    private void endWrite(WriteOutcome outcome) {
        writing = false;
        announcer.tell(listener -> listener.writeEnded(outcome));
    }

    @Override
    public void refresh() {
        syncThenRead(() -> announcer.tell(CoordinationListener::refreshed));
    }

    /** Calls back when all is read, and told, that was the case when this was called. */
    private void syncThenRead(Runnable then) {
        client.sync(reply -> {
            if (reply instanceof Reply.Done) {
                rounds.readAll();
                rounds.whenRead(then);
            } else if (client.isConnected()) {
                syncThenRead(then);
            } else {
                onceConnected.add(() -> syncThenRead(then));
            }
        });
    }

    @Override
    public void leave() {
        announcer.fallSilent();
        client.close();
    }

    private void endExpelled() {
        announcer.tellLast(CoordinationListener::expelled);
        client.close();
    }

    private static void requireNone(boolean underWay, String request) {
        if (underWay) {
            throw new IllegalStateException(request + ": another is under way (expected: one at a time)");
        }
    }
}
