package io.fyercache.core.bus;

/**
 * One process's connection to a topic: what is published there reaches every listener of the topic, the publisher's own included, at least once
 * while it is connected, and what one process published in the order in which it did. A listener that may have missed something is {@linkplain
 * BusListener#mayHaveMissed told}; should the bus itself not know, its user finds out by counting.
 *
 * <p>It connects by itself, as often and as long as that takes, until it is closed; that no broker can be reached is no reason not to open it.
 *
 * <p>{@link #publish} is called by one thread at a time, {@link #close} by any.
 */
public interface InvalidationBus extends AutoCloseable {
    /** Bytes of a message that every bus carries, 256 KiB: brokers take a megabyte and more by default. */
    int MAX_MESSAGE_BYTES = 256 << 10;

    /**
     * Publishes a message, and returns when the bus has taken it over: it will bring the message to those who are listening, whatever becomes of this
     * process.
     *
     * @param message of at most {@value #MAX_MESSAGE_BYTES} bytes; nobody changes it afterwards
     * @throws BusException if the bus has not said so within its limit of time. It may have the message all the same; whoever publishes it again may have it delivered twice
     */
    void publish(byte[] message);

    /**
     * Publishes a message, and has something done when it is with all who listen, once. A bus that knows who they are says so when each has returned from it,
     * or goes by nothing any more that it knew before ({@link BusUse#maximumStaleness}); until then it brings the message again by itself, and may return before. One
     * that does not know says so when it has taken the message over, as this method does.
     *
     * @param delivered is run on any thread, at once and without blocking; never if this throws, or the bus is closed before
     * @throws BusException as {@link #publish(byte[])} does
     */
    default void publish(byte[] message, Runnable delivered) {
        publish(message);
        delivered.run();
    }

    /** Ends the connection and all threads of it; nothing is delivered afterwards. What has been published stays so. */
    @Override
    void close();
}
