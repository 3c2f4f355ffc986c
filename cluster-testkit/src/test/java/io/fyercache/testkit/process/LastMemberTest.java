package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jcache.WriteBehind;
import io.fyercache.testkit.log.LoggedLines;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.integration.CacheWriterException;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A cluster whose last member leaves, and so takes with it what nobody else has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LastMemberTest {
    private static final int KEYS = 50;
    private static final String REFUSED = "refused";

    private TestingServer zooKeeper;

    /** The member is in this JVM. */
    private static final class Rows implements SingleWrites<Integer, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final Map<Integer, String> WRITTEN = new ConcurrentHashMap<>();

        @Override
        public void write(Cache.Entry<? extends Integer, ? extends String> entry) {
            if (entry.getValue().equals(REFUSED)) {
                throw new CacheWriterException(REFUSED);
            }
            WRITTEN.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void delete(Object key) {
            WRITTEN.remove((Integer) key);
        }
    }

    @BeforeAll
    void start() throws Exception {
        zooKeeper = new TestingServer();
    }

    @AfterAll
    void end() throws Exception {
        zooKeeper.close();
    }

    private CacheManager member(FyerCachingProvider provider, String cluster) {
        return provider.getCacheManager(
                URI.create("zk://" + zooKeeper.getConnectString() + "/" + cluster + "?partitions=8"),
                getClass().getClassLoader());
    }

    private static Cache<Integer, String> behind(CacheManager manager, WriteBehindOptions options) {
        return manager.createCache(
                "behind",
                FyerConfiguration.builder(Integer.class, String.class)
                        .writeThrough(true)
                        .writer(new SingletonFactory<>(new Rows()))
                        .writeBehind(options)
                        .build());
    }

    // The class literal has no type arguments.
    @SuppressWarnings("unchecked")
    private static WriteBehind<Integer, String> behind(Cache<Integer, String> cache) {
        FyerCache<Integer, String> ours = cache.unwrap(FyerCache.class);
        return ours.writeBehind().orElseThrow();
    }

    @Test
    void lastMemberLeaves_whatWaitsIsWrittenFirst() {
        try (FyerCachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager = member(provider, "waiting");
            Cache<Integer, String> cache = behind(manager, WriteBehindOptions.after(Duration.ofHours(1)));
            for (int key = 0; key < KEYS; key++) {
                cache.put(key, "v" + key);
            }
            assertThat(Rows.WRITTEN).isEmpty();

            manager.close();

            assertThat(Rows.WRITTEN).hasSize(KEYS);
        }
    }

    @Test
    void lastMemberLeaves_itsDeadLettersAreLogged() {
        try (LoggedLines log = LoggedLines.of("io.fyercache.sharded.node");
                FyerCachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager = member(provider, "dead");
            Cache<Integer, String> cache = behind(
                    manager, WriteBehindOptions.after(Duration.ofMillis(1)).withAttempts(1));
            WriteBehind<Integer, String> behind = behind(cache);
            cache.put(1, REFUSED);
            ProcessCluster.await("a dead letter", () -> behind.deadLetterCount() == 1);

            manager.close();

            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("is the last one, and ends with 0 changes not written and 1 dead letters"));
        }
    }
}
