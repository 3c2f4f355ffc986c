package io.fyercache.sharded.listening;

import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The side of a process that listens: of each partition it takes the changes in their order, each once, whoever tells them, has the listeners
 * told, and says so (V4). What waits here is bounded by what members have under way.
 *
 * <p>Used by one thread.
 */
public final class ChangeReceiver {
    private final Host host;
    private final Rules rules;
    private final TreeMap<Integer, PartitionEar> ears = new TreeMap<>();

    /** Who is to be told what was heard of a partition: the last to say something. */
    private final TreeMap<Integer, Incarnation> tellers = new TreeMap<>();

    /** What a receiver needs of its process. No method calls back into it. */
    public interface Host {
        /** Sends a message to a member, now or never. */
        void send(Incarnation member, ClientMessage message);

        /**
         * Has the listeners told, in this order, on a thread that the process does not wait for; then {@link #told} is to be called. Of one
         * partition this is asked for again only when that has happened.
         */
        void tell(int partition, List<PlacedChange> changes);
    }

    /** Makes a receiver that has heard of nothing. */
    public ChangeReceiver(Host host, Rules rules) {
        this.host = host;
        this.rules = rules;
    }

    /** Takes what a member says. */
    public void onChanges(Incarnation from, Changes message) {
        PartitionEar ear = ears.computeIfAbsent(message.partition(), first -> new PartitionEar(first, rules));
        ear.take(message);
        tellers.put(message.partition(), from);
        host.send(from, ear.heard());
        tellNext(message.partition(), ear);
    }

    private void tellNext(int partition, PartitionEar ear) {
        List<PlacedChange> next = ear.next();
        if (!next.isEmpty()) {
            host.tell(partition, next);
        }
    }

    /**
     * Takes in that the listeners have been told what was {@linkplain Host#tell asked for}, and synchronous ones have returned.
     *
     * @param failures what they threw
     */
    public void told(int partition, List<ListenerFailure> failures) {
        PartitionEar ear = Objects.requireNonNull(ears.get(partition));
        ear.told(failures);
        host.send(Objects.requireNonNull(tellers.get(partition)), ear.heard());
        tellNext(partition, ear);
    }
}
