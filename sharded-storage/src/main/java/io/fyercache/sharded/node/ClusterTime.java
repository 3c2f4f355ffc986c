package io.fyercache.sharded.node;

import io.fyercache.core.time.Clock;
import io.fyercache.sharded.client.TimeGathering;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * The time of a process's cluster (E4), for threads of it that wait until it is known: its member finds out by itself, or else members are asked.
 *
 * <p>Used by the process's thread, but for {@link #ask} and {@link #clock}.
 */
final class ClusterTime {
    private final ProcessLoop loop;
    private final Clock own;
    private final ClusterClock clusterClock;
    private final TimeGathering gathering;
    private final CompletableFuture<Clock> known = new CompletableFuture<>();

    ClusterTime(ProcessLoop loop, Clock own, BiConsumer<Incarnation, ClientMessage> sender) {
        this.loop = loop;
        this.own = own;
        this.clusterClock = new ClusterClock(own);
        this.gathering = new TimeGathering(sender);
    }

    /**
     * Has members asked from now on. Any thread may.
     *
     * @throws IllegalStateException if the process has ended
     */
    void ask() {
        try {
            loop.execute(() -> gathering.begin(own.nanoTime()));
        } catch (RejectedExecutionException e) {
            throw NodeRouter.closed();
        }
    }

    /**
     * Returns the clock that shows it, when it does. Any thread but the process's may ask.
     *
     * @throws io.fyercache.sharded.engine.ClusterUnavailableException if too few members tell their time
     * @throws IllegalStateException if the process ends
     */
    Clock clock() {
        loop.requireOther("the time of a cluster");
        return Waiting.forFirst(known, "time of the cluster", "more than half of its members to tell theirs");
    }

    void membersChanged(List<Incarnation> members) {
        gathering.membersChanged(members);
    }

    void received(Incarnation from, TimeTold answer) {
        gathering.onTold(from, answer, own.nanoTime());
    }

    /** Takes in what the time was when the process's clock that never steps back showed {@code nanos}. */
    void onTime(long millis, long nanos) {
        clusterClock.onTime(millis, nanos);
        known.complete(clusterClock);
    }

    void tick() {
        long nowNanos = own.nanoTime();
        gathering.onTick(nowNanos);
        gathering.millisAt(nowNanos).ifPresent(millis -> onTime(millis, nowNanos));
    }

    /** Lets nobody wait any more. */
    void close() {
        known.completeExceptionally(NodeRouter.closed());
    }
}
