package io.fyercache.sharded.listening;

import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.replication.CommittedChange;
import io.fyercache.sharded.replication.CommittedChanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A member's side of the way of changes: it tells each process that listens what the member's partitions hand out, again and again until the
 * process has heard it, and says how far all of them have (V4). Who is silent for too long, or makes no progress, is to be forgotten by the
 * primaries; until they have, and the partition's copy here knows, what it was to be told does not count as arrived.
 *
 * <p>Times are of the member's clock that never steps back, in nanoseconds. Used by one thread.
 */
public final class ChangeSender {
    private final Host host;
    private final TreeMap<Integer, Lines> partitions = new TreeMap<>();

    /** When each process was last heard of that some partition knows to listen, or since when it should be. */
    private final TreeMap<Long, Long> heardNanos = new TreeMap<>();

    private long lookNanos;

    /** What a sender needs of its member. No method calls back into it. */
    public interface Host {
        /** Sends changes to a process, now or never. */
        void send(long client, Changes message);

        /** Takes in that all changes of a partition up to an entry have been heard by all who were to hear them. */
        void arrived(int partition, long generation, long number);

        /** Takes in what listeners threw. */
        void failed(int partition, long generation, List<ListenerFailure> failures);

        /** Returns how many partitions there are. */
        int partitions();

        /** Returns which processes listen to a partition, as far as is known here. */
        Collection<Long> listeners(int partition);

        /** Sees to it that a process counts no longer as one that listens to a partition, if this member leads that. */
        void forget(int partition, long client);
    }

    /** What is under way from a partition, in one generation. */
    private static final class Lines {
        private final long generation;
        private final TreeMap<Long, ChangeLine> byClient = new TreeMap<>();
        private long handedOut;

        Lines(long generation) {
            this.generation = generation;
        }

        /** Returns the last entry up to which all has been heard. */
        long arrived() {
            long first = Long.MAX_VALUE;
            for (ChangeLine line : byClient.values()) {
                first = Math.min(first, line.firstPlace());
            }
            return first == Long.MAX_VALUE ? handedOut : PlacedChange.entryAt(first) - 1;
        }
    }

    /** Makes a sender that knows of nobody. */
    public ChangeSender(Host host, long nowNanos) {
        this.host = host;
        this.lookNanos = nowNanos;
    }

    // ---- changes

    /** Takes what a partition hands out, in the order of its log. */
    public void changed(int partition, CommittedChanges committed, long nowNanos) {
        Lines lines = partitions.get(partition);
        if (lines == null || lines.generation != committed.generation()) {
            lines = new Lines(committed.generation()); // What was lost with an earlier one is of no use to anybody.
            partitions.put(partition, lines);
        }
        lines.handedOut = committed.number();
        TreeSet<Long> touched = new TreeSet<>();
        for (CommittedChange change : committed.changes()) {
            PlacedChange placed = change.placed();
            for (Listening listener : change.listeners()) {
                lines.byClient
                        .computeIfAbsent(listener.client(), first -> new ChangeLine(nowNanos))
                        .add(new PlacedChange(
                                placed.place(),
                                placed.cache(),
                                listener.interest().of(placed.change())));
                touched.add(listener.client());
            }
        }
        for (long client : touched) {
            send(partition, lines, client, nowNanos);
        }
    }

    private void send(int partition, Lines lines, long client, long nowNanos) {
        ChangeLine line = lines.byClient.get(client);
        while (line != null && line.maySend()) {
            long after = line.placeBefore();
            host.send(client, new Changes(partition, lines.generation, after, line.nextPart(nowNanos)));
        }
    }

    /**
     * Takes in that nobody waits any more for what a partition has handed out, up to an entry (B6): whoever has not heard that is to be
     * forgotten, as it would not be told again.
     */
    public void givenUp(int partition, long generation, long number) {
        Lines lines = partitions.get(partition);
        if (lines != null && lines.generation == generation) {
            for (ChangeLine line : lines.byClient.values()) {
                line.giveUpIfBefore(PlacedChange.place(number + 1, 0));
            }
        }
    }

    // ---- those who listen

    /** Takes a sign of life. */
    public void onBeat(long client, long nowNanos) {
        heardNanos.put(client, nowNanos);
    }

    /** Takes in how far a process has heard. */
    public void onHeard(long client, ChangesHeard heard, long nowNanos) {
        onBeat(client, nowNanos);
        Lines lines = partitions.get(heard.partition());
        ChangeLine line = lines == null || lines.generation != heard.generation() ? null : lines.byClient.get(client);
        if (lines == null || line == null) {
            return;
        }
        if (!heard.failures().isEmpty()) {
            host.failed(heard.partition(), heard.generation(), heard.failures());
        }
        if (line.heard(heard.place(), nowNanos)) {
            if (line.isEmpty()) {
                lines.byClient.remove(client);
            } else {
                send(heard.partition(), lines, client, nowNanos);
            }
            report(heard.partition(), lines);
        }
    }

    private void report(int partition, Lines lines) {
        if (lines.byClient.isEmpty()) {
            partitions.remove(partition);
        }
        host.arrived(partition, lines.generation, lines.arrived());
    }

    // ---- time

    /** Lets time pass. */
    public void onTick(long nowNanos) {
        for (Map.Entry<Integer, Lines> each : new ArrayList<>(partitions.entrySet())) {
            look(each.getKey(), each.getValue(), nowNanos);
        }
        if (nowNanos - lookNanos >= ListeningTimes.BEAT_NANOS) {
            lookNanos = nowNanos;
            lookForSilent(nowNanos);
        }
    }

    private void look(int partition, Lines lines, long nowNanos) {
        boolean anyIsGone = false;
        for (Map.Entry<Long, ChangeLine> each : new ArrayList<>(lines.byClient.entrySet())) {
            long client = each.getKey();
            ChangeLine line = each.getValue();
            boolean isGivenUp = line.isOverdue(nowNanos) || isSilent(client, nowNanos);
            if (isGivenUp && !host.listeners(partition).contains(client)) {
                lines.byClient.remove(client);
                anyIsGone = true;
            } else {
                if (isGivenUp) {
                    host.forget(partition, client);
                }
                line.sendAgainIfDue(nowNanos);
                send(partition, lines, client, nowNanos);
            }
        }
        if (anyIsGone) {
            report(partition, lines);
        }
    }

    /** Those of whom nothing was ever heard here may only just have learned of this member. */
    private boolean isSilent(long client, long nowNanos) {
        Long heard = heardNanos.putIfAbsent(client, nowNanos);
        return heard != null && nowNanos - heard >= ListeningTimes.SILENCE_NANOS;
    }

    /** Nobody is to wait for a process that has ended when there is something to tell. */
    private void lookForSilent(long nowNanos) {
        TreeSet<Long> expected = new TreeSet<>();
        for (int partition = 0; partition < host.partitions(); partition++) {
            for (long client : host.listeners(partition)) {
                expected.add(client);
                if (isSilent(client, nowNanos)) {
                    host.forget(partition, client);
                }
            }
        }
        partitions.values().forEach(lines -> expected.addAll(lines.byClient.keySet()));
        heardNanos.keySet().retainAll(expected);
    }

    @Override
    public String toString() {
        return "on the way to listeners, by partition: " + partitions.keySet() + ", listening: " + heardNanos.keySet();
    }
}
