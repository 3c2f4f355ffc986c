package io.fyercache.sharded.node;

import io.fyercache.sharded.node.Coordination.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The stays of a process in ZooKeeper whose threads may not have ended. Thread-safe. */
final class Visits {
    /** How long the threads of ZooKeeper's client are waited for, which end by themselves. */
    private static final Duration END = Duration.ofSeconds(10);

    private final List<Visit> open = new ArrayList<>();

    synchronized void add(Visit visit) {
        open.removeIf(before -> before.ended().toCompletableFuture().isDone());
        open.add(visit);
    }

    /** Leaves all. The process's thread must have ended. */
    synchronized void leaveAll() {
        open.forEach(Visit::leave);
    }

    private synchronized CompletableFuture<?> ends() {
        return CompletableFuture.allOf(
                open.stream().map(visit -> visit.ended().toCompletableFuture()).toArray(CompletableFuture<?>[]::new));
    }

    /** Waits until all have ended that were left. */
    void awaitEnds() {
        Waiting.until(ends(), END);
    }
}
