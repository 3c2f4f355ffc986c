package io.fyercache.sharded.member;

import io.fyercache.sharded.listening.ChangeSender;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.replication.CommittedChanges;
import io.fyercache.sharded.replication.PartitionReplica;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Those who listen to the partitions of a group: what replicas hand out goes to them, and what comes back to the replicas. Either waits until the
 * other side has done what it is doing. Used by the group's thread.
 */
final class PartitionListeners {
    private final List<PartitionReplica> replicas;
    private final ChangeSender sender;
    private final Deque<HandedOut> handedOut = new ArrayDeque<>();
    private final Deque<Runnable> comingBack = new ArrayDeque<>();

    /** The time, while somebody is looking. */
    private long nowNanos;

    private long wallMillis;

    private record HandedOut(int partition, CommittedChanges changes) {}

    /** Takes the replicas of all partitions, of which there may be more later. */
    PartitionListeners(List<PartitionReplica> replicas, MemberHost host, long nowNanos) {
        this.replicas = replicas;
        this.sender = new ChangeSender(new HostOfSender(host), nowNanos);
    }

    /** Takes what a replica hands out. */
    void handOut(int partition, CommittedChanges changes) {
        handedOut.add(new HandedOut(partition, changes));
    }

    /** B6. */
    void givenUp(int partition, long generation, long number) {
        comingBack.add(() -> sender.givenUp(partition, generation, number));
    }

    void onBeat(long client, long now) {
        sender.onBeat(client, now);
    }

    void onHeard(long client, ChangesHeard heard, long now) {
        sender.onHeard(client, heard, now);
        settle(now);
    }

    void onTick(long now, long wall) {
        wallMillis = wall;
        sender.onTick(now);
        settle(now);
    }

    /** Brings everything to where it goes. */
    void settle(long now) {
        nowNanos = now;
        while (!handedOut.isEmpty() || !comingBack.isEmpty()) {
            HandedOut next = handedOut.poll();
            if (next != null) {
                sender.changed(next.partition(), next.changes(), now);
            } else {
                comingBack.remove().run();
            }
        }
    }

    private final class HostOfSender implements ChangeSender.Host {
        private final MemberHost host;

        HostOfSender(MemberHost host) {
            this.host = host;
        }

        @Override
        public void send(long client, Changes message) {
            host.tell(client, message);
        }

        @Override
        public void arrived(int partition, long generation, long number) {
            comingBack.add(() -> replicas.get(partition).onChangesArrived(generation, number, nowNanos));
        }

        @Override
        public void failed(int partition, long generation, List<ListenerFailure> failures) {
            comingBack.add(() -> replicas.get(partition).onListenerFailures(generation, failures));
        }

        @Override
        public int partitions() {
            return replicas.size();
        }

        @Override
        public Collection<Long> listeners(int partition) {
            return replicas.get(partition).listeners();
        }

        @Override
        public void forget(int partition, long client) {
            comingBack.add(() -> replicas.get(partition).forgetListener(client, nowNanos, wallMillis));
        }
    }
}
