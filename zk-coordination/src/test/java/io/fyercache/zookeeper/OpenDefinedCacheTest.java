package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.engine.CacheNotDefinedException;
import io.fyercache.jcache.EngineCacheManager;
import io.fyercache.sharded.engine.CacheDestroyedException;
import io.fyercache.sharded.node.ClientNode;
import io.fyercache.sharded.node.ClusterNode;
import io.fyercache.sharded.node.MemberNode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache that is opened as it is defined is never defined by that, whenever somebody else destroys it. */
class OpenDefinedCacheTest extends OneServerTest {
    private static final FyerConfiguration<String, String> CONFIGURATION =
            FyerConfiguration.builder(String.class, String.class).build();

    private ClusterProcesses processes;
    private MemberNode member;
    private CacheManager owner;

    @BeforeEach
    void beginProcesses() {
        processes = new ClusterProcesses(ensemble, settings);
        member = processes.member("one");
        owner = processes.manager(member);
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private static List<String> namesKnownTo(ClusterNode node) {
        return node.picture().caches().stream()
                .map(cache -> cache.definition().name())
                .toList();
    }

    private EngineCacheManager managerOf(ClientNode client) {
        return processes.manager(client).unwrap(EngineCacheManager.class);
    }

    @Test
    void cacheThatIsThere_isOpened() {
        ClientNode client = processes.client("client");
        EngineCacheManager manager = managerOf(client);
        owner.createCache("orders", CONFIGURATION).put("k", "v");
        LiveMembers.await("the definition", () -> namesKnownTo(client).equals(List.of("orders")));

        Cache<String, String> opened = manager.openDefinedCache("orders", CONFIGURATION);

        assertThat(opened.get("k")).isEqualTo("v");
        assertThat(manager.openDefinedCache("orders", CONFIGURATION)).isSameAs(opened);
    }

    @Test
    void cacheThatIsOtherwise_isRefused() {
        ClientNode client = processes.client("client");
        owner.createCache(
                "orders",
                FyerConfiguration.builder(String.class, String.class)
                        .maximumEntries(7)
                        .build());
        LiveMembers.await("the definition", () -> namesKnownTo(client).equals(List.of("orders")));

        assertThatThrownBy(() -> managerOf(client).openDefinedCache("orders", CONFIGURATION))
                .isInstanceOf(CacheDiffersException.class)
                .hasMessageContaining("maximumEntries: 7");
    }

    @Test
    void cacheThatWasDestroyed_isRefused_andNoneIsDefined() {
        ClientNode client = processes.client("client");
        EngineCacheManager manager = managerOf(client);
        owner.createCache("orders", CONFIGURATION);
        LiveMembers.await("the definition", () -> namesKnownTo(client).equals(List.of("orders")));
        owner.destroyCache("orders");
        LiveMembers.await("its end", () -> namesKnownTo(client).isEmpty());

        assertThatThrownBy(() -> manager.openDefinedCache("orders", CONFIGURATION))
                .isInstanceOf(CacheNotDefinedException.class)
                .hasMessageContaining("cache 'orders'");

        assertThat(manager.getCacheNames()).isEmpty();
        // What the client had asked for would have been carried out before.
        manager.createCache("customers", CONFIGURATION);
        assertThat(namesKnownTo(client)).containsExactly("customers");
    }

    /** The process's thread, which would take in that the cache is gone, is kept where it has just taken in another one. */
    @Test
    void cacheWhoseEndIsNotKnownYet_isOpened_takesNothing_andNoneIsDefined() throws Exception {
        ClientNode client = processes.client("client");
        EngineCacheManager manager = managerOf(client);
        owner.createCache("orders", CONFIGURATION);
        LiveMembers.await("the definition", () -> namesKnownTo(client).equals(List.of("orders")));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        client.onCaches(caches -> {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Cache<String, String> opened;
        try {
            owner.createCache("customers", CONFIGURATION);
            held.await();
            owner.destroyCache("orders");
            assertThat(namesKnownTo(member)).containsExactly("customers");

            assertThat(namesKnownTo(client)).contains("orders");
            opened = manager.openDefinedCache("orders", CONFIGURATION);
        } finally {
            released.countDown();
        }

        assertThatThrownBy(() -> opened.put("k", "v"))
                .isInstanceOf(CacheDestroyedException.class)
                .hasMessageContaining("cache 'orders': cache number")
                .hasMessageContaining("destroyed (expected: to be there)");
        assertThat(opened.get("k")).isNull();
        LiveMembers.await("its end", () -> namesKnownTo(client).equals(List.of("customers")));
        assertThat(namesKnownTo(member)).containsExactly("customers");
    }
}
