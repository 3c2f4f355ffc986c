package io.fyercache.testkit.zookeeper;

import io.fyercache.testkit.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server of the ensemble: takes in the transactions in their order, some time after they were agreed upon. */
final class Server {
    private final Timeline timeline;
    private final ZnodeTree tree = new ZnodeTree();
    private final List<Connection> connections = new ArrayList<>();
    private long lastArrivalNanos;

    Server(Timeline timeline) {
        this.timeline = timeline;
    }

    ZnodeTree tree() {
        return tree;
    }

    void add(Connection connection) {
        connections.add(connection);
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    /**
     * Takes a transaction in later.
     *
     * @param origin whence it was asked for; it gets the answer if it is a connection to this server
     */
    void follow(Transaction transaction, long lagNanos, @Nullable Connection origin) {
        long now = timeline.nowNanos();
        lastArrivalNanos = Math.max(lastArrivalNanos, now + lagNanos);
        timeline.after(lastArrivalNanos - now, () -> apply(transaction, origin));
    }

    private void apply(Transaction transaction, @Nullable Connection origin) {
        tree.apply(transaction);
        // Watches first: no client gets an answer from a state before it was told of the change.
        for (Connection connection : connections) {
            connection.tellOf(transaction);
        }
        if (origin != null && connections.contains(origin)) {
            origin.answerWrite(transaction.reply());
        }
    }
}
