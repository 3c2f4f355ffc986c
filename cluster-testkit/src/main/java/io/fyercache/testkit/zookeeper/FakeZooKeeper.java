package io.fyercache.testkit.zookeeper;

import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.Request.Write;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ensemble in virtual time. Its leader carries out one transaction after another; its servers take them in later, each in its own time,
 * and answer reads from what they have. What a client sees never gets older, on whichever server.
 *
 * <p>An in-flight write of a client whose connection breaks may still be carried out, but only until the client is connected again.
 *
 * <p>Used by one thread.
 */
public final class FakeZooKeeper {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;

    /** After so long without a word from a client its session is over. */
    public static final long SESSION_TIMEOUT_NANOS = 6 * SECOND;

    private static final int SERVERS = 3;

    /** How late the znodes of a session that expired vanish: what was measured on real ensembles, by their timeouts. */
    private static final long EARLIEST_VANISHING_NANOS = 500 * MILLIS;

    private static final long LATEST_VANISHING_NANOS = 4 * SECOND;

    /** A client that hears nothing takes its connection for broken so long before its session is over, as the real one does. */
    private static final long NOTICE_BEFORE_DEADLINE_NANOS = SESSION_TIMEOUT_NANOS / 3;

    /** A connection that is closed by the other side is noticed soon; and after so long the client tries another server. */
    private static final long SOON_NANOS = 50 * MILLIS;

    /** Within this time after a request has been sent, a usual one is answered. */
    private static final long USUAL_ROUND_TRIP_NANOS = 5 * MILLIS;

    private static final long LONGEST_ELECTION_NANOS = 2 * SECOND;

    /** Longer than a session's timeout. */
    private static final long LONGEST_OUTAGE_NANOS = 10 * SECOND;

    /** Long enough for some sessions to expire. */
    private static final long LONGEST_CUT_NANOS = 12 * SECOND;

    /** In place of a session: the leader itself. */
    private static final long NOBODY = 0;

    private final Timeline timeline;
    private final Random random;
    private final Set<String> containers = new LinkedHashSet<>();
    private final ZnodeTree tree = new ZnodeTree();
    private final List<Server> servers = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Set<Proposal> proposals = new LinkedHashSet<>();
    private final List<CutOff> cuts = new ArrayList<>();
    private ZooKeeperFaults faults;
    private long downUntilNanos;
    private long lastSession;

    private record Proposal(Connection from, Write write) {}

    private record CutOff(ZooKeeperClient client, long endNanos) {}

    /** What does not get through. */
    public enum Loss {
        /** Neither requests nor answers. */
        EVERYTHING,
        /** Requests arrive and are carried out; nothing comes back. */
        ANSWERS
    }

    /** Makes an ensemble without znodes. */
    public FakeZooKeeper(Timeline timeline, Random random, ZooKeeperFaults faults) {
        this.timeline = timeline;
        this.random = random;
        this.faults = faults;
        for (int server = 0; server < SERVERS; server++) {
            servers.add(new Server(timeline));
        }
        timeline.after(SECOND, this::misfortune);
    }

    /**
     * Begins to connect a process.
     *
     * @param process runs things on it, in their order: a process that is paused does so later, one that has died never
     */
    public ZooKeeperClient open(Consumer<Runnable> process, SessionListener listener) {
        ZooKeeperClient client = new ZooKeeperClient(this, timeline, process, listener);
        client.connect();
        return client;
    }

    /** Returns the znode as the leader has it, null if there is none. For tests, who may know the truth. */
    public @Nullable Znode truth(String path) {
        return tree.find(path);
    }

    // ---- what goes wrong

    /** From now on so much goes wrong by itself. What went wrong before ends as it was to end. */
    public void setFaults(ZooKeeperFaults next) {
        faults = next;
    }

    /** Deletes containers whose children have gone. */
    private void tidy() {
        for (String path : List.copyOf(containers)) {
            Znode container = tree.find(path);
            if (container == null) {
                containers.remove(path);
            } else if (container.stat().numChildren() == 0 && !isDown()) {
                commit(NOBODY, List.of(new Delete(path, ZnodeOperation.ANY_VERSION)), null);
            }
        }
    }

    private void misfortune() {
        tidy();
        if (chance(faults.outagePercent())) {
            goDown(drawNanos(chance(50) ? LONGEST_ELECTION_NANOS : LONGEST_OUTAGE_NANOS));
        }
        List<Session> living =
                sessions.stream().filter(session -> !session.isOver()).toList();
        if (!living.isEmpty()) {
            Session victim = living.get(random.nextInt(living.size()));
            if (chance(faults.cutPercent())) {
                cutOff(victim.client(), chance(50) ? Loss.ANSWERS : Loss.EVERYTHING, drawNanos(LONGEST_CUT_NANOS));
            }
            if (chance(faults.expiryPercent())) {
                expire(victim);
            }
        }
        timeline.after(SECOND, this::misfortune);
    }

    /**
     * Nobody can be reached for a while. Of the writes under way the first few are carried out, as many as chance wants; nobody is told
     * which. With a short time this is the change of a leader. No session expires before it had the time to connect again.
     */
    public void goDown(long nanos) {
        long end = timeline.nowNanos() + nanos;
        downUntilNanos = Math.max(downUntilNanos, end);
        List<Proposal> underWay = List.copyOf(proposals);
        proposals.clear();
        underWay.subList(0, random.nextInt(underWay.size() + 1)).forEach(this::carryOut);
        for (Session session : sessions) {
            session.heard(downUntilNanos);
            close(session.connection(), drawNanos(SOON_NANOS));
        }
    }

    private boolean isDown() {
        return timeline.nowNanos() < downUntilNanos;
    }

    /** Takes one client's connection away for a while; it takes some time to notice. */
    public void cutOff(ZooKeeperClient client, Loss loss, long nanos) {
        cuts.add(new CutOff(client, timeline.nowNanos() + nanos));
        for (Session session : sessions) {
            Connection connection = session.connection();
            if (session.client() == client && connection != null && !connection.isClosed()) {
                long latestNanos = session.deadlineNanos() - NOTICE_BEFORE_DEADLINE_NANOS - timeline.nowNanos();
                long noticeNanos = SOON_NANOS + drawNanos(Math.max(1, latestNanos - SOON_NANOS));
                if (loss == Loss.EVERYTHING) {
                    close(connection, noticeNanos);
                } else {
                    connection.cutAnswers();
                    timeline.after(noticeNanos, () -> close(connection, 1));
                }
            }
        }
    }

    /** Lets a client connect again that was cut off. */
    public void restore(ZooKeeperClient client) {
        cuts.removeIf(cut -> cut.client() == client);
    }

    private boolean isCutOff(ZooKeeperClient client) {
        cuts.removeIf(cut -> cut.endNanos() <= timeline.nowNanos());
        return cuts.stream().anyMatch(cut -> cut.client() == client);
    }

    /** Gives a client's session up, whatever was heard of it. */
    public void expire(ZooKeeperClient client) {
        for (Session session : List.copyOf(sessions)) {
            if (session.client() == client) {
                expire(session);
            }
        }
    }

    /** Lets the connection break about the time of a request, if chance wants so. */
    void perhapsBreak(Connection connection) {
        if (chance(faults.breakPercent())) {
            timeline.after(drawNanos(USUAL_ROUND_TRIP_NANOS), () -> close(connection, drawNanos(SOON_NANOS)));
        }
    }

    private void close(@Nullable Connection connection, long noticeNanos) {
        if (connection != null && !connection.isClosed()) {
            connection.close();
            ZooKeeperClient client = connection.session().client();
            timeline.after(noticeNanos, () -> client.run(() -> client.onDisconnected(connection)));
        }
    }

    // ---- sessions

    /** A client wants to be connected, again or for the first time. */
    void accept(ZooKeeperClient client) {
        Server server = servers.get(random.nextInt(SERVERS));
        // A server that has not seen what the client has sends it away, or the client would go back in time.
        if (isDown() || isCutOff(client) || server.tree().zxid() < client.lastSeenZxid()) {
            timeline.after(drawNanos(SOON_NANOS), () -> client.run(client::onRefused));
            return;
        }
        Session session = sessionOf(client);
        if (session.isOver()) {
            timeline.after(delayNanos(), () -> client.run(client::onExpired));
            return;
        }
        heard(session);
        session.moveTo(new Connection(this, session, server, timeline, this::delayNanos));
    }

    private Session sessionOf(ZooKeeperClient client) {
        for (Session session : sessions) {
            if (session.client() == client) {
                return session;
            }
        }
        Session session = new Session(++lastSession, client);
        sessions.add(session);
        heard(session);
        watchOver(session);
        return session;
    }

    void heard(Session session) {
        session.heard(timeline.nowNanos());
    }

    private void watchOver(Session session) {
        long left = session.deadlineNanos() - timeline.nowNanos();
        if (session.isOver()) {
            return;
        }
        if (left > 0) {
            timeline.after(left, () -> watchOver(session));
        } else {
            expire(session);
        }
    }

    private void expire(Session session) {
        if (!session.isOver()) {
            session.end();
            close(session.connection(), drawNanos(SOON_NANOS));
            long late = EARLIEST_VANISHING_NANOS + drawNanos(LATEST_VANISHING_NANOS - EARLIEST_VANISHING_NANOS);
            timeline.after(late, () -> removeEphemerals(session));
        }
    }

    /** The client itself ends its session. */
    void end(Session session) {
        session.end();
        close(session.connection(), 1);
        timeline.after(delayNanos(), () -> removeEphemerals(session));
    }

    private void removeEphemerals(Session session) {
        if (isDown()) {
            timeline.after(downUntilNanos - timeline.nowNanos(), () -> removeEphemerals(session));
        } else {
            commit(session.id(), tree.deletionsAfter(session.id()), null);
        }
    }

    // ---- transactions

    /**
     * A server forwards a transaction to the leader, who carries it out when it has arrived and most servers have it. What two servers
     * forward may change places, so a write may arrive after what its client has sent by its next connection.
     */
    void propose(Connection from, Write write) {
        Proposal proposal = new Proposal(from, write);
        proposals.add(proposal);
        timeline.after(delayNanos(), () -> {
            // It is not among them any more if the leader has changed.
            if (proposals.remove(proposal)) {
                carryOut(proposal);
            }
        });
    }

    private void carryOut(Proposal proposal) {
        Session session = proposal.from().session();
        if (session.accepts(proposal.from())) {
            commit(session.id(), proposal.write().operations(), proposal.from());
        }
    }

    private void commit(long session, List<ZnodeOperation> operations, @Nullable Connection origin) {
        Transaction transaction = TransactionDraft.of(tree, session, operations);
        tree.apply(transaction);
        for (ZnodeOperation operation : operations) {
            if (operation instanceof Create create && create.mode() == CreateMode.CONTAINER) {
                containers.add(create.path());
            }
        }
        for (Server server : servers) {
            long lag = chance(faults.lagPercent()) ? drawNanos(faults.longestDelayNanos()) : delayNanos();
            server.follow(transaction, lag, origin);
        }
    }

    // ---- chance

    /** Draws how long a packet takes. */
    long delayNanos() {
        return chance(faults.slowPercent()) ? drawNanos(faults.longestDelayNanos()) : 100_000 + random.nextInt(900_000);
    }

    private long drawNanos(long longest) {
        return 1 + (long) (random.nextDouble() * (longest - 1));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
