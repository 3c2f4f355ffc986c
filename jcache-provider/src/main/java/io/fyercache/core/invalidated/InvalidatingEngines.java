package io.fyercache.core.invalidated;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.InvalidationDesign;
import io.fyercache.core.engine.InvalidationDesign.Settings;
import io.fyercache.core.engine.LocalCacheEngines;
import io.fyercache.core.engine.OutdatableEngine;
import io.fyercache.core.invalidation.InvalidationCodec;
import io.fyercache.core.invalidation.OriginId;
import io.fyercache.core.time.Clock;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a manager in this JVM, some of which are kept in step with those of other processes. Those with the same settings share a connection to
 * their bus, from the first of them until the last is closed. Thread-safe.
 */
public final class InvalidatingEngines implements CacheEngines {
    private final String managerName;
    private final LocalCacheEngines local;
    private final Clock clock;
    private final InvalidationBusProvider own;

    @GuardedBy("this")
    private final Map<Settings, Shared> channels = new HashMap<>();

    /** A channel and how many caches use it. */
    private static final class Shared {
        private final InvalidationChannel channel;
        private int users;

        private Shared(InvalidationChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * Makes the engines of one manager.
     *
     * @param managerName names threads and connections
     * @param local has the entries
     * @param clock tells the time
     * @param own has the bus of caches that name none, such as {@link OwnBus#NONE}
     */
    public InvalidatingEngines(String managerName, LocalCacheEngines local, Clock clock, InvalidationBusProvider own) {
        this.managerName = managerName;
        this.local = local;
        this.clock = clock;
        this.own = own;
    }

    /**
     * Starts the engine of a cache.
     *
     * @throws IllegalArgumentException if it is to be kept in step by a bus of which nobody knows, or whose address is wrong, or has too long a name for
     *     that
     */
    @Override
    public CacheEngine open(CacheDesign design) {
        return openFor(design, destroyed -> {});
    }

    /**
     * Starts the engine of a cache that several processes have by one definition, as {@link #open(CacheDesign)} does. When it is destroyed, all drop its entries.
     *
     * @param onDestroy is run then, after they have been told
     */
    public CacheEngine open(CacheDesign design, Runnable onDestroy) {
        return openFor(design, destroyed -> InvalidatedCacheEngine.changing(destroyed::tellAll, onDestroy));
    }

    /** Starts an engine. If it has the manager's own bus, it is in step when this returns, unless that takes longer than a change waits for the bus. */
    private CacheEngine openFor(CacheDesign design, Consumer<InvalidatedCacheEngine> onDestroy) {
        InvalidationDesign invalidation = design.invalidation();
        if (invalidation == null) {
            return local.open(design);
        }
        InvalidationCodec.requireName(design.name());
        InvalidationChannel channel = use(design.name(), invalidation);
        try {
            OutdatableEngine entries = local.open(design.definition());
            InvalidatedCacheEngine engine = new InvalidatedCacheEngine(
                    design.name(),
                    entries,
                    channel,
                    invalidation.confirmation(),
                    invalidation.keys(),
                    () -> leave(invalidation.settings()),
                    onDestroy);
            channel.add(engine);
            if (isOwn(invalidation.settings().bus())) {
                channel.awaitInStep(invalidation.settings().confirmLimit());
            }
            return engine;
        } catch (RuntimeException | Error e) {
            leave(invalidation.settings());
            throw e;
        }
    }

    private synchronized InvalidationChannel use(String cacheName, InvalidationDesign invalidation) {
        Shared shared = channels.get(invalidation.settings());
        if (shared == null) {
            shared = new Shared(connect(cacheName, invalidation));
            channels.put(invalidation.settings(), shared);
        }
        shared.users++;
        return shared.channel;
    }

    private InvalidationChannel connect(String cacheName, InvalidationDesign invalidation) {
        Settings settings = invalidation.settings();
        try {
            URI named = settings.bus();
            BusAddress address = named == null ? OwnBus.address(settings) : BusAddress.of(named);
            InvalidationBusProvider provider =
                    isOwn(named) ? own : provider(address.scheme(), invalidation.classLoader());
            InvalidationChannel channel =
                    new InvalidationChannel(managerName + "-" + address.topic(), drawOrigin(), settings, clock);
            BusUse use = new BusUse(
                    managerName, invalidation.classLoader(), settings.confirmLimit(), settings.maximumStaleness());
            channel.start(provider.open(address, use, channel));
            return channel;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cache '" + cacheName + "': " + e.getMessage(), e);
        }
    }

    private static boolean isOwn(@Nullable URI named) {
        return named == null || OwnBus.SCHEME.equalsIgnoreCase(named.getScheme());
    }

    /** Returns who this process is, anew for each connection. */
    private static OriginId drawOrigin() {
        UUID drawn = UUID.randomUUID();
        return new OriginId(drawn.getMostSignificantBits(), drawn.getLeastSignificantBits());
    }

    private static InvalidationBusProvider provider(String scheme, ClassLoader classLoader) {
        Map<String, InvalidationBusProvider> found = new LinkedHashMap<>();
        collect(classLoader, found);
        collect(InvalidatingEngines.class.getClassLoader(), found);
        InvalidationBusProvider provider = found.get(scheme);
        if (provider == null) {
            throw new IllegalArgumentException("invalidation.bus: " + scheme + ": no bus for this scheme (found: "
                    + (found.isEmpty() ? "none" : String.join(", ", found.keySet()))
                    + "); add io.fyercache:fyercache-jms or io.fyercache:fyercache-kafka to the class path");
        }
        return provider;
    }

    private static void collect(@Nullable ClassLoader classLoader, Map<String, InvalidationBusProvider> found) {
        for (InvalidationBusProvider provider : ServiceLoader.load(InvalidationBusProvider.class, classLoader)) {
            found.putIfAbsent(provider.scheme(), provider);
        }
    }

    private void leave(Settings settings) {
        InvalidationChannel unused = null;
        synchronized (this) {
            Shared shared = channels.get(settings);
            if (shared != null && --shared.users == 0) {
                channels.remove(settings);
                unused = shared.channel;
            }
        }
        if (unused != null) {
            unused.close(); // It may wait for the bus.
        }
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        return local.as(type);
    }

    @Override
    public Executor background() {
        return local.background();
    }

    @Override
    public void close() {
        local.close();
    }
}
