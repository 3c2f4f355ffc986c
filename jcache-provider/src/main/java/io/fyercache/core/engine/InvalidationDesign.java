package io.fyercache.core.engine;

import io.fyercache.core.operation.EncodedForm;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a cache is to be kept in step with those of other processes.
 *
 * @param settings of the connection to the bus
 * @param confirmation whether changes wait for the bus
 * @param keys how keys become bytes that are the same in every process, and back
 * @param classLoader finds the bus
 */
public record InvalidationDesign(
        Settings settings, Confirmation confirmation, EncodedForm keys, ClassLoader classLoader) {

    /** What a change waits for before its call returns. */
    public enum Confirmation {
        /** The bus has taken the message over. */
        AWAITED,
        /** Nothing. */
        NOT_AWAITED
    }

    /**
     * The settings of a connection to a bus.
     *
     * @param bus the address of the topic; null for the bus of the manager's own cluster
     * @param heartbeat how often a process says that it lives, 10 ms or more
     * @param maximumStaleness how long what is in memory is used when nothing comes, three heartbeats or more
     * @param confirmLimit how long a change waits for the bus, 1 ms or more
     */
    public record Settings(@Nullable URI bus, Duration heartbeat, Duration maximumStaleness, Duration confirmLimit) {}
}
