package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.engine.Submission;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.testkit.simulation.ClientProcess.Manner;
import java.util.List;
import java.util.function.Consumer;

/**
 * Somebody who listens, to this or that, takes its time, and throws now and then; when its process has died, it is there in another one. It says
 * what it hears.
 */
final class ListeningClient implements ClientProcess.Listener {
    private static final long MILLIS = 1_000_000;
    private static final long PATIENCE_NANOS = 3_000 * MILLIS;
    private static final int LONGEST_CALL_MILLIS = 40;
    private static final int LONGEST_PAUSE_MILLIS = 3_000;

    /** What it may listen to, and whether operations wait for it. Histories of which too much waits cannot be checked. */
    private static final List<Integer> UNAWAITED = List.of(SimulatedCaches.PLAIN, SimulatedCaches.RESET_NOW);

    private static final List<Integer> AWAITED = List.of(SimulatedCaches.EXPIRING);

    private final ClusterSimulation world;
    private ClientProcess process;

    ListeningClient(ClusterSimulation world) {
        this.world = world;
        this.process = startProcess();
    }

    private ClientProcess startProcess() {
        ClientProcess started = world.startProcess(Manner.ORDINARY);
        started.setListener(this);
        return started;
    }

    /** Returns the number of the node that its process is on. */
    int node() {
        return (int) -process.number();
    }

    void start() {
        beginAfter(world.random().nextInt(LONGEST_PAUSE_MILLIS) * MILLIS);
    }

    private void beginAfter(long nanos) {
        ClientProcess present = process;
        world.timeline().after(nanos, () -> present.run(this::wish));
    }

    /** Ends the process; another one begins. */
    void die() {
        world.end(process);
        process = startProcess();
        start();
    }

    private void wish() {
        if (world.isOver()) {
            return;
        }
        PartitionLayout layout = process.layout();
        if (layout != null) {
            boolean awaited = world.random().nextBoolean();
            List<Integer> caches = awaited ? AWAITED : UNAWAITED;
            int cache = caches.get(world.random().nextInt(caches.size()));
            listen(cache, layout.partitionsOf(cache).toArray(), interest(awaited));
        }
        beginAfter(world.random().nextInt(LONGEST_PAUSE_MILLIS) * MILLIS);
    }

    private ChangeInterest interest(boolean awaited) {
        ChangeInterest interest = ChangeInterest.NONE;
        for (EntryChange.Kind kind : EntryChange.Kind.values()) {
            if (world.random().nextInt(3) > 0) {
                interest = interest.and(kind);
                interest = awaited && world.random().nextBoolean() ? interest.andAwaited(kind) : interest;
                interest = world.random().nextBoolean() ? interest.andOldOf(kind) : interest;
            }
        }
        return interest;
    }

    /** Tells all partitions; while some have not answered, another wish may be under way. */
    private void listen(int cache, int[] partitions, ChangeInterest interest) {
        ClientProcess present = process;
        Task.Listen wish = present.wish(interest);
        Listening wanted = new Listening(cache, present.number(), wish.version(), interest);
        int[] known = {0};
        for (int partition : partitions) {
            Submission submission = (router, now, owner) ->
                    router.submitToPartition(partition, cache, wish, 1, now + PATIENCE_NANOS, now, owner);
            present.submit(submission, outcome -> {
                if (outcome instanceof Answered) {
                    world.heard(partition).listens(wanted);
                    known[0]++;
                }
                if (known[0] == partitions.length) {
                    present.listens(cache, wish);
                }
            });
        }
    }

    @Override
    public void tell(int partition, List<PlacedChange> changes, Consumer<List<ListenerFailure>> told) {
        ClientProcess present = process;
        long nanos = 1 + (long) (world.random().nextDouble() * LONGEST_CALL_MILLIS * MILLIS);
        boolean fails = world.random().nextInt(50) == 0;
        world.timeline()
                .after(
                        nanos,
                        () -> present.run(() -> {
                            changes.forEach(each -> world.heard(partition).heard(present.number(), each));
                            told.accept(
                                    fails
                                            ? List.of(new ListenerFailure(
                                                    changes.get(0).place(), "tired"))
                                            : List.of());
                        }));
    }

    @Override
    public void wasForgotten(int partition, int cache) {
        // What it did not hear is excused.
    }
}
