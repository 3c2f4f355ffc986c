package io.fyercache.sharded.node;

import io.fyercache.core.bus.BusException;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.sharded.bus.TopicLine;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.topology.Incarnation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the cluster as a bus: brings callers' messages to the process's thread, and what comes to a thread on which keys may be decoded and compared. It knows who
 * listens, so a message counts as delivered when it is with all. Thread-safe.
 */
final class TopicBus implements InvalidationBus, TopicLine.Host {
    private static final Logger LOGGER = System.getLogger(TopicBus.class.getName());

    /** Kibibytes of messages, 8 MiB, that are not with all: some thousands of changes, or of heartbeats that nobody takes. */
    private static final int MAX_WAITING_KIB = 8 << 10;

    /** Deliveries that wait to be taken in: more than a relay sends without hearing of them. */
    private static final int MAX_HEARING = 100_000;

    private final String topic;
    private final BusUse use;
    private final BusListener listener;
    private final NodeTopics topics;
    private final Semaphore room = new Semaphore(MAX_WAITING_KIB);
    private final WorkThreads hearing;

    /** Of the process's thread; null until it is opened. */
    private @Nullable TopicLine line;

    TopicBus(String topic, BusUse use, BusListener listener, NodeTopics topics, ClassLoader classLoader) {
        this.topic = topic;
        this.use = use;
        this.listener = listener;
        this.topics = topics;
        this.hearing = new WorkThreads("fyercache-topic-" + use.name() + "-" + topic, 1, MAX_HEARING, classLoader);
    }

    // ---- the publisher

    @Override
    public void publish(byte[] message) {
        publish(message, TopicBus::nobodyWaits);
        if (!awaitTaken()) {
            throw new BusException("topic " + topic + " of the cluster: not taken over within "
                    + use.confirmLimit().toMillis()
                    + " ms (expected: a member that leads the topic, and can be reached);"
                    + " it is brought to who listens as soon as that can be");
        }
    }

    private static void nobodyWaits() {
        // Until it is with all.
    }

    /** Waits until the topic has all that was published; tells whether it has. */
    private boolean awaitTaken() {
        CountDownLatch taken = new CountDownLatch(1);
        return topics.with(this, opened -> opened.whenTaken(taken::countDown)) && within(taken::await);
    }

    @Override
    public void publish(byte[] message, Runnable delivered) {
        int kibibytes = 1 + (message.length >> 10);
        if (!within((time, unit) -> room.tryAcquire(kibibytes, time, unit))) {
            throw new BusException("topic " + topic + " of the cluster: " + (MAX_WAITING_KIB >> 10)
                    + " MiB wait to be brought to all who listen, and none has made room within "
                    + use.confirmLimit().toMillis() + " ms (expected: a member that leads the topic)");
        }
        topics.publish(this, new EncodedValue(message), () -> {
            room.release(kibibytes);
            delivered.run();
        });
    }

    /** Something that is waited for; tells whether it has come. */
    private interface Wait {
        boolean await(long time, TimeUnit unit) throws InterruptedException;
    }

    /** Waits for as long as a message may take; who is interrupted waits no longer, and stays so. */
    private boolean within(Wait wait) {
        try {
            return wait.await(use.confirmLimit().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it when the topic has all that was published, or the process has waited for that as long as for a message. */
    @Override
    public void close() {
        if (!awaitTaken()) {
            LOGGER.log(Level.DEBUG, "topic {0}: closed, and not all that was published is with its relay", topic);
        }
        topics.close(this);
        hearing.close();
    }

    // ---- the process's thread

    void opened(TopicLine opened) {
        line = opened;
    }

    void withLine(Consumer<TopicLine> action) {
        if (line != null) {
            action.accept(line);
        }
    }

    @Override
    public void send(Incarnation member, ClientMessage message) {
        topics.send(member, message);
    }

    @Override
    public void learnTable() {
        topics.learnTable();
    }

    @Override
    public void mayHaveMissed(long attempt, long number) {
        hear(listener::mayHaveMissed, attempt, number);
    }

    @Override
    public void received(long attempt, List<EncodedValue> messages, long number) {
        hear(() -> messages.forEach(message -> listener.received(message.bytes())), attempt, number);
    }

    /** Has the listener told of something, on its own thread, and the line told when he knows. */
    private void hear(Runnable news, long attempt, long number) {
        try {
            hearing.execute(() -> {
                news.run();
                boolean unused = topics.with(this, each -> each.takenIn(attempt, number));
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "topic " + topic + ": closed, and nothing is heard of it any more", e);
        }
    }
}
