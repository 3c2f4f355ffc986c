package io.fyercache.jms;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bus.InvalidationBusProvider;
import jakarta.jms.ConnectionFactory;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Buses with addresses such as {@code jms:/caches?factory=orders}: the path is the topic, and the connection factory is one that was {@linkplain
 * JmsConnectionFactories registered}, or {@code jndi=java:...} one of JNDI. {@code userFile} names a file with {@code user:password}. Thread-safe.
 */
public final class JmsBusProvider implements InvalidationBusProvider {
    private static final String FACTORY = "factory";
    private static final String JNDI = "jndi";
    private static final String USER_FILE = "userFile";
    private static final SortedSet<String> SETTINGS =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(FACTORY, JNDI, USER_FILE)));

    /** Makes the provider; for {@link java.util.ServiceLoader}. */
    public JmsBusProvider() {}

    @Override
    public String scheme() {
        return "jms";
    }

    @Override
    public InvalidationBus open(BusAddress address, BusUse use, BusListener listener) {
        address.requireKnown(SETTINGS);
        if (address.uri().getRawAuthority() != null) {
            throw new IllegalArgumentException("invalidation.bus: jms: host: "
                    + address.uri().getRawAuthority()
                    + " (expected: none, as the connection factory knows the broker); write jms:/" + address.topic());
        }
        ConnectionFactory factory = factory(address);
        Credentials credentials =
                address.setting(USER_FILE).map(Credentials::read).orElse(null);
        JmsBus bus = new JmsBus(new Connector(factory, credentials, address.topic()), use, listener);
        bus.start();
        return bus;
    }

    private static ConnectionFactory factory(BusAddress address) {
        Optional<String> name = address.setting(FACTORY);
        Optional<String> jndi = address.setting(JNDI);
        if (name.isPresent() == jndi.isPresent()) {
            throw new IllegalArgumentException(
                    "invalidation.bus: jms: " + (name.isPresent() ? "factory and jndi" : "no connection factory")
                            + " (expected: one of factory and jndi); name the one that knows the broker");
        }
        return name.isPresent()
                ? JmsConnectionFactories.names().find(name.get())
                : FactoryNames.lookUp(jndi.orElseThrow());
    }
}
