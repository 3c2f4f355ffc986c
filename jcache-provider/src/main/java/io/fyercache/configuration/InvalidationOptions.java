package io.fyercache.configuration;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a cache of the topology {@link Topology#INVALIDATED} is kept in step with those of other processes. Immutable; checked when a configuration is
 * built.
 *
 * @param bus the address of the topic, without user and password, which is printed; null for the transport of the cluster that the cache manager is in
 * @param synchronous whether a change waits until the bus has confirmed it
 * @param maximumStaleness how long the cache answers from memory when nothing comes by the bus: 30 ms..1 h
 * @param heartbeat how often this process says that it lives: 10 ms..1 min, at most a third of {@code maximumStaleness}
 * @param confirmLimit how long a change waits for the bus: 1 ms..1 h
 */
public record InvalidationOptions(
        @Nullable URI bus, boolean synchronous, Duration maximumStaleness, Duration heartbeat, Duration confirmLimit)
        implements Serializable {

    /** Returns options with a bus, and the defaults for all else. */
    public static InvalidationOptions by(URI bus) {
        return of(SettingValues.none()
                        .with(CacheSettings.TOPOLOGY, Topology.INVALIDATED)
                        .with(CacheSettings.INVALIDATION_BUS, bus))
                .orElseThrow();
    }

    /** Returns options for a cache of a cluster, whose processes tell each other by its own transport, and the defaults for all else. */
    public static InvalidationOptions byCluster() {
        return of(SettingValues.none().with(CacheSettings.TOPOLOGY, Topology.INVALIDATED))
                .orElseThrow();
    }

    /** Returns these options for changes that do not wait for the bus. */
    public InvalidationOptions asynchronous() {
        return new InvalidationOptions(bus, false, maximumStaleness, heartbeat, confirmLimit);
    }

    /** Returns these options with other times: a staleness, 30 ms..1 h, and a heartbeat, 10 ms..1 min and at most a third of it. */
    public InvalidationOptions within(Duration staleness, Duration beat) {
        return new InvalidationOptions(bus, synchronous, staleness, beat, confirmLimit);
    }

    /** Returns these options with another wait for the bus: 1 ms..1 h. */
    public InvalidationOptions withConfirmLimit(Duration limit) {
        return new InvalidationOptions(bus, synchronous, maximumStaleness, heartbeat, limit);
    }

    /** Returns the options among the values of a whole configuration; empty if the topology is another one. */
    static Optional<InvalidationOptions> of(SettingValues values) {
        if (values.stated(CacheSettings.TOPOLOGY) != Topology.INVALIDATED) {
            return Optional.empty();
        }
        return Optional.of(new InvalidationOptions(
                values.stated(CacheSettings.INVALIDATION_BUS),
                values.get(CacheSettings.INVALIDATION_SYNCHRONOUS),
                values.get(CacheSettings.INVALIDATION_MAXIMUM_STALENESS),
                values.get(CacheSettings.INVALIDATION_HEARTBEAT),
                values.get(CacheSettings.INVALIDATION_CONFIRM_LIMIT)));
    }

    /** Returns the values of a whole configuration with these options in place of its own. */
    SettingValues statedIn(SettingValues values) {
        return values.withOrWithout(CacheSettings.INVALIDATION_BUS, bus)
                .with(CacheSettings.INVALIDATION_SYNCHRONOUS, synchronous)
                .with(CacheSettings.INVALIDATION_MAXIMUM_STALENESS, maximumStaleness)
                .with(CacheSettings.INVALIDATION_HEARTBEAT, heartbeat)
                .with(CacheSettings.INVALIDATION_CONFIRM_LIMIT, confirmLimit);
    }
}
