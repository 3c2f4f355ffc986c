package io.fyercache.core.bus;

/** Connects to the topics whose address it understands; found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface InvalidationBusProvider {

    /** Returns the URI scheme that this provider serves, in lower case, such as {@code kafka}. */
    String scheme();

    /**
     * Opens a connection to a topic, and returns at once, connected or not.
     *
     * @param address names the topic and how it is reached; of this provider's scheme
     * @param use for whom it is, and how long things may take
     * @param listener is told what comes, from now on
     * @throws IllegalArgumentException if the address is wrong; it says what is, and lists all faults
     */
    InvalidationBus open(BusAddress address, BusUse use, BusListener listener);
}
