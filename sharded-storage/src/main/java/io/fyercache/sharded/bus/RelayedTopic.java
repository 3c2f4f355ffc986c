package io.fyercache.sharded.bus;

import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Delivery;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Unsubscribed;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Heard;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Publish;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Subscribe;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Unsubscribe;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.PartitionEpoch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * A topic at its relay, in one epoch of the relay's: one order of all messages (A2), those who listen, and what of it each has taken in.
 *
 * <p>A publication is <b>with all</b> when each subscription has taken in the message, or has lapsed: whoever has it goes by nothing any more that he knew
 * before (A3). A subscription that has just begun counts as well, until its process has said that it knows. What an earlier relay was told of subscriptions is not known
 * here, so in a later epoch than the first nothing is with all before those have lapsed, too.
 *
 * <p>Used by the thread of its member.
 */
final class RelayedTopic {
    /** Subscriptions, 4,096: as many as processes that core.invalidation knows of. Of more no notice is taken. */
    static final int MAX_SUBSCRIPTIONS = 4_096;

    /** Bytes of messages that somebody has not taken in, 16 MiB. What is too much is not taken, and its publisher sends it again. */
    static final int MAX_LOG_BYTES = 16 << 20;

    /** Publications of a line that are not with all, 16,384: twice as many as a process lets wait. What is too much is not taken. */
    static final int MAX_PUBLICATIONS = 16_384;

    private final Reign reign;
    private final ObjLongConsumer<FromRelay> send;
    private final Rules rules;
    private final TreeMap<LineKey, Subscription> subscriptions = new TreeMap<>();

    /** Messages by their numbers, without a gap, those that somebody has not taken in. */
    private final TreeMap<Long, EncodedValue> log = new TreeMap<>();

    private long logBytes;

    /** The number of the last message. */
    private long last;

    /**
     * How long the relay has reigned.
     *
     * @param epoch its number
     * @param sinceNanos when it was seen to have its leases: nobody else has been the relay since
     */
    record Reign(long epoch, long sinceNanos) {
        /** Tells whether subscriptions that an earlier relay knew of have lapsed. Before the first epoch there was none. */
        boolean hasOutlasted(long stalenessNanos, long nowNanos) {
            return epoch == PartitionEpoch.FIRST.number() || nowNanos - sinceNanos >= TopicTimes.surely(stalenessNanos);
        }
    }

    /** A line of a process. */
    private record LineKey(long client, long line) implements Comparable<LineKey> {
        private static final Comparator<LineKey> ORDER =
                Comparator.comparingLong(LineKey::client).thenComparingLong(LineKey::line);

        @Override
        public int compareTo(LineKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** A publication that is not with all. */
    private record Publication(long number, long message) {}

    /** Who listens. */
    private static final class Subscription {
        private final LineKey key;
        private final long attempt;
        private final long stalenessNanos;

        /** The number of the last message before it. */
        private final long from;

        /** All messages up to this one are taken in; one less than {@link #from} until it is known to have begun. */
        private long heard;

        private long sent;
        private long sentBytes;

        /** Since when it has taken in nothing of what was sent. */
        private long waitingNanos;

        private long lapsesNanos;
        private final Deque<Publication> publications = new ArrayDeque<>();
        private long taken;
        private long delivered;

        Subscription(LineKey key, Subscribe message, long from) {
            this.key = key;
            this.attempt = message.attempt();
            this.stalenessNanos = message.stalenessNanos();
            this.from = from;
            this.heard = from - 1;
            this.sent = from;
            this.taken = message.delivered();
            this.delivered = message.delivered();
        }

        boolean hasBegun() {
            return heard >= from;
        }

        /** What was published now comes back to it, and is gone by from before now on. */
        void extend(long nowNanos) {
            lapsesNanos = nowNanos + TopicTimes.surely(stalenessNanos);
        }
    }

    /**
     * Makes one that nobody listens to.
     *
     * @param send sends a message to a process, now or never
     */
    RelayedTopic(Reign reign, ObjLongConsumer<FromRelay> send, Rules rules) {
        this.reign = reign;
        this.send = send;
        this.rules = rules;
    }

    /** Returns the epoch of the relay. */
    long epoch() {
        return reign.epoch();
    }

    /** Tells whether nobody listens. */
    boolean isDeserted() {
        return subscriptions.isEmpty();
    }

    /** Takes a message of a process, while this member is the relay for certain. */
    void onMessage(long client, ToRelay message, long nowNanos) {
        LineKey key = new LineKey(client, message.line());
        if (message instanceof Subscribe subscribe) {
            subscribe(key, subscribe, nowNanos);
            return;
        }
        Subscription subscription = subscriptions.get(key);
        if (subscription == null || subscription.attempt < message.attempt()) {
            send.accept(new Unsubscribed(message.line(), message.attempt()), client);
        } else if (subscription.attempt == message.attempt()) {
            onMessage(subscription, message, nowNanos);
        }
    }

    private void onMessage(Subscription from, ToRelay message, long nowNanos) {
        if (message instanceof Publish publish) {
            publish(from, publish, nowNanos);
        } else if (message instanceof Heard heard) {
            heard(from, heard.number(), nowNanos);
        } else if (message instanceof Unsubscribe) {
            subscriptions.remove(from.key);
            settle(nowNanos);
        }
    }

    // ---- subscriptions

    private void subscribe(LineKey key, Subscribe message, long nowNanos) {
        Subscription present = subscriptions.get(key);
        boolean isNews = present == null || present.attempt < message.attempt();
        if (isNews && (present != null || subscriptions.size() < MAX_SUBSCRIPTIONS)) {
            present = new Subscription(key, message, last);
            subscriptions.put(key, present);
        }
        if (present != null && present.attempt == message.attempt()) {
            present.extend(nowNanos);
            present.waitingNanos = nowNanos;
            bring(present, List.of());
        }
    }

    private void heard(Subscription from, long number, long nowNanos) {
        if (number <= from.heard || number > from.sent) {
            return;
        }
        for (EncodedValue message :
                log.subMap(Math.max(from.heard, from.from), false, number, true).values()) {
            from.sentBytes -= TopicTimes.bytes(message);
        }
        from.heard = number;
        from.waitingNanos = nowNanos;
        flush(from, nowNanos);
        settle(nowNanos);
    }

    // ---- publications

    private void publish(Subscription from, Publish message, long nowNanos) {
        boolean hasRoom = logBytes < MAX_LOG_BYTES && from.publications.size() < MAX_PUBLICATIONS;
        if (message.number() != from.taken + 1 || !hasRoom) {
            bring(from, List.of());
            return;
        }
        from.taken++;
        from.extend(nowNanos);
        last++;
        from.publications.add(new Publication(from.taken, last));
        log.put(last, message.message());
        logBytes += TopicTimes.bytes(message.message());
        subscriptions.values().forEach(each -> flush(each, nowNanos));
        settle(nowNanos);
    }

    /** Brings a subscription what it has not been sent, as far as the window lets. */
    private void flush(Subscription to, long nowNanos) {
        if (to.sent == to.heard) {
            to.waitingNanos = nowNanos;
        }
        while (to.hasBegun() && to.sent < last && to.sentBytes < TopicTimes.WINDOW_BYTES) {
            List<EncodedValue> messages = new ArrayList<>();
            for (EncodedValue message : log.tailMap(to.sent, false).values()) {
                if (to.sentBytes >= TopicTimes.WINDOW_BYTES || messages.size() == Delivery.MAX_MESSAGES) {
                    break;
                }
                messages.add(message);
                to.sentBytes += TopicTimes.bytes(message);
            }
            bring(to, messages);
            to.sent += messages.size();
        }
    }

    private void bring(Subscription to, List<EncodedValue> messages) {
        send.accept(
                new Delivery(to.key.line(), to.attempt, to.sent, messages, to.taken, to.delivered), to.key.client());
    }

    /**
     * Finds out what is with all, and says so to whom it is of. A relay that has lost its leases may still do so: whoever has listened to another one since has
     * dropped all that he knew, and after this one had taken its last message.
     */
    private void settle(long nowNanos) {
        long takenIn = last;
        for (Subscription each : subscriptions.values()) {
            takenIn = Math.min(takenIn, each.heard);
        }
        long withAll = rules.keep(Rule.TOPIC_WAITS_FOR_TAKING_IN) ? takenIn : last;
        for (Subscription each : subscriptions.values()) {
            settle(each, withAll, nowNanos);
        }
        Map<Long, EncodedValue> done = log.headMap(takenIn, true);
        done.values().forEach(message -> logBytes -= TopicTimes.bytes(message));
        done.clear();
    }

    private void settle(Subscription of, long withAll, long nowNanos) {
        long before = of.delivered;
        Publication first = of.publications.peek();
        while (first != null && first.message() <= withAll && earlierHaveLapsed(of.stalenessNanos, nowNanos)) {
            of.delivered = first.number();
            of.publications.remove();
            first = of.publications.peek();
        }
        if (of.delivered > before) {
            bring(of, List.of());
        }
    }

    private boolean earlierHaveLapsed(long stalenessNanos, long nowNanos) {
        return reign.hasOutlasted(stalenessNanos, nowNanos) || !rules.keep(Rule.TOPIC_WAITS_FOR_EARLIER_RELAY);
    }

    // ---- time

    /** Lets subscriptions lapse, and brings again what was not taken in. */
    void onTick(long nowNanos) {
        subscriptions.values().removeIf(each -> nowNanos - each.lapsesNanos >= 0);
        for (Subscription each : subscriptions.values()) {
            if (nowNanos - each.waitingNanos >= TopicTimes.AGAIN_NANOS) {
                bringAgain(each, nowNanos);
            }
        }
        settle(nowNanos);
    }

    private void bringAgain(Subscription to, long nowNanos) {
        to.waitingNanos = nowNanos;
        if (!to.hasBegun()) {
            bring(to, List.of());
        } else if (to.heard < to.sent) {
            to.sent = to.heard;
            to.sentBytes = 0;
            flush(to, nowNanos);
        }
    }
}
