package io.fyercache.benchmarks.contestant;

import java.nio.file.Path;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.NearCacheConfiguration;
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
    private static final int MEMBER_PORT = 1;
    private static final int CLIENT_PORT = 2;

    private final Ignite node;
    private final Cache<Long, byte[]> cache;

    private IgniteMember(Ignite node, Cache<Long, byte[]> cache) {
        this.node = node;
        this.cache = cache;
    }

    static IgniteMember join(Seat seat, CacheForm form) {
        return switch (form) {
            case PARTITIONED -> {
                Ignite node = Ignition.start(node(seat, "member", MEMBER_PORT));
                yield new IgniteMember(node, node.getOrCreateCache(partitioned()));
            }
            case REPLICATED -> {
                Ignite node = Ignition.start(node(seat, "member", MEMBER_PORT));
                yield new IgniteMember(
                        node, node.getOrCreateCache(configuration().setCacheMode(CacheMode.REPLICATED)));
            }
            case NEAR -> {
                Ignite node = Ignition.start(node(seat, "member", MEMBER_PORT));
                Ignite client = Ignition.start(node(seat, "client", CLIENT_PORT).setClientMode(true));
                yield new IgniteMember(node, client.getOrCreateCache(partitioned(), new NearCacheConfiguration<>()));
            }
            default -> throw new UnsupportedOperationException("has no caches of the form " + form);
        };
    }

    private static CacheConfiguration<Long, byte[]> partitioned() {
        return configuration().setBackups(1);
    }

    private static CacheConfiguration<Long, byte[]> configuration() {
        return new CacheConfiguration<Long, byte[]>(CACHE)
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC);
    }

    /**
     * Says how to start a node.
     *
     * @param port where it is talked to, after the member's first
     */
    private static IgniteConfiguration node(Seat seat, String name, int port) {
        String instance = "%s-%d".formatted(name, seat.number());
        return new IgniteConfiguration()
                .setIgniteInstanceName(instance)
                .setWorkDirectory(Path.of("ignite-" + instance).toAbsolutePath().toString())
                .setLocalHost(Seat.LOOPBACK)
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null)
                .setDiscoverySpi(new TcpDiscoverySpi()
                        .setLocalPort(seat.port())
                        .setLocalPortRange(0)
                        .setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(seat.addresses(Seat.LOOPBACK + ":%d"))))
                .setCommunicationSpi(new TcpCommunicationSpi()
                        .setLocalPort(seat.port() + port)
                        .setLocalPortRange(0));
    }

    @Override
    public Cache<Long, byte[]> cache() {
        return cache;
    }

    /** A node that has joined is nobody's primary until it has its data. */
    @Override
    public int settledMembers() {
        return affinity().primaryPartitions(node.cluster().localNode()).length > 0
                ? node.cluster().forServers().nodes().size()
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
