package io.fyercache.kafka;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bus.InvalidationBusProvider;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Buses with addresses such as {@code kafka://host:9092,host:9092/caches}: brokers to begin with, and the topic. {@code propertiesFile} names a file of
 * Kafka's own client settings, such as those of its security. Thread-safe.
 */
public final class KafkaBusProvider implements InvalidationBusProvider {
    private static final String PROPERTIES_FILE = "propertiesFile";
    private static final SortedSet<String> SETTINGS =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(PROPERTIES_FILE)));

    /** Makes the provider; for {@link java.util.ServiceLoader}. */
    public KafkaBusProvider() {}

    @Override
    public String scheme() {
        return "kafka";
    }

    @Override
    public InvalidationBus open(BusAddress address, BusUse use, BusListener listener) {
        address.requireKnown(SETTINGS);
        ClientSettings settings = ClientSettings.of(
                address.uri().getRawAuthority(),
                address.setting(PROPERTIES_FILE).orElse(null),
                use.confirmLimit());
        KafkaBus bus = new KafkaBus(address.topic(), settings, use, listener);
        bus.start();
        return bus;
    }
}
