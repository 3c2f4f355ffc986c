package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.InvalidationFigures;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Invalidated caches of clients and of a member, on three members in processes of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvalidatedProcessesTest {
    private static final int PARTITIONS = 16;

    /** For how long a process may be waited for that is silent, and how long that may take to be noticed on a busy machine. */
    private static final Duration LONGEST_PUT = InvalidatedReader.STALENESS.plusMillis(1_500);

    @TempDir
    private static Path folder;

    private ProcessCluster cluster;
    private CacheManager first;
    private CacheManager second;

    @BeforeAll
    void start() {
        cluster = ProcessCluster.start(folder, 1, PARTITIONS, Ways.BY_LINKS);
        first = cluster.openManager("&name=first");
        second = cluster.openManager("&name=second");
    }

    @AfterAll
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static SharedRow row(String name) {
        return new SharedRow(folder.resolve(name));
    }

    private static InvalidationFigures figures(Cache<?, ?> cache) {
        return cache.unwrap(CacheEngine.class).invalidations();
    }

    // ---- nothing fails

    @Test
    void change_hasReturned_nobodyElseReadsTheOldValue() {
        SharedRow row = row("calm");
        try (CacheManager member = cluster.openMember()) {
            List<Cache<String, Long>> caches = List.of(
                    first.createCache("calm", InvalidatedReader.inFrontOf(row)),
                    second.createCache("calm", InvalidatedReader.inFrontOf(row)),
                    member.createCache("calm", InvalidatedReader.inFrontOf(row)));
            for (long value = 1; value <= 300; value++) {
                caches.get((int) (value % 3)).put("k", value);

                for (Cache<String, Long> cache : caches) {
                    assertThat(cache.get("k")).isEqualTo(value);
                    assertThat(cache.get("k")).isEqualTo(value);
                }
            }
            assertThat(caches).allSatisfy(cache -> {
                assertThat(cache.unwrap(CacheEngine.class).counters().hits()).isGreaterThan(300);
                assertThat(figures(cache).received()).isPositive();
                assertThat(figures(cache).isInStep()).isTrue();
            });
        }
        cluster.awaitWhole();
    }

    @Test
    void newerValueOfALoader_clearAndRemovals_areSeenByOthers_whenTheCallHasReturned() {
        SharedRow row = row("others");
        Cache<String, Long> here = first.createCache("others", InvalidatedReader.inFrontOf(row));
        Cache<String, Long> there = second.createCache("others", InvalidatedReader.inFrontOf(row));
        row.store(1);
        assertThat(there.get("k")).isEqualTo(1);
        row.store(2);
        assertThat(there.get("k")).isEqualTo(1);

        CompletionListenerFuture loaded = new CompletionListenerFuture();
        here.loadAll(Set.of("k"), true, loaded);
        assertThat(loaded).succeedsWithin(Duration.ofSeconds(20));
        assertThat(there.get("k")).isEqualTo(2);
        row.store(3);
        here.clear();
        assertThat(there.get("k")).isEqualTo(3);
        here.putAll(Map.of("k", 4L));
        assertThat(there.get("k")).isEqualTo(4);
        here.remove("k");
        assertThat(there.get("k")).isEqualTo(0);
    }

    @Test
    void definedOtherwise_isRefused_andDestroyed_mayBeDefinedAnew() {
        FyerConfiguration<String, Long> bounded = FyerConfiguration.builder(String.class, Long.class)
                .topology(Topology.INVALIDATED)
                .maximumEntries(100)
                .build();
        Cache<String, Long> cache = first.createCache("defined", bounded);
        FyerConfiguration<String, Long> other =
                bounded.toBuilder().maximumEntries(200).build();

        assertThatThrownBy(() -> second.createCache("defined", other))
                .isInstanceOf(CacheDiffersException.class)
                .hasMessageContaining("maximumEntries: 100 there, 200 here");
        assertThatThrownBy(() -> second.createCache(
                        "defined",
                        FyerConfiguration.builder(String.class, Long.class).build()))
                .isInstanceOf(CacheDiffersException.class)
                .hasMessageContaining("topology: invalidated there");
        first.destroyCache("defined");
        assertThat(cache.isClosed()).isTrue();
        assertThat(second.createCache("defined", other)).isNotNull();
    }

    @Test
    void storedByReference_asInALocalCache() {
        Cache<String, Object> cache = first.createCache(
                "referenced",
                FyerConfiguration.builder(String.class, Object.class)
                        .storeByValue(false)
                        .topology(Topology.INVALIDATED)
                        .invalidation(InvalidationOptions.byCluster())
                        .build());
        Object value = new Object();

        cache.put("k", value);

        assertThat(cache.get("k")).isSameAs(value);
    }

    // ---- faults

    @Test
    void processStandsStill_writersWaitForItsTime_andItReadsNothingStaleWhenItGoesOn() {
        SharedRow row = row(InvalidatedReader.CACHE);
        try (Cache<String, Long> cache = first.createCache(InvalidatedReader.CACHE, InvalidatedReader.inFrontOf(row));
                ChildJvm reader = startReader();
                Writing writing = new Writing(row, cache)) {
            awaitBoth(row, writing);
            for (int i = 0; i < 3; i++) {
                reader.pause();
                writing.await(20);
                reader.resume();
                awaitBoth(row, writing);
            }
            assertThat(writing.longest()).isLessThan(LONGEST_PUT);
            assertThat(reader.output()).noneMatch(line -> line.startsWith(InvalidatedReader.STALE));
        }
    }

    @Test
    void processIsKilled_writersWaitForItsTime_once() {
        SharedRow row = row(InvalidatedReader.CACHE);
        try (Cache<String, Long> cache = first.createCache(InvalidatedReader.CACHE, InvalidatedReader.inFrontOf(row));
                ChildJvm reader = startReader();
                Writing writing = new Writing(row, cache)) {
            awaitBoth(row, writing);

            reader.kill();

            writing.await(100);
            assertThat(writing.longest()).isLessThan(LONGEST_PUT);
        }
    }

    @Test
    void zooKeeperIsDown_changesReturn_andNobodyReadsTheOldValue() {
        cluster.awaitWhole();
        SharedRow row = row("without-zookeeper");
        Cache<String, Long> here = first.createCache("without-zookeeper", InvalidatedReader.inFrontOf(row));
        Cache<String, Long> there = second.createCache("without-zookeeper", InvalidatedReader.inFrontOf(row));
        here.put("k", 0L);
        cluster.zooKeeper().killAll();
        try {
            for (long value = 1; value <= 100; value++) {
                here.put("k", value);

                assertThat(there.get("k")).isEqualTo(value);
            }
            assertThat(figures(there).isInStep()).isTrue();
        } finally {
            cluster.zooKeeper().startAgain();
            cluster.zooKeeper().awaitServing();
        }
        cluster.awaitWhole();
    }

    @Test
    void membersStandStillAndAreKilled_nobodyReadsWhatAnAcknowledgedChangeHasReplaced() {
        cluster.awaitWhole();
        SharedRow row = row(InvalidatedReader.CACHE);
        try (Cache<String, Long> cache = second.createCache(InvalidatedReader.CACHE, InvalidatedReader.inFrontOf(row));
                ChildJvm reader = startReader();
                Writing writing = new Writing(row, cache)) {
            awaitBoth(row, writing);
            for (int seat = 0; seat < ProcessCluster.MEMBERS; seat++) {
                cluster.member(seat).pause();
                awaitBoth(row, writing);
                cluster.member(seat).resume();
                cluster.awaitWhole();
            }
            int busiest = cluster.busiestSeat();
            cluster.member(busiest).kill();
            awaitBoth(row, writing);
            cluster.startAnother(busiest);
            cluster.member(busiest).awaitJoined();
            cluster.awaitWhole();
            awaitBoth(row, writing);
            assertThat(reader.output()).noneMatch(line -> line.startsWith(InvalidatedReader.STALE));
            assertThat(figures(cache).gaps()).isPositive();
        }
    }

    @Test
    void processIsCutOff_readsNothingFromMemoryAfterTheBound_andClears() {
        SharedRow row = row("cut");
        Cache<String, Long> cache = first.createCache("cut", InvalidatedReader.inFrontOf(row));
        row.store(1);
        assertThat(cache.get("k")).isEqualTo(1);
        row.store(2);
        long cleared = figures(cache).cleared();
        cut(true);
        long cutNanos = System.nanoTime();
        try {
            long staleNanos = cutNanos;
            for (long beganNanos = cutNanos; cache.get("k") == 1; beganNanos = System.nanoTime()) {
                staleNanos = beganNanos;
            }

            assertThat(Duration.ofNanos(staleNanos - cutNanos)).isLessThan(InvalidatedReader.STALENESS);
            assertThat(figures(cache).isInStep()).isFalse();
        } finally {
            cut(false);
        }
        cluster.awaitWhole();
        ProcessCluster.await("being in step", () -> figures(cache).isInStep());
        assertThat(figures(cache).cleared()).isGreaterThan(cleared);
    }

    private void cut(boolean cut) {
        for (int seat = 0; seat < ProcessCluster.MEMBERS; seat++) {
            cluster.way(seat).setCutThere(cut);
            cluster.way(seat).setCutBack(cut);
        }
    }

    private ChildJvm startReader() {
        ChildJvm reader = ChildJvm.start(
                "reader",
                InvalidatedReader.READING,
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                InvalidatedReader.class,
                List.of(
                        cluster.clientUri("&name=reader").toString(),
                        folder.resolve(InvalidatedReader.CACHE).toString()));
        reader.awaitReady();
        return reader;
    }

    /** Waits until both have gone on for a while. */
    private static void awaitBoth(SharedRow row, Writing writing) {
        long before = row.reads();
        writing.await(50);
        ProcessCluster.await("reads", () -> row.reads() > before + 1_000);
    }

    /** A thread that puts one value after the other, and says which have been acknowledged. */
    private static final class Writing implements AutoCloseable {
        private final CompletableFuture<Void> end;
        private volatile boolean over;
        private volatile long count;
        private volatile long longestNanos;

        Writing(SharedRow row, Cache<String, Long> cache) {
            end = CompletableFuture.runAsync(() -> {
                for (long value = row.row() + 1; !over; value++) {
                    long startNanos = System.nanoTime();
                    cache.put(InvalidatedReader.KEY, value);
                    longestNanos = Math.max(longestNanos, System.nanoTime() - startNanos);
                    row.acknowledge(value);
                    count = value;
                }
            });
        }

        void await(int more) {
            long before = count;
            ProcessCluster.await("changes", () -> count >= before + more || end.isDone());
            assertThat(end).isNotDone();
        }

        Duration longest() {
            return Duration.ofNanos(longestNanos);
        }

        @Override
        public void close() {
            over = true;
            try {
                end.get(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }
    }
}
