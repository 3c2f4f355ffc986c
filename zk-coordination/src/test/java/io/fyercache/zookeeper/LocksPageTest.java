package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.zookeeper.lock.FencedLock;
import io.fyercache.zookeeper.lock.LockHold;
import io.fyercache.zookeeper.lock.Locks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;

/** Runs what {@code docs/locks.md} shows, on a cluster that a user has, and holds the page to it. */
class LocksPageTest {
    private static final Path PAGE = Path.of("..", "docs", "locks.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "io", "fyercache", "zookeeper", "LocksPageTest.java");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// region lock\n(.*?)^ *// end of region$");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```java\n(.*?)^```$");

    /** Something outside of the cluster that a lock protects: it takes nothing of a holder whose time is over. */
    private static final class Report {
        private long greatestToken;
        private volatile boolean cancelled;

        void write(long token) {
            if (token < greatestToken) {
                throw new IllegalStateException("token: " + token + " (expected: at least " + greatestToken + ")");
            }
            greatestToken = token;
        }

        void cancel() {
            cancelled = true;
        }
    }

    @Test
    void page_showsWhatRunsHere() throws IOException {
        Matcher region = REGION.matcher(Files.readString(SOURCE));
        Matcher snippet = SNIPPET.matcher(Files.readString(PAGE));
        assertThat(region.find() && snippet.find()).isTrue();

        assertThat(snippet.group(1)).isEqualTo(region.group(1).stripTrailing().stripIndent() + "\n");
    }

    @Test
    void snippet_onAManagerInACluster_writesWithAToken() throws Exception {
        Report report = new Report();
        try (CachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager = provider.getCacheManager(URI.create("zk://embedded/shop"), null);

            // region lock
            Locks locks = manager.unwrap(Locks.class);
            FencedLock nightly = locks.lock("nightly-report");

            Optional<LockHold> turn = nightly.tryLock(Duration.ofSeconds(10));
            if (turn.isPresent()) { // else another process is at it
                try (LockHold hold = turn.get()) {
                    hold.onLost(report::cancel);
                    report.write(hold.token()); // refused there if a greater token was seen
                }
            }
            // end of region

            assertThat(report.greatestToken).isPositive();
            assertThat(report.cancelled).isFalse();
            assertThat(turn)
                    .hasValueSatisfying(hold -> assertThat(hold.isHeld()).isFalse());
            assertThat(manager.unwrap(CacheManager.class)).isSameAs(manager);
        }
    }

    @Test
    void managerWithoutCluster_hasNone() {
        try (CachingProvider provider = new FyerCachingProvider()) {
            CacheManager local = provider.getCacheManager();

            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> local.unwrap(Locks.class))
                    .withMessageContaining(Locks.class.getName());
        }
    }
}
