package io.fyercache.core.bus.contract;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.jcache.FyerCachingProvider;
import java.io.IOException;
import java.net.URI;
import javax.cache.CacheManager;

/** A broker under test, and how to disturb it. */
public interface BusFixture extends AutoCloseable {

    /** Returns the name of the bus, for figures. */
    String name();

    /** Returns what connects to it. */
    InvalidationBusProvider provider();

    /** Returns the address of a topic. */
    URI address(String topic);

    /** Returns a manager of caches that this broker keeps in step, as the provider has it. */
    default CacheManager manager(FyerCachingProvider provider) {
        return provider.getCacheManager();
    }

    /** Publishes on a topic what no process of ours would. */
    void publishForeign(String topic, byte[] message) throws Exception;

    /** Stops the broker, which loses its connections, and may lose its messages. */
    void stop() throws Exception;

    /** Starts it again, and returns when it serves. */
    void start() throws Exception;

    @Override
    void close() throws IOException;
}
