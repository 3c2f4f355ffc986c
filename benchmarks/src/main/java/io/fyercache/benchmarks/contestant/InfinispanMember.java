package io.fyercache.benchmarks.contestant;

import java.net.URI;
import javax.cache.Cache;
import org.infinispan.AdvancedCache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.configuration.parsing.ParserRegistry;
import org.infinispan.distribution.DistributionManager;
import org.infinispan.jcache.embedded.JCacheManager;
import org.infinispan.manager.DefaultCacheManager;

/** A member of an Infinispan cluster: its TCP stack, which finds the others by a list instead of by multicast. */
final class InfinispanMember implements ClusterMember {
    private static final String CLUSTER = """
            <infinispan>
              <jgroups>
                <stack name="loopback" extends="tcp">
                  <TCP bind_addr="%s" bind_port="%d" port_range="0" stack.combine="COMBINE"/>
                  <TCPPING initial_hosts="%s" port_range="0" stack.combine="REPLACE" stack.position="MPING"/>
                </stack>
              </jgroups>
              <cache-container>
                <transport stack="loopback" cluster="%s"/>
              </cache-container>
            </infinispan>
            """;

    private final Cache<Long, byte[]> cache;
    private final AdvancedCache<Long, byte[]> topology;

    private InfinispanMember(Cache<Long, byte[]> cache, AdvancedCache<Long, byte[]> topology) {
        this.cache = cache;
        this.topology = topology;
    }

    static InfinispanMember join(Seat seat, CacheForm form) {
        ConfigurationBuilder cacheOfForm = configuration(form);
        ConfigurationBuilderHolder holder = new ParserRegistry()
                .parse(CLUSTER.formatted(
                        Seat.LOOPBACK,
                        seat.port(),
                        String.join(",", seat.addresses(Seat.LOOPBACK + "[%d]")),
                        seat.cluster()));
        holder.getGlobalConfigurationBuilder().serialization().addContextInitializer(new SwapValueSchema());
        DefaultCacheManager member = new DefaultCacheManager(holder, true);
        member.defineConfiguration(CACHE, cacheOfForm.build());
        JCacheManager manager = new JCacheManager(
                URI.create("infinispan:" + seat.cluster()),
                member,
                OpenProvider.instantiate("org.infinispan.jcache.embedded.JCachingProvider"));
        return new InfinispanMember(
                manager.getCache(CACHE), member.<Long, byte[]>getCache(CACHE).getAdvancedCache());
    }

    private static ConfigurationBuilder configuration(CacheForm form) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        switch (form) {
            case PARTITIONED ->
                builder.clustering()
                        .cacheMode(CacheMode.DIST_SYNC)
                        .hash()
                        // The primary counts as an owner.
                        .numOwners(2);
            case REPLICATED -> builder.clustering().cacheMode(CacheMode.REPL_SYNC);
            case INVALIDATED -> builder.clustering().cacheMode(CacheMode.INVALIDATION_SYNC);
            case NEAR ->
                throw new UnsupportedOperationException("near caches are those of the clients of its server alone");
            case ENTITIES ->
                throw new UnsupportedOperationException(
                        "its region factory, infinispan-hibernate-cache-v66, is not to be had where this build gets its libraries");
            default -> throw new UnsupportedOperationException("is not measured in the form " + form);
        }
        return builder;
    }

    @Override
    public KeptEntries kept() {
        // By its own interface: nobody is told of what is put by JCache.
        return new KeptInCache(
                key -> topology.putForExternalRead(key, KeptInCache.row(key)), topology::put, topology::containsKey);
    }

    @Override
    public Cache<Long, byte[]> cache() {
        return cache;
    }

    @Override
    public int settledMembers() {
        DistributionManager distribution = topology.getDistributionManager();
        return distribution.isJoinComplete() && !distribution.isRehashInProgress()
                ? distribution.getCacheTopology().getActualMembers().size()
                : 0;
    }

    @Override
    public boolean mayBePrimaryOf(Long key) {
        Object stored = topology.getKeyDataConversion().toStorage(key);
        return topology.getDistributionManager()
                .getCacheTopology()
                .getDistribution(stored)
                .isPrimary();
    }
}
