package io.fyercache.jms;

import jakarta.jms.ConnectionFactory;

/**
 * Connection factories by name, for addresses such as {@code jms:/caches?factory=orders}: a broker's client is made by the application, and an address is
 * only text. There is one set of names for each class loader's copy of this class. Thread-safe.
 */
public final class JmsConnectionFactories {
    private static final FactoryNames NAMES = new FactoryNames();

    private JmsConnectionFactories() {}

    /** Undoes a registration. Who has connected by then goes on. May be closed more than once. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Gives a connection factory a name, until the registration is closed.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public static Registration register(String name, ConnectionFactory factory) {
        return NAMES.register(name, factory);
    }

    static FactoryNames names() {
        return NAMES;
    }
}
