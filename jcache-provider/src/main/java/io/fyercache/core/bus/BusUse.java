package io.fyercache.core.bus;

import java.time.Duration;

/**
 * For whom a bus is opened.
 *
 * @param name names threads and connections
 * @param classLoader finds what an address names by its class
 * @param confirmLimit how long the bus may take to confirm a message, 1 ms or more
 */
public record BusUse(String name, ClassLoader classLoader, Duration confirmLimit) {}
