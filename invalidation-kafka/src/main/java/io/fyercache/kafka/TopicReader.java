package io.fyercache.kafka;

import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition from its end on, on a thread of its own. While brokers are away the position stays, and what was published meanwhile is read afterwards;
 * where it is not there any more, the reader begins anew at the end, and says so. It belongs to no group: every process reads all.
 */
final class TopicReader implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(TopicReader.class.getName());

    /** How long a call waits for messages before it looks whether this is closed: closing wakes it up anyway. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** How long it may take to find out where the end is. */
    private static final Duration POSITION_LIMIT = Duration.ofSeconds(5);

    /** Milliseconds, 200, until a reader that failed begins anew; finding the end then waits for brokers. */
    private static final long PAUSE_MILLIS = 200;

    /** Milliseconds, 10,000, for which {@link #close} waits: a listener may be emptying caches. */
    private static final long CLOSE_LIMIT_MILLIS = 10_000;

    /** What stands for a message that is too long or none: no message of ours. */
    private static final byte[] FOREIGN = new byte[0];

    private final TopicPartition partition;
    private final ClientSettings settings;
    private final BusListener listener;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<@Nullable KafkaConsumer<byte[], byte[]>> reading = new AtomicReference<>();

    TopicReader(String topic, ClientSettings settings, BusUse use, BusListener listener) {
        this.partition = new TopicPartition(topic, KafkaBus.PARTITION);
        this.settings = settings;
        this.listener = listener;
        this.thread = new Thread(this::readAgainAndAgain, "fyercache-kafka-" + use.name() + "-" + topic);
        this.thread.setDaemon(true);
        this.thread.setContextClassLoader(use.classLoader());
    }

    void start() {
        thread.start();
    }

    private void readAgainAndAgain() {
        boolean isFailing = false;
        while (!isEnding()) {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
                reading.set(consumer);
                beginAtTheEnd(consumer);
                isFailing = false;
                readOn(consumer);
            } catch (WakeupException e) {
                LOGGER.log(Level.DEBUG, "kafka: topic {0}: woken up", partition.topic());
            } catch (KafkaException e) {
                if (!isFailing) {
                    isFailing = true;
                    LOGGER.log(
                            Level.WARNING,
                            "kafka: topic " + partition.topic()
                                    + ": cannot be read; it is begun anew until that is possible",
                            e);
                }
                pause();
            } finally {
                reading.set(null);
            }
        }
    }

    private void beginAtTheEnd(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        long position = consumer.position(partition, POSITION_LIMIT);
        LOGGER.log(Level.INFO, "kafka: topic {0}: reading from {1}", partition.topic(), Long.toString(position));
        listener.mayHaveMissed();
    }

    private void readOn(KafkaConsumer<byte[], byte[]> consumer) {
        while (!isEnding()) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                byte[] message = each.value();
                boolean foreign = message == null || message.length > InvalidationBus.MAX_MESSAGE_BYTES;
                listener.received(foreign ? FOREIGN : message);
            }
        }
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    private void pause() {
        try {
            if (ending.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOGGER.log(Level.DEBUG, "kafka: topic {0}: closed", partition.topic());
            }
        } catch (InterruptedException e) {
            ending.countDown(); // Nobody of ours interrupts this thread.
        }
    }

    @Override
    public void close() {
        ending.countDown();
        KafkaConsumer<byte[], byte[]> consumer = reading.get();
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever interrupts a closing thread wants it to hurry.
        }
    }
}
