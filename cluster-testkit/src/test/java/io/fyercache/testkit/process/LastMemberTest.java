package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCachingProvider;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;

/** A cluster whose last member leaves, and so takes with it what nobody else has. */
class LastMemberTest {
    private static final int KEYS = 50;

    /** The member is in this JVM. */
    private static final class Rows implements SingleWrites<Integer, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final Map<Integer, String> WRITTEN = new ConcurrentHashMap<>();

        @Override
        public void write(Cache.Entry<? extends Integer, ? extends String> entry) {
            WRITTEN.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void delete(Object key) {
            WRITTEN.remove((Integer) key);
        }
    }

    @Test
    void lastMemberLeaves_whatWaitsIsWrittenFirst() throws Exception {
        try (TestingServer zooKeeper = new TestingServer();
                FyerCachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager = provider.getCacheManager(
                    URI.create("zk://" + zooKeeper.getConnectString() + "/last?partitions=8"),
                    getClass().getClassLoader());
            Cache<Integer, String> cache = manager.createCache(
                    "behind",
                    FyerConfiguration.builder(Integer.class, String.class)
                            .writeThrough(true)
                            .writer(new SingletonFactory<>(new Rows()))
                            .writeBehind(WriteBehindOptions.after(Duration.ofHours(1)))
                            .build());
            for (int key = 0; key < KEYS; key++) {
                cache.put(key, "v" + key);
            }
            assertThat(Rows.WRITTEN).isEmpty();

            manager.close();

            assertThat(Rows.WRITTEN).hasSize(KEYS);
        }
    }
}
