package io.fyercache.sharded.node;

import io.fyercache.core.time.Clock;
import io.fyercache.sharded.client.CountGathering;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * What members have served, for threads of a process that wait until they have told it (S2).
 *
 * <p>Used by the process's thread, but for {@link #gather}.
 */
final class MemberCounts {
    /** Longer than the process's thread lets anybody wait. */
    private static final Duration PATIENCE = Duration.ofNanos(2 * CountGathering.LIMIT_NANOS);

    private final ProcessLoop loop;
    private final Clock clock;
    private final CountGathering gathering;
    private boolean closed;

    MemberCounts(ProcessLoop loop, Clock clock, BiConsumer<Incarnation, ClientMessage> sender) {
        this.loop = loop;
        this.clock = clock;
        this.gathering = new CountGathering(sender);
    }

    /**
     * Asks all members, and waits for {@link CountGathering#LIMIT_NANOS} at most. Any thread but the process's may.
     *
     * @return of nobody when the process ends
     */
    ServedCounts gather(List<Integer> caches) {
        loop.requireOther("what members have counted");
        ServedCounts all = ServedCounts.NONE;
        for (int from = 0; from < caches.size(); from += CountsAsked.MAX_CACHES) {
            all = all.and(ask(caches.subList(from, Math.min(from + CountsAsked.MAX_CACHES, caches.size()))));
        }
        return all;
    }

    private ServedCounts ask(List<Integer> caches) {
        CompletableFuture<ServedCounts> told = new CompletableFuture<>();
        try {
            loop.execute(() -> begin(caches, told));
        } catch (RejectedExecutionException e) {
            return ServedCounts.NONE; // The process ends.
        }
        // The process's thread ends it in time, unless it has ended itself.
        boolean unused = Waiting.until(told, PATIENCE);
        return told.getNow(ServedCounts.NONE);
    }

    private void begin(List<Integer> caches, CompletableFuture<ServedCounts> told) {
        if (closed) {
            told.complete(ServedCounts.NONE);
        } else {
            gathering.ask(caches, clock.nanoTime(), told::complete);
        }
    }

    void membersChanged(List<Incarnation> members) {
        gathering.membersChanged(members);
    }

    void received(Incarnation from, CountsTold told) {
        gathering.onTold(from, told);
    }

    void tick() {
        gathering.onTick(clock.nanoTime());
    }

    /** Waits for nobody any more. */
    void close() {
        closed = true;
        gathering.close();
    }
}
