package io.fyercache.zookeeper;

import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheEngineProvider;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.time.SystemClock;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jcache.ReceivedDefinitions;
import io.fyercache.sharded.controller.ControllerSettings;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.member.MemberSettings;
import io.fyercache.sharded.node.ClientNode;
import io.fyercache.sharded.node.ClusterEngines;
import io.fyercache.sharded.node.ClusterNode;
import io.fyercache.sharded.node.MemberNode;
import io.fyercache.sharded.node.MemberNodeSettings;
import io.fyercache.sharded.node.NodeConnections;
import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.transport.netty.Secret;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.cache.CacheManager;

/** Members and clients of one cluster in this JVM, on real sockets and a real ensemble. Each has its own ways to ZooKeeper. */
final class ClusterProcesses implements AutoCloseable {
    private static final int PARTITIONS = 16;

    /** Much more than the protocol grants: the machine that builds may be busy. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final Ensemble ensemble;
    private final ZooKeeperSettings settings;
    private final Map<ClusterNode, List<TcpProxy>> ways = new HashMap<>();
    private final List<ClusterNode> nodes = new ArrayList<>();
    private final List<FyerCachingProvider> providers = new ArrayList<>();

    ClusterProcesses(Ensemble ensemble, ZooKeeperSettings settings) {
        this.ensemble = ensemble;
        this.settings = settings;
    }

    static NodeConnections connections() {
        return new NodeConnections(
                new TransportSecurity.SharedSecret(new Secret(new byte[Secret.MIN_BYTES])), CONNECT_TIMEOUT);
    }

    static MemberNodeSettings settingsOf(String name, int backups) {
        MemberSettings standard = MemberSettings.STANDARD;
        ControllerSettings controller = standard.controllerSettings();
        return new MemberNodeSettings(
                name,
                new Location("127.0.0.1", Location.NO_ZONE),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "127.0.0.1",
                MemberDescription.DEFAULT_CAPACITY,
                connections(),
                MemberNodeSettings.DEFAULT_LEAVE,
                new MemberSettings(
                        standard.protocolTimes(),
                        standard.hearingTimes(),
                        new ControllerSettings(
                                PartitionLayout.spread(PARTITIONS),
                                Redundancy.backups(backups),
                                controller.settleNanos(),
                                controller.joinsPerMember(),
                                controller.lossPolicies()),
                        standard.replicationLimits(),
                        standard.rules()));
    }

    MemberNode member(String name) {
        return member(name, 1);
    }

    MemberNode member(String name, int backups) {
        List<TcpProxy> own = proxies();
        MemberNode node = MemberNode.start(
                settingsOf(name, backups),
                new ZooKeeperCoordination(through(own)),
                new ReceivedDefinitions(getClass().getClassLoader()),
                getClass().getClassLoader());
        return started(node, own);
    }

    ClientNode client(String name) {
        return client(name, getClass().getClassLoader());
    }

    /** Starts a client whose listeners' classes that class loader finds. */
    ClientNode client(String name, ClassLoader classLoader) {
        List<TcpProxy> own = proxies();
        return started(
                ClientNode.start(name, connections(), new ZooKeeperCoordination(through(own)), classLoader), own);
    }

    private <N extends ClusterNode> N started(N node, List<TcpProxy> own) {
        nodes.add(node);
        ways.put(node, own);
        return node;
    }

    private List<TcpProxy> proxies() {
        return ensemble.addresses().stream().map(TcpProxy::new).toList();
    }

    private ZooKeeperSettings through(List<TcpProxy> own) {
        return new ZooKeeperSettings(
                own.stream().map(TcpProxy::address).collect(Collectors.joining(",")),
                settings.chroot(),
                settings.sessionTimeout(),
                settings.joinTimeout(),
                settings.credentials(),
                settings.expectedCluster(),
                settings.tls());
    }

    /** Returns a manager whose caches go by that process. */
    CacheManager manager(ClusterNode node) {
        FyerCachingProvider provider = new FyerCachingProvider(SystemClock.INSTANCE, new ByNode(node));
        providers.add(provider);
        return provider.getCacheManager(URI.create("node:test"), getClass().getClassLoader());
    }

    /** The engines of a process that has been started. */
    private record ByNode(ClusterNode node) implements CacheEngineProvider {
        @Override
        public String scheme() {
            return "node";
        }

        @Override
        public CacheEngines open(URI managerUri, ClassLoader classLoader, HoldWaits waits, DefinitionReader reader) {
            return new ClusterEngines("test", node, CallTerms.STANDARD, Topology.PARTITIONED, waits, classLoader);
        }
    }

    /** Ends a process as a crash does: neither other processes nor ZooKeeper are told. */
    void kill(MemberNode node) {
        ways.get(node).forEach(way -> way.set(TcpProxy.Traffic.CUT));
        node.kill();
    }

    void setWay(ClusterNode node, TcpProxy.Traffic traffic) {
        ways.get(node).forEach(way -> way.set(traffic));
    }

    @Override
    public void close() {
        // All at once: the last would wait for heirs otherwise.
        List<Thread> closing = new ArrayList<>();
        for (ClusterNode node : nodes) {
            Thread thread = new Thread(node::close, "closing " + node);
            thread.start();
            closing.add(thread);
        }
        for (Thread thread : closing) {
            LiveMembers.await("end of " + thread.getName(), () -> !thread.isAlive());
        }
        providers.forEach(FyerCachingProvider::close);
        ways.values().forEach(own -> own.forEach(TcpProxy::close));
    }
}
