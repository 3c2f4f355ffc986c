package io.fyercache.testkit.zookeeper;

import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.Request.Close;
import io.fyercache.testkit.zookeeper.Request.Read;
import io.fyercache.testkit.zookeeper.Request.Write;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A client's connection to one server. The server answers its requests one after another; answers and events of watches come to the client
 * in the order in which the server has sent them.
 */
final class Connection {
    private final FakeZooKeeper ensemble;
    private final Session session;
    private final Server server;
    private final Wire toServer;
    private final Wire toClient;
    private final Set<String> watches;
    private final Deque<Request<?>> inbox = new ArrayDeque<>();
    private boolean closed;

    Connection(FakeZooKeeper ensemble, Session session, Server server, Timeline timeline, LongSupplier delayNanos) {
        this.ensemble = ensemble;
        this.session = session;
        this.server = server;
        this.toServer = new Wire(timeline, delayNanos);
        this.toClient = new Wire(timeline, delayNanos);
        this.watches = new LinkedHashSet<>(session.client().watches());
        server.add(this);
        tellClient(() -> session.client().onConnected(this));
    }

    Session session() {
        return session;
    }

    ZnodeTree tree() {
        return server.tree();
    }

    // ---- the client's end

    void send(Request<?> request) {
        toServer.send(() -> receive(request));
    }

    void ping() {
        toServer.send(() -> ensemble.heard(session));
    }

    // ---- the server's end

    private void receive(Request<?> request) {
        ensemble.heard(session);
        inbox.add(request);
        if (inbox.size() == 1) {
            serve();
        }
    }

    private void serve() {
        while (!closed && inbox.peek() instanceof Read<?> read) {
            inbox.remove();
            answerRead(read);
        }
        if (!closed && inbox.peek() instanceof Write write) {
            ensemble.propose(this, write);
        } else if (!closed && inbox.peek() instanceof Close) {
            ensemble.end(session);
        }
    }

    private <T> void answerRead(Read<T> read) {
        answer(read, read.question().apply(this));
    }

    /** The server has taken in what the first request asked for. */
    void answerWrite(Reply<List<Written>> reply) {
        answer((Write) inbox.remove(), reply);
        serve();
    }

    private <T> void answer(Request<T> request, Reply<T> reply) {
        long zxid = tree().zxid();
        tellClient(() -> session.client().onAnswer(this, zxid, request, reply));
    }

    /** From now on the client is told when a znode is created, set or deleted, or its children are. */
    void watch(String path) {
        watches.add(path);
    }

    void tellOf(Transaction transaction) {
        for (String path : transaction.changes().keySet()) {
            if (watches.contains(path)) {
                tellClient(() -> session.client().onChange(this, transaction.zxid(), path));
            }
        }
    }

    private void tellClient(Runnable message) {
        toClient.send(() -> session.client().run(message));
    }

    // ---- its end

    boolean isClosed() {
        return closed;
    }

    /** The client hears nothing more; the server still does. */
    void cutAnswers() {
        toClient.cut();
    }

    /** Nothing arrives any more on either side. What was proposed may still be done. */
    void close() {
        closed = true;
        toServer.cut();
        toClient.cut();
        server.remove(this);
    }
}
