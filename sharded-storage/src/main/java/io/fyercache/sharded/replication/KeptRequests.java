package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.Request;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests that come to a primary while the partition stands still for a moment, as it changes hands (J6). Who were turned away would pause, and
 * come back when all is long over; who is kept goes on as soon as it is: here, or with the one whom the client is told of then. Used by one thread.
 */
final class KeptRequests {
    /** Requests of one partition, 1,024: at 20,000 in a second those of 50 ms, which is what a hand-over may take. */
    static final int MAX_KEPT = 1_024;

    /**
     * Nanoseconds, 200 ms, for which a request is kept: several hand-overs, and less than half of what a client waits for an answer, since it
     * could not be sure any more that an attempt has had no effect that it has waited for in vain.
     */
    static final long LONGEST_NANOS = 200_000_000;

    private final ReplicaHost host;

    /** Null until the first comes: most partitions stand still for nobody. */
    private @Nullable Deque<Kept> kept;

    private long tickNanos;

    private record Kept(Request request, long sinceNanos) {}

    KeptRequests(ReplicaHost host, long nowNanos) {
        this.host = host;
        this.tickNanos = nowNanos;
    }

    /** Keeps a request, or turns it away if there are too many. */
    void add(Request request) {
        if (kept == null) {
            kept = new ArrayDeque<>();
        }
        if (kept.size() == MAX_KEPT) {
            turnAway(request);
        } else {
            kept.add(new Kept(request, tickNanos));
        }
    }

    void addAll(Collection<Request> requests) {
        requests.forEach(this::add);
    }

    /** Turns those away that have been kept for too long. */
    void onTick(long nowNanos) {
        tickNanos = nowNanos;
        while (kept != null && !kept.isEmpty() && nowNanos - kept.element().sinceNanos() >= LONGEST_NANOS) {
            turnAway(kept.remove().request());
        }
    }

    /** Turns all away. */
    void turnAway() {
        takeAll().forEach(this::turnAway);
    }

    private void turnAway(Request request) {
        host.answer(request.id(), request.attempt(), NotServing.NOT_SERVING);
    }

    /** Takes all out, in the order in which they came. */
    List<Request> takeAll() {
        if (kept == null) {
            return List.of();
        }
        List<Request> all = kept.stream().map(Kept::request).toList();
        kept = null;
        return all;
    }
}
