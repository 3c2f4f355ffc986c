package io.fyercache.kafka;

import io.fyercache.core.bus.InvalidationBus;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Kafka's clients: what this bus depends on, and beside it what the user's file says. Immutable. It is never printed, as there may be
 * passwords in it.
 */
final class ClientSettings {
    /** Bytes of the file, 256 KiB: there may be certificates in it. */
    private static final int MAX_FILE_BYTES = 256 << 10;

    /** Bytes by which a request may be longer than its message, 64 KiB. */
    private static final int REQUEST_OVERHEAD_BYTES = 64 << 10;

    /** Milliseconds between two attempts to reach a broker, 50 at first and 1,000 at last: one that restarts is back in seconds. */
    private static final int FIRST_RECONNECT_MILLIS = 50;

    private static final int LONGEST_RECONNECT_MILLIS = 1_000;

    private static final Pattern BROKERS = Pattern.compile("[^,:/?#\\s]+:[0-9]{1,5}(,[^,:/?#\\s]+:[0-9]{1,5})*");

    /** What the guarantees of the bus, and its limits of time, hang on. */
    private static final Map<String, Object> FIXED = Map.ofEntries(
            Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
            Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
            Map.entry(
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG, InvalidationBus.MAX_MESSAGE_BYTES + REQUEST_OVERHEAD_BYTES),
            Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
            Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
            Map.entry(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, FIRST_RECONNECT_MILLIS),
            Map.entry(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT_MILLIS));

    private static final Set<String> OURS = Set.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
            CommonClientConfigs.GROUP_ID_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private final Map<String, Object> values;
    private final Duration confirmLimit;

    private ClientSettings(Map<String, Object> values, Duration confirmLimit) {
        this.values = values;
        this.confirmLimit = confirmLimit;
    }

    /**
     * Collects the settings.
     *
     * @param brokers hosts with ports
     * @param file the user's properties; null for none
     * @param confirmLimit how long a message may take to be confirmed
     * @throws IllegalArgumentException if the brokers are none, or the file cannot be read, has settings that are not the user's, or values that Kafka refuses
     */
    static ClientSettings of(@Nullable String brokers, @Nullable String file, Duration confirmLimit) {
        if (brokers == null || !BROKERS.matcher(brokers).matches()) {
            throw new IllegalArgumentException("invalidation.bus: kafka: brokers: " + brokers
                    + " (expected: host:port, and more of them after commas); correct the address");
        }
        Map<String, Object> values = new HashMap<>(file == null ? Map.of() : read(file));
        values.putAll(FIXED);
        values.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        ClientSettings settings = new ClientSettings(Collections.unmodifiableMap(values), confirmLimit);
        settings.check(file);
        return settings;
    }

    private static Map<String, Object> read(String file) {
        Properties properties = new Properties();
        boolean isTooLong;
        try {
            Path path = Path.of(file);
            isTooLong = Files.size(path) > MAX_FILE_BYTES;
            if (!isTooLong) {
                try (Reader reader = Files.newBufferedReader(path)) {
                    properties.load(reader);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, "unreadable", e); // The second is thrown for paths and escapes that are none.
        }
        if (isTooLong) {
            throw unusable(file, "too long", null);
        }
        SortedSet<String> refused = new TreeSet<>(properties.stringPropertyNames());
        refused.removeIf(name -> !FIXED.containsKey(name)
                && !OURS.contains(name)
                && !name.endsWith(".serializer")
                && !name.endsWith(".deserializer"));
        if (!refused.isEmpty()) {
            throw unusable(file, "states " + refused + ", which the bus decides", null);
        }
        Map<String, Object> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static IllegalArgumentException unusable(String file, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "invalidation.bus: kafka: propertiesFile: " + file + ": " + why
                        + " (expected: a file of at most " + MAX_FILE_BYTES
                        + " bytes with settings of Kafka's clients, such as security.protocol); correct the path or the file",
                cause);
    }

    /** Has Kafka look at the values, which connects to nobody. */
    private void check(@Nullable String file) {
        try {
            AbstractConfig producer = new ProducerConfig(producer());
            AbstractConfig consumer = new ConsumerConfig(consumer());
            producer.values();
            consumer.values();
        } catch (KafkaException e) {
            // Its message has the value, which may be a secret.
            throw unusable(file == null ? "none" : file, "has a value that Kafka refuses", null);
        }
    }

    /** Returns the settings of the producer. */
    Map<String, Object> producer() {
        Map<String, Object> all = new HashMap<>(values);
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) confirmLimit.toMillis());
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) confirmLimit.toMillis());
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, confirmLimit.toMillis());
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.keySet()
                .removeAll(Set.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
        return all;
    }

    /** Returns the settings of the consumer. */
    Map<String, Object> consumer() {
        Map<String, Object> all = new HashMap<>(values);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.keySet()
                .removeAll(Set.of(
                        ProducerConfig.ACKS_CONFIG,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        ProducerConfig.LINGER_MS_CONFIG,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
        return all;
    }

    /** Returns how long a message may take to be confirmed. */
    Duration confirmLimit() {
        return confirmLimit;
    }
}
