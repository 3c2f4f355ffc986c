package io.fyercache.sharded.listening;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.RequestRouter;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.ListenerBeat;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a process listens to: it says that it is there, and reminds each partition of its wishes (V3). One that was silent for too long has been
 * forgotten, and so has everybody by a partition of which all copies were lost; it learns that here.
 *
 * <p>Times are of a clock that never steps back, in nanoseconds. Used by one thread.
 */
public final class ListeningWishes {
    /** How long a reminder is under way at most: whoever cannot be reminded in that time is reminded the next time. */
    private static final long REMINDER_NANOS = ListeningTimes.RENEWAL_NANOS / 2;

    /** Of how many partitions one is reminded with each look at the clock: a round takes ten seconds then. */
    private static final int PARTITIONS_AT_ONCE = 1_024;

    private final RequestRouter router;
    private final Host host;

    /** What was told to all partitions, by cache. */
    private final TreeMap<Integer, Task.Listen> wishes = new TreeMap<>();

    private long lastVersion;
    private @Nullable VersionedTable table;

    /** The partitions that have still to be reminded this time. */
    private final TreeSet<Integer> due = new TreeSet<>();

    private long beatNanos;
    private long roundNanos;

    /** What this needs of its process. No method calls back into it. */
    public interface Host {
        /** Sends a message to a member, now or never. */
        void send(Incarnation member, ClientMessage message);

        /** Returns all members there are, as far as is known here. */
        Collection<Incarnation> members();

        /**
         * Tells that a partition had forgotten that this process listens to a cache, and has been reminded: it has not heard of changes in
         * between, and those before that it had not said to have heard are lost.
         */
        void wasForgotten(int partition, int cache);
    }

    /** Makes the wishes of a process that listens to nothing. */
    public ListeningWishes(RequestRouter router, Host host, long nowNanos) {
        this.router = router;
        this.host = host;
        this.beatNanos = nowNanos;
        this.roundNanos = nowNanos;
    }

    /** Returns how to tell a partition what this process wants from now on: it replaces what was wanted before. */
    public Task.Listen wish(ChangeInterest interest) {
        return new Task.Listen(++lastVersion, interest);
    }

    /** Takes in that all partitions have been told a wish about a cache. From now on none is to forget it. */
    public void told(int cache, Task.Listen wish) {
        wishes.merge(cache, wish, (known, next) -> next.version() > known.version() ? next : known);
    }

    private boolean listens() {
        return wishes.values().stream().anyMatch(wish -> !wish.interest().isNone());
    }

    /** Takes in a table: a partition whose copies were all lost knows of nobody. */
    public void onTable(VersionedTable next) {
        VersionedTable known = table;
        table = next;
        for (int partition = 0; known != null && partition < next.table().partitionCount(); partition++) {
            long before = known.table().record(partition).epoch().generation();
            if (next.table().record(partition).epoch().generation() > before) {
                due.add(partition);
            }
        }
    }

    /** Lets time pass. To be called about every 10 ms. */
    public void onTick(long nowNanos) {
        if (nowNanos - beatNanos >= ListeningTimes.BEAT_NANOS) {
            beatNanos = nowNanos;
            if (listens()) {
                host.members().forEach(member -> host.send(member, ListenerBeat.LISTENER_BEAT));
            }
        }
        VersionedTable known = table;
        if (wishes.isEmpty() || known == null) {
            return;
        }
        PartitionLayout layout = known.table().layout();
        if (nowNanos - roundNanos >= ListeningTimes.RENEWAL_NANOS) {
            roundNanos = nowNanos;
            IntStream.range(0, layout.count()).forEach(due::add);
        }
        // Few at a time, so that a round takes some seconds and nobody notices it.
        int few = 1 + layout.count() / PARTITIONS_AT_ONCE;
        for (Integer next = due.pollFirst(); next != null; next = few-- > 1 ? due.pollFirst() : null) {
            int partition = next;
            wishes.forEach((cache, wish) -> {
                if (layout.has(cache, partition)) {
                    remind(partition, cache, wish, nowNanos);
                }
            });
        }
    }

    private void remind(int partition, int cache, Task.Listen wish, long nowNanos) {
        router.submitToPartition(partition, cache, wish, 1, nowNanos + REMINDER_NANOS, nowNanos, outcome -> {
            if (!wish.interest().isNone() && tellsThatItWasForgotten(outcome)) {
                host.wasForgotten(partition, cache);
            }
        });
    }

    private static boolean tellsThatItWasForgotten(CallOutcome outcome) {
        return outcome instanceof CallOutcome.Answered answered
                && answered.result() instanceof OperationResult.Flag flag
                && !flag.done();
    }
}
