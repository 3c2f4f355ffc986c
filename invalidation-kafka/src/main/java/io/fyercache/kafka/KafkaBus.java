package io.fyercache.kafka;

import io.fyercache.core.bus.BusException;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * The first partition of a topic: all that is published there has one order, which a topic of several partitions has not. A message counts as taken over when
 * all replicas in sync have it. A producer that has failed is replaced by another, as some failures are for ever.
 */
final class KafkaBus implements InvalidationBus {
    /** The partition that all processes use: the one that every topic has. */
    static final int PARTITION = 0;

    private static final Logger LOGGER = System.getLogger(KafkaBus.class.getName());

    private final String topic;
    private final ClientSettings settings;
    private final TopicReader reader;

    /** Used by who publishes, and by who closes after the last that was published. */
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private boolean closed;

    KafkaBus(String topic, ClientSettings settings, BusUse use, BusListener listener) {
        this.topic = topic;
        this.settings = settings;
        this.reader = new TopicReader(topic, settings, use, listener);
    }

    void start() {
        reader.start();
    }

    @Override
    public synchronized void publish(byte[] message) {
        if (closed) {
            throw new BusException("kafka: topic " + topic + ": closed (expected: open)");
        }
        try {
            KafkaProducer<byte[], byte[]> present = producer;
            if (present == null) {
                present = new KafkaProducer<>(settings.producer());
                producer = present;
            }
            Future<RecordMetadata> taken = present.send(new ProducerRecord<>(topic, PARTITION, null, message));
            taken.get(settings.confirmLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            discardProducer();
            throw new BusException("kafka: topic " + topic + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException("kafka: topic " + topic + ": interrupted while a message was published", e);
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof AuthenticationException || failure.getCause() instanceof AuthenticationException
                ? "the cluster refuses this process (expected: a user and a password that it knows); correct propertiesFile"
                : "the brokers have not confirmed a message";
    }

    private void discardProducer() {
        KafkaProducer<byte[], byte[]> present = producer;
        producer = null;
        if (present != null) {
            try {
                present.close(Duration.ZERO);
            } catch (KafkaException e) {
                LOGGER.log(Level.DEBUG, "a producer was closed that had failed", e);
            }
        }
    }

    @Override
    public void close() {
        reader.close();
        synchronized (this) {
            closed = true;
            discardProducer();
        }
    }
}
