package io.fyercache.benchmarks.contestant;

import java.nio.file.Path;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/**
 * A node of an Ignite 2 cluster.
 *
 * <p>Its JCache manager makes clusters only from Spring's XML files; started by its own API the node and the cache are the same, and the
 * cache is a {@link Cache} all the same. By default a put is acknowledged before its backup has it, so that is changed.
 */
final class IgniteMember implements ClusterMember {
    private final Ignite node;
    private final Cache<Long, byte[]> cache;

    private IgniteMember(Ignite node, Cache<Long, byte[]> cache) {
        this.node = node;
        this.cache = cache;
    }

    static IgniteMember join(Seat seat) {
        IgniteConfiguration configuration = new IgniteConfiguration()
                .setIgniteInstanceName("member-" + seat.number())
                .setWorkDirectory(
                        Path.of("ignite-" + seat.number()).toAbsolutePath().toString())
                .setLocalHost(Seat.LOOPBACK)
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null)
                .setDiscoverySpi(new TcpDiscoverySpi()
                        .setLocalPort(seat.port())
                        .setLocalPortRange(0)
                        .setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(seat.addresses(Seat.LOOPBACK + ":%d"))))
                .setCommunicationSpi(
                        new TcpCommunicationSpi().setLocalPort(seat.port() + 1).setLocalPortRange(0));
        Ignite node = Ignition.start(configuration);
        return new IgniteMember(
                node,
                node.getOrCreateCache(new CacheConfiguration<Long, byte[]>(CACHE)
                        .setBackups(1)
                        .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)));
    }

    @Override
    public Cache<Long, byte[]> cache() {
        return cache;
    }

    /** A node that has joined is nobody's primary until it has its data. */
    @Override
    public int settledMembers() {
        return affinity().primaryPartitions(node.cluster().localNode()).length > 0
                ? node.cluster().nodes().size()
                : 0;
    }

    @Override
    public boolean mayBePrimaryOf(Long key) {
        return affinity().isPrimary(node.cluster().localNode(), key);
    }

    private Affinity<Long> affinity() {
        return node.affinity(CACHE);
    }
}
