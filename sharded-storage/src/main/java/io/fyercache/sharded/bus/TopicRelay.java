package io.fyercache.sharded.bus;

import io.fyercache.sharded.bus.RelayedTopic.Reign;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Unsubscribed;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Subscribe;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A member's part in topics (A1 to A4): it is the relay of those whose partitions it leads. What it knows of a topic ends with its epoch; the next relay is told anew who
 * listens.
 *
 * <p>Times are of the member's clock that never steps back, in nanoseconds. Used by one thread.
 */
public final class TopicRelay {
    /** Topics of a member, 256: caches of one staleness share one. Of more no notice is taken. */
    static final int MAX_TOPICS = 256;

    private final Host host;
    private final Rules rules;
    private final TreeMap<String, RelayedTopic> topics = new TreeMap<>();

    /** Of each partition that this member leads, by its number. */
    private final TreeMap<Integer, Reign> reigns = new TreeMap<>();

    private long observedNanos;

    /** What this needs of its member. No method calls back into it. */
    public interface Host {
        /** Sends a message to a process, which may be gone: now or never. */
        void send(long client, ClientMessage message);

        /** Returns which partitions there are, as far as is known. */
        PartitionLayout layout();

        /**
         * Returns the number of the epoch in which this member leads a partition, and serves it now, as all who could replace it have promised not to (R3); 0 if it does
         * not, or if somebody may still serve an earlier generation (L3).
         */
        long leasedEpoch(int partition, long nowNanos);

        /** Returns the number of a partition's epoch, whoever leads it; 0 if it is not known. */
        long epoch(int partition);
    }

    /** Is the relay of nothing. */
    public TopicRelay(Host host, Rules rules, long nowNanos) {
        this.host = host;
        this.rules = rules;
        this.observedNanos = nowNanos;
    }

    /** Takes a message of a process. If this member is not the relay for certain, it says nothing: who is may answer. */
    public void onMessage(long client, ToRelay message, long nowNanos) {
        int partition = TopicPlace.partition(message.topic(), host.layout());
        Reign reign = observe(partition, nowNanos);
        if (reign == null) {
            return;
        }
        RelayedTopic topic = topics.get(message.topic());
        if (topic != null && topic.epoch() != reign.epoch()) {
            topics.remove(message.topic());
            topic = null;
        }
        if (topic == null && message instanceof Subscribe && topics.size() < MAX_TOPICS) {
            topic = new RelayedTopic(reign, (told, to) -> host.send(to, told), rules);
            topics.put(message.topic(), topic);
        }
        if (topic != null) {
            topic.onMessage(client, message, nowNanos);
        } else if (!(message instanceof Subscribe)) {
            host.send(client, new Unsubscribed(message.line(), message.attempt()));
        }
    }

    /** Returns since when this member has been seen to lead a partition in its present epoch; null if it does not, for certain. */
    private @Nullable Reign observe(int partition, long nowNanos) {
        long epoch = rules.keep(Rule.TOPIC_NEEDS_LEASE) ? host.leasedEpoch(partition, nowNanos) : host.epoch(partition);
        if (epoch == 0) {
            return null;
        }
        Reign known = reigns.get(partition);
        if (known == null || known.epoch() != epoch) {
            known = new Reign(epoch, nowNanos);
            reigns.put(partition, known);
        }
        return known;
    }

    /** Lets time pass. To be called about every 10 ms. */
    public void onTick(long nowNanos) {
        if (nowNanos - observedNanos >= TopicTimes.OBSERVE_NANOS) {
            observedNanos = nowNanos;
            for (int partition = 0; partition < host.layout().spread(); partition++) {
                if (isNews(partition)) {
                    observe(partition, nowNanos);
                }
            }
        }
        topics.entrySet().removeIf(each -> {
            RelayedTopic topic = each.getValue();
            int partition = TopicPlace.partition(each.getKey(), host.layout());
            if (topic.epoch() != host.epoch(partition)) {
                return true;
            }
            topic.onTick(nowNanos);
            return topic.isDeserted();
        });
    }

    private boolean isNews(int partition) {
        Reign known = reigns.get(partition);
        return known == null || known.epoch() != host.epoch(partition);
    }
}
