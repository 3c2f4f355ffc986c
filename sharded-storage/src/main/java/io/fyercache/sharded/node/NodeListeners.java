package io.fyercache.sharded.node;

import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.sharded.client.RequestRouter;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.engine.ListenerThread;
import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.event.ClusterEvent.ListenerForgotten;
import io.fyercache.sharded.listening.ChangeReceiver;
import io.fyercache.sharded.listening.ListeningWishes;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a process listens to. Listeners run on threads of their own, those of one partition one after the other.
 *
 * <p>Used by the process's thread, but for {@link #listen} and {@link #listens}.
 */
final class NodeListeners implements ChangeReceiver.Host, ListeningWishes.Host {
    private static final Logger LOGGER = System.getLogger(NodeListeners.class.getName());

    /** Threads that run listeners, 16: as many as do other things in the background of a manager. */
    private static final int MAX_THREADS = 16;

    private final BiConsumer<Incarnation, ClientMessage> sender;
    private final Consumer<ClusterEvent> events;
    private final ProcessLoop loop;
    private final ChangeReceiver receiver;
    private final ListeningWishes wishes;
    private final Map<Integer, ChangeListeners> byCache = new ConcurrentHashMap<>();

    private final WorkThreads threads;

    private List<Incarnation> members = List.of();

    /**
     * Listens to nothing.
     *
     * @param sender sends messages to members, now or never
     * @param classLoader finds the classes of listeners
     * @param events is told what operators should know of
     */
    NodeListeners(
            RequestRouter router,
            BiConsumer<Incarnation, ClientMessage> sender,
            ProcessLoop loop,
            ClassLoader classLoader,
            Consumer<ClusterEvent> events,
            long nowNanos) {
        this.sender = sender;
        this.events = events;
        this.loop = loop;
        // One piece of work waits for each partition at most.
        this.threads = new WorkThreads("fyercache-listeners", MAX_THREADS, PartitionLayout.MAX_COUNT, classLoader);
        this.receiver = new ChangeReceiver(this, Rules.ALL);
        this.wishes = new ListeningWishes(router, this, nowNanos);
    }

    /** Has listeners told of a cache from now on, instead of those before, and returns what to tell all partitions. */
    Task.Listen listen(int cache, ChangeListeners listeners) {
        byCache.put(cache, listeners);
        ChangeInterest interest = listeners.interest();
        return CompletableFuture.supplyAsync(() -> wishes.wish(interest), loop).join();
    }

    /** Takes in that all partitions have been told. */
    void listens(int cache, Task.Listen told) {
        loop.execute(() -> wishes.told(cache, told));
    }

    // ---- what the process learns

    void membersChanged(List<Incarnation> present) {
        members = present;
    }

    void onTable(VersionedTable table) {
        wishes.onTable(table);
    }

    void onTick(long nowNanos) {
        wishes.onTick(nowNanos);
    }

    void received(Incarnation from, Changes changes) {
        receiver.onChanges(from, changes);
    }

    /** Runs no more listeners; those that run are interrupted. */
    void close() {
        threads.close();
    }

    // ---- what is wanted

    @Override
    public void send(Incarnation member, ClientMessage message) {
        sender.accept(member, message);
    }

    @Override
    public Collection<Incarnation> members() {
        return members;
    }

    @Override
    public void tell(int partition, List<PlacedChange> changes) {
        unlessEnded(() -> threads.execute(() -> {
            List<ListenerFailure> failures = tell(changes);
            unlessEnded(() -> loop.execute(() -> receiver.told(partition, failures)));
        }));
    }

    private static void unlessEnded(Runnable step) {
        try {
            step.run();
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "changes are told to nobody: the process has ended", e);
        }
    }

    private List<ListenerFailure> tell(List<PlacedChange> changes) {
        List<ListenerFailure> failures = new ArrayList<>();
        for (PlacedChange change : changes) {
            ListenerFailure failure =
                    ListenerThread.tell(byCache.getOrDefault(change.cache(), ChangeListeners.NONE), change);
            if (failure != null) {
                failures.add(failure);
            }
        }
        return failures;
    }

    @Override
    public void wasForgotten(int partition, int cache) {
        events.accept(new ListenerForgotten(partition, cache));
        LOGGER.log(
                Level.ERROR,
                "partition {0} had forgotten that this process listens to cache {1} (expected: that the process is heard, and its"
                        + " listeners return, in time); changes may have been missed, and are heard again from now on",
                partition,
                cache);
    }
}
