package io.fyercache.benchmarks.contestant;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.CacheConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.NearCacheConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import io.fyercache.benchmarks.workload.SharedEntries;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** A member of a Hazelcast cluster, whose JCache caches have one synchronous backup by default. Near caches are those of its clients. */
final class HazelcastMember implements ClusterMember {
    private final HazelcastInstance member;
    private final Cache<Long, byte[]> cache;

    private HazelcastMember(HazelcastInstance member, Cache<Long, byte[]> cache) {
        this.member = member;
        this.cache = cache;
    }

    static HazelcastMember join(Seat seat, CacheForm form) {
        return switch (form) {
            case PARTITIONED -> {
                HazelcastInstance member = start(seat);
                yield new HazelcastMember(
                        member, HazelcastPeer.managerOf(member).createCache(CACHE, partitioned()));
            }
            case NEAR -> {
                HazelcastInstance member = start(seat);
                yield new HazelcastMember(member, managerOfClient(seat).createCache(CACHE, partitioned()));
            }
            case REPLICATED ->
                throw new UnsupportedOperationException(
                        "its JCache caches cannot be replicated, and its ReplicatedMap is no javax.cache.Cache");
            default ->
                throw new UnsupportedOperationException("its JCache caches are partitioned, and in no other form");
        };
    }

    private static HazelcastInstance start(Seat seat) {
        Config config = HazelcastPeer.onLoopback("member-" + seat.number());
        config.setClusterName(seat.cluster());
        config.getNetworkConfig().setPort(seat.port()).setPortAutoIncrement(false);
        config.getNetworkConfig()
                .getJoin()
                .setTcpIpConfig(new TcpIpConfig().setEnabled(true).setMembers(seat.addresses(Seat.LOOPBACK + ":%d")));
        return Hazelcast.newHazelcastInstance(config);
    }

    private static CacheConfig<Long, byte[]> partitioned() {
        MutableConfiguration<Long, byte[]> plain =
                new MutableConfiguration<Long, byte[]>().setTypes(Long.class, byte[].class);
        return HazelcastPeer.unbounded(CACHE, plain).setBackupCount(1).setAsyncBackupCount(0);
    }

    /** All of its near caches is as by default but how many entries they keep. */
    private static CacheManager managerOfClient(Seat seat) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(seat.cluster());
        config.getNetworkConfig().addAddress(Seat.LOOPBACK + ":" + seat.port());
        config.addNearCacheConfig(
                new NearCacheConfig(CACHE).setEvictionConfig(new EvictionConfig().setSize(SharedEntries.ENTRIES)));
        return HazelcastPeer.managerOfClient(HazelcastClient.newHazelcastClient(config));
    }

    @Override
    public Cache<Long, byte[]> cache() {
        return cache;
    }

    @Override
    public int settledMembers() {
        PartitionService partitions = member.getPartitionService();
        return partitions.isClusterSafe() ? member.getCluster().getMembers().size() : 0;
    }

    @Override
    public boolean mayBePrimaryOf(Long key) {
        return member.getCluster()
                .getLocalMember()
                .equals(member.getPartitionService().getPartition(key).getOwner());
    }
}
