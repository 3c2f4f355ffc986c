package io.fyercache.core.bus;

import java.time.Duration;

/**
 * For whom a bus is opened.
 *
 * @param name names threads and connections
 * @param classLoader finds what an address names by its class
 * @param confirmLimit how long the bus may take to confirm a message, 1 ms or more
 * @param maximumStaleness how long the listener goes by what has come after a message that it published itself has come back to it, counted from before that was
 *     published; then it takes nothing that it knows for certain until another one has
 */
public record BusUse(String name, ClassLoader classLoader, Duration confirmLimit, Duration maximumStaleness) {}
