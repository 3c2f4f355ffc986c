package io.fyercache.benchmarks.contestant;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.config.CacheConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * Hazelcast's member provider with one member that is bound to loopback and looks for no other.
 *
 * <p>Hazelcast has no JCache without a member; a member of its own is its local mode. Its plain caches hold about 10,000 entries, and
 * eviction cannot be switched off for them, so the bound is set to the largest there is.
 */
final class HazelcastPeer {
    /** What Hazelcast's log asks for, for best performance on Java 9 and later. */
    static final List<String> JVM_OPTIONS = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "-Dhazelcast.logging.type=jdk");

    private static final String LOOPBACK = "127.0.0.1";

    private static final UnboundedConfiguration UNBOUNDED = new UnboundedConfiguration() {
        @Override
        public <V> Configuration<Long, V> of(String name, MutableConfiguration<Long, V> plain) {
            return unbounded(name, plain);
        }
    };

    private HazelcastPeer() {}

    static OpenProvider open() {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(onLoopback("benchmark"));
        return new OpenProvider(managerOf(member), UNBOUNDED, () -> 0, member::shutdown);
    }

    /** The JCache manager of a member of this JVM. */
    static CacheManager managerOf(HazelcastInstance member) {
        return managerOf(member, "com.hazelcast.cache.HazelcastMemberCachingProvider");
    }

    /** The JCache manager of a client of this JVM. */
    static CacheManager managerOfClient(HazelcastInstance client) {
        return managerOf(client, "com.hazelcast.client.cache.HazelcastClientCachingProvider");
    }

    private static CacheManager managerOf(HazelcastInstance instance, String providerClass) {
        CachingProvider provider = OpenProvider.instantiate(providerClass);
        return provider.getCacheManager(
                provider.getDefaultURI(), null, HazelcastCachingProvider.propertiesByInstanceItself(instance));
    }

    /** A plain cache with the largest bound there is. */
    static <V> CacheConfig<Long, V> unbounded(String name, MutableConfiguration<Long, V> plain) {
        return new CacheConfig<>(plain)
                .setName(name)
                .setEvictionConfig(new EvictionConfig()
                        .setMaxSizePolicy(MaxSizePolicy.ENTRY_COUNT)
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setSize(Integer.MAX_VALUE));
    }

    /** A member that is bound to loopback, looks for no other and calls nobody. */
    static Config onLoopback(String instanceName) {
        Config config = new Config(instanceName);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getMetricsConfig().setEnabled(false);
        NetworkConfig network = config.getNetworkConfig();
        network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        return config;
    }
}
