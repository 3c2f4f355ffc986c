package io.fyercache.management.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.CacheNotDefinedException;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.node.ClusterStatus;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process without an application opens caches that others destroy, on a real ZooKeeper. */
class UndeclaredCachesTest {
    /** The machine that builds may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final FyerCachingProvider owners = new FyerCachingProvider();
    private final FyerCachingProvider nodes = new FyerCachingProvider();
    private TestingServer zooKeeper;
    private CacheManager owner;
    private ManagedProcess node;

    @BeforeEach
    void begin() throws Exception {
        zooKeeper = new TestingServer();
        owner = start(owners, "one&leaveLimit=1s");
        node = ManagedProcess.of(start(nodes, "node&role=client")).withoutApplication();
    }

    @AfterEach
    void end() throws Exception {
        nodes.close();
        owners.close();
        zooKeeper.close();
    }

    private CacheManager start(FyerCachingProvider provider, String name) {
        return provider.getCacheManager(
                URI.create("zk://" + zooKeeper.getConnectString() + "/orders?partitions=16&connectTimeout=1s&name="
                        + name),
                getClass().getClassLoader());
    }

    private List<NumberedCache> known() {
        return node.cluster().map(ClusterStatus::picture).orElseThrow().caches();
    }

    private NumberedCache defined(String name) {
        owner.createCache(name, new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        Awaitility.await("the definition")
                .atMost(PATIENCE)
                .until(() -> known().stream()
                        .anyMatch(cache -> cache.definition().name().equals(name)));
        return known().stream()
                .filter(cache -> cache.definition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cacheThatIsDestroyedBetweenTheLookAndTheOpening_isNone_andIsNotDefinedAnew() {
        UndeclaredCaches undeclared = new UndeclaredCaches(node);
        NumberedCache seen = defined("orders");
        owner.destroyCache("orders");
        Awaitility.await("its end").atMost(PATIENCE).until(() -> known().isEmpty());

        assertThatThrownBy(() -> undeclared.open(seen)).isInstanceOf(CacheNotDefinedException.class);

        NumberedCache next = defined("customers");
        assertThat(known()).containsExactly(next);
        assertThat(undeclared.open(next).getName()).isEqualTo("customers");
    }
}
