package io.fyercache.benchmarks.contestant;

import com.hazelcast.config.Config;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;

/** A member of a Hazelcast cluster, whose JCache caches have one synchronous backup by default. */
final class HazelcastMember implements ClusterMember {
    private final HazelcastInstance member;
    private final Cache<Long, byte[]> cache;

    private HazelcastMember(HazelcastInstance member, Cache<Long, byte[]> cache) {
        this.member = member;
        this.cache = cache;
    }

    static HazelcastMember join(Seat seat) {
        Config config = HazelcastPeer.onLoopback("member-" + seat.number());
        config.setClusterName(seat.cluster());
        config.getNetworkConfig().setPort(seat.port()).setPortAutoIncrement(false);
        config.getNetworkConfig()
                .getJoin()
                .setTcpIpConfig(new TcpIpConfig().setEnabled(true).setMembers(seat.addresses(Seat.LOOPBACK + ":%d")));
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        MutableConfiguration<Long, byte[]> plain =
                new MutableConfiguration<Long, byte[]>().setTypes(Long.class, byte[].class);
        return new HazelcastMember(
                member,
                HazelcastPeer.managerOf(member)
                        .createCache(
                                CACHE,
                                HazelcastPeer.unbounded(CACHE, plain)
                                        .setBackupCount(1)
                                        .setAsyncBackupCount(0)));
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
