package io.fyercache.testkit.process;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.bus.contract.BusFixture;
import io.fyercache.core.bus.contract.RecordingListener;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;

/** The transport of a cluster of three members that are processes, as a broker. It is stopped by cutting all ways to them. */
final class ClusterBusFixture implements BusFixture {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STALENESS = Duration.ofSeconds(1);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path folder = Files.createTempDirectory(Path.of("target"), "cluster-bus");
    private final ProcessCluster cluster = ProcessCluster.start(folder, 1, 16, Ways.BY_LINKS);
    private final CacheManager client = cluster.openManager("&name=bus");

    ClusterBusFixture() throws IOException {}

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public InvalidationBusProvider provider() {
        return client.unwrap(InvalidationBusProvider.class);
    }

    @Override
    public URI address(String topic) {
        return URI.create("cluster:/" + topic);
    }

    @Override
    public CacheManager manager(FyerCachingProvider provider) {
        return provider.getCacheManager(
                cluster.clientUri("&name=cache-" + COUNT.incrementAndGet()),
                getClass().getClassLoader());
    }

    @Override
    public void publishForeign(String topic, byte[] message) {
        BusUse use = new BusUse("foreign", getClass().getClassLoader(), LIMIT, STALENESS);
        try (InvalidationBus foreign = provider().open(BusAddress.of(address(topic)), use, new RecordingListener())) {
            foreign.publish(message);
        }
    }

    @Override
    public void stop() {
        cluster.cutAllWays();
    }

    @Override
    public void start() {
        cluster.healAllWays();
        cluster.awaitWhole();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
