package io.fyercache.core.invalidated;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.engine.InvalidationDesign.Settings;
import java.net.URI;

/** The bus of caches that name none, or {@value #SCHEME}: the cluster's own transport. */
public final class OwnBus {
    /** The scheme of its topics. */
    public static final String SCHEME = "cluster";

    /** There is none: managers that are in no cluster. */
    public static final InvalidationBusProvider NONE = new None();

    private OwnBus() {}

    /** Returns where caches with these settings meet: those with the same staleness, so that nobody waits longer for another than it says. */
    static BusAddress address(Settings settings) {
        return BusAddress.of(
                URI.create(SCHEME + ":/within-" + settings.maximumStaleness().toNanos() + "ns"));
    }

    private static final class None implements InvalidationBusProvider {
        @Override
        public String scheme() {
            return SCHEME;
        }

        @Override
        public InvalidationBus open(BusAddress address, BusUse use, BusListener listener) {
            throw new IllegalArgumentException(
                    "topology: invalidated (expected: another topology, as no invalidation.bus names"
                            + " a broker, and the cache manager is in no cluster); add the address of a broker's topic, give the manager the URI"
                            + " of a cluster, or drop the topology");
        }
    }
}
