package io.fyercache.sharded.bus;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Delivery;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Unsubscribed;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Heard;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Publish;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Subscribe;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Unsubscribe;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process's line to a topic (A1 to A4): what it publishes, until that is with all, and what comes. It subscribes at whoever is the relay by the table that the process
 * knows, and anew when that is somebody else, in another epoch, or knows nothing of it, or is silent for too long.
 *
 * <p>Times are of the process's clock that never steps back, in nanoseconds. Used by one thread.
 */
public final class TopicLine {
    private final String topic;
    private final long number;
    private final long stalenessNanos;
    private final Host host;

    private @Nullable Incarnation relay;
    private long epoch;

    /** The number of the subscription. */
    private long attempt;

    private boolean begun;

    /** The numbers of the last message before the subscription, of the last one that has come, and of the last one that is taken in. */
    private long from;

    private long received;
    private long heard;

    /** Whether messages in between are missing, and since when. */
    private boolean misses;

    private long missesNanos;

    /** Publications that are not with all, by their numbers from {@link #delivered} + 1 on. */
    private final Deque<Publication> publications = new ArrayDeque<>();

    private final Deque<Awaited> awaited = new ArrayDeque<>();

    /** The numbers of publications: the last one that is with all, that the topic has, that was sent, and that there is. */
    private long delivered;

    private long taken;
    private long sent;
    private long last;

    /** Since when the relay has taken nothing that it was asked for, when it said something last, or was first asked since, and when the table was asked for. */
    private long askedNanos;

    private long answeredNanos;
    private long learnedNanos;

    /** What this needs of its process. No method calls back into it. */
    public interface Host {
        /** Sends a message to a member, now or never. */
        void send(Incarnation member, ClientMessage message);

        /** Has the latest table learned, soon. */
        void learnTable();

        /**
         * Has it said to whoever listens that he may have missed something, and {@link TopicLine#takenIn} called when he knows. What is said later by these two methods he
         * hears later.
         */
        void mayHaveMissed(long attempt, long number);

        /** Has messages taken in, and {@link TopicLine#takenIn} called when they are. */
        void received(long attempt, List<EncodedValue> messages, long number);
    }

    private record Publication(EncodedValue message, Runnable whenDelivered) {}

    /** What is to be done when the topic has the publications up to a number. */
    private record Awaited(long number, Runnable action) {}

    /**
     * Makes one that knows no relay yet.
     *
     * @param number of no other line
     * @param stalenessNanos for how long what has come is gone by, counted from before what came back last was published
     */
    TopicLine(String topic, long number, long stalenessNanos, Host host) {
        this.topic = topic;
        this.number = number;
        this.stalenessNanos = stalenessNanos;
        this.host = host;
    }

    /** Returns the number of the line. */
    long number() {
        return number;
    }

    // ---- the relay

    /** Takes in a table that is newer. */
    void onTable(VersionedTable table, long nowNanos) {
        PartitionRecord record =
                table.table().record(TopicPlace.partition(topic, table.table().layout()));
        long next = record.epoch().number();
        if (relay == null || next != epoch) {
            relay = record.primary();
            epoch = next;
            subscribe(nowNanos);
        }
    }

    private void subscribe(long nowNanos) {
        begun = false;
        misses = false;
        taken = delivered;
        sent = delivered;
        answeredNanos = nowNanos;
        learnedNanos = nowNanos;
        sendSubscribe(nowNanos);
    }

    /** Each wish has a number of its own: one that comes late must not be taken for a subscription that has begun, and lapsed. */
    private void sendSubscribe(long nowNanos) {
        attempt++;
        askedNanos = nowNanos;
        send(new Subscribe(topic, number, attempt, stalenessNanos, delivered));
    }

    private void send(ClientMessage message) {
        if (relay != null) {
            host.send(relay, message);
        }
    }

    /** Listens no longer. */
    void close() {
        send(new Unsubscribe(topic, number, attempt));
        relay = null;
    }

    // ---- from the relay

    /** Takes a message of a relay, be it one of before. */
    void onMessage(FromRelay message, long nowNanos) {
        if (message.attempt() != attempt || relay == null) {
            return;
        }
        answeredNanos = nowNanos;
        if (message instanceof Delivery delivery) {
            onDelivery(delivery, nowNanos);
        } else if (message instanceof Unsubscribed) {
            subscribe(nowNanos);
        }
    }

    private void onDelivery(Delivery delivery, long nowNanos) {
        if (!begun) {
            begun = true;
            askedNanos = nowNanos;
            from = delivery.after();
            received = from;
            heard = from - 1;
            host.mayHaveMissed(attempt, received);
        }
        take(delivery, nowNanos);
        if (delivery.taken() > taken) {
            taken = Math.min(delivery.taken(), last);
            askedNanos = nowNanos;
        }
        for (; delivered < Math.min(delivery.delivered(), taken); delivered++) {
            publications.remove().whenDelivered().run();
        }
        sent = Math.max(sent, taken);
        tellWhoAwaits();
        publish();
    }

    private void take(Delivery delivery, long nowNanos) {
        long known = received - delivery.after();
        missesNanos = misses ? missesNanos : nowNanos;
        misses = known < 0;
        if (misses) {
            return; // It comes again.
        }
        List<EncodedValue> messages = delivery.messages();
        if (known < messages.size()) {
            List<EncodedValue> fresh = messages.subList((int) known, messages.size());
            received += fresh.size();
            host.received(attempt, List.copyOf(fresh), received);
        } else if (heard >= delivery.after() && (known > 0 || delivery.after() == from)) {
            send(new Heard(topic, number, attempt, heard)); // The relay does not know.
        }
    }

    /** Takes in that whoever listens knows all messages up to a number. */
    public void takenIn(long of, long upTo) {
        if (of == attempt) {
            heard = upTo;
            send(new Heard(topic, number, attempt, heard));
        }
    }

    // ---- publications

    /**
     * Publishes a message.
     *
     * @param whenDelivered is run when it is with all, in the order of the publications
     */
    public void publish(EncodedValue message, Runnable whenDelivered, long nowNanos) {
        if (taken == last) {
            answeredNanos = nowNanos;
            askedNanos = nowNanos;
        }
        publications.add(new Publication(message, whenDelivered));
        last++;
        publish();
    }

    /** Has something done, once, when the topic has all that was published up to now: the relay brings that to who listens, whatever becomes of this process. */
    public void whenTaken(Runnable action) {
        awaited.add(new Awaited(last, action));
        tellWhoAwaits();
    }

    private void tellWhoAwaits() {
        for (Awaited first = awaited.peek(); first != null && first.number() <= taken; first = awaited.peek()) {
            awaited.remove().action().run();
        }
    }

    /** Sends what was not sent, as far as the window lets. */
    private void publish() {
        if (!begun || sent == last) {
            return;
        }
        long bytes = 0;
        long each = delivered;
        for (Publication publication : publications) {
            each++;
            if (each > taken) {
                bytes += TopicTimes.bytes(publication.message());
            }
            if (bytes > TopicTimes.WINDOW_BYTES) {
                return;
            }
            if (each > sent) {
                send(new Publish(topic, number, attempt, each, publication.message()));
                sent = each;
            }
        }
    }

    // ---- time

    /** Asks again what was not answered. To be called about every 10 ms. */
    void onTick(long nowNanos) {
        if (relay == null) {
            return;
        }
        if (misses && nowNanos - missesNanos >= TopicTimes.SILENCE_NANOS) {
            subscribe(nowNanos);
        }
        if (begun && taken == last) {
            askWhetherListening(nowNanos);
            return;
        }
        if (nowNanos - answeredNanos >= TopicTimes.LEARN_NANOS && nowNanos - learnedNanos >= TopicTimes.LEARN_NANOS) {
            learnedNanos = nowNanos;
            host.learnTable();
        }
        if (begun && nowNanos - answeredNanos >= TopicTimes.SILENCE_NANOS) {
            subscribe(nowNanos);
        } else if (nowNanos - askedNanos >= (begun ? TopicTimes.AGAIN_NANOS : TopicTimes.SUBSCRIBE_NANOS)) {
            askAgain(nowNanos);
        }
    }

    /**
     * A relay says nothing while it waits for others, nor when it has forgotten this line, which has published nothing for the whole staleness: then it says so when it is
     * spoken to, and gets the publications again.
     */
    private void askWhetherListening(long nowNanos) {
        boolean isSilent = nowNanos - answeredNanos >= TopicTimes.SILENCE_NANOS
                && nowNanos - askedNanos >= TopicTimes.SILENCE_NANOS;
        if (delivered < last && isSilent) {
            askedNanos = nowNanos;
            send(new Heard(topic, number, attempt, heard));
        }
    }

    private void askAgain(long nowNanos) {
        if (begun) {
            askedNanos = nowNanos;
            sent = taken;
            publish();
        } else {
            sendSubscribe(nowNanos);
        }
    }
}
