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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private static final String KEY = SharedNumbers.key(0);

    /** Which of the readers the one is that is a process of its own. */
    private static final int READER = 0;

    /** For how long a process may be waited for that is silent, and how long that may take to be noticed on a busy machine. */
    private static final Duration LONGEST_PUT = WatchedTopology.STALENESS_INVALIDATED.plusMillis(1_500);

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

    private static SharedNumbers numbers(String name) {
        return new SharedNumbers(folder.resolve(name));
    }

    private static InvalidationFigures figures(Cache<?, ?> cache) {
        return cache.unwrap(CacheEngine.class).invalidations();
    }

    // ---- nothing fails

    @Test
    void change_hasReturned_nobodyElseReadsTheOldValue() {
        SharedNumbers numbers = numbers("calm");
        try (CacheManager member = cluster.openMember()) {
            List<Cache<String, Long>> caches = List.of(
                    first.createCache("calm", WatchedTopology.INVALIDATED.configuration(numbers)),
                    second.createCache("calm", WatchedTopology.INVALIDATED.configuration(numbers)),
                    member.createCache("calm", WatchedTopology.INVALIDATED.configuration(numbers)));
            for (long value = 1; value <= 300; value++) {
                caches.get((int) (value % 3)).put(KEY, value);

                for (Cache<String, Long> cache : caches) {
                    assertThat(cache.get(KEY)).isEqualTo(value);
                    assertThat(cache.get(KEY)).isEqualTo(value);
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
        SharedNumbers numbers = numbers("others");
        Cache<String, Long> here = first.createCache("others", WatchedTopology.INVALIDATED.configuration(numbers));
        Cache<String, Long> there = second.createCache("others", WatchedTopology.INVALIDATED.configuration(numbers));
        numbers.store(KEY, 1);
        assertThat(there.get(KEY)).isEqualTo(1);
        numbers.store(KEY, 2);
        assertThat(there.get(KEY)).isEqualTo(1);

        CompletionListenerFuture loaded = new CompletionListenerFuture();
        here.loadAll(Set.of(KEY), true, loaded);
        assertThat(loaded).succeedsWithin(Duration.ofSeconds(20));
        assertThat(there.get(KEY)).isEqualTo(2);
        numbers.store(KEY, 3);
        here.clear();
        assertThat(there.get(KEY)).isEqualTo(3);
        here.putAll(Map.of(KEY, 4L));
        assertThat(there.get(KEY)).isEqualTo(4);
        here.remove(KEY);
        assertThat(there.get(KEY)).isEqualTo(0);
        numbers.store(KEY, 5);
        assertThat(there.get(KEY)).isEqualTo(0);
        first.destroyCache("others");
        assertThat(there.get(KEY)).isEqualTo(5);
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

        cache.put(KEY, value);

        assertThat(cache.get(KEY)).isSameAs(value);
    }

    // ---- faults

    @Test
    void processStandsStill_writersWaitForItsTime_andItReadsNothingStaleWhenItGoesOn() {
        try (Changing changing = new Changing(first);
                ChildJvm reader = startReader()) {
            changing.awaitBoth();
            for (int i = 0; i < 3; i++) {
                reader.pause();
                changing.await(20);
                reader.resume();
                changing.awaitBoth();
            }
            assertThat(changing.cache.longestChange()).isLessThan(LONGEST_PUT);
            assertThat(reader.output()).noneMatch(line -> line.startsWith(WatchedReader.FAULT));
        }
    }

    @Test
    void processIsKilled_writersWaitForItsTime_once() {
        try (Changing changing = new Changing(first);
                ChildJvm reader = startReader()) {
            changing.awaitBoth();

            reader.kill();

            changing.await(100);
            assertThat(changing.cache.longestChange()).isLessThan(LONGEST_PUT);
        }
    }

    @Test
    void membersStandStillAndAreKilled_nobodyReadsWhatAnAcknowledgedChangeHasReplaced() {
        cluster.awaitWhole();
        try (Changing changing = new Changing(second);
                ChildJvm reader = startReader()) {
            changing.awaitBoth();
            for (int seat = 0; seat < ProcessCluster.MEMBERS; seat++) {
                cluster.member(seat).pause();
                changing.awaitBoth();
                cluster.member(seat).resume();
                cluster.awaitWhole();
            }
            int busiest = cluster.busiestSeat();
            cluster.member(busiest).kill();
            changing.awaitBoth();
            cluster.startAnother(busiest);
            cluster.member(busiest).awaitJoined();
            cluster.awaitWhole();
            changing.awaitBoth();
            assertThat(reader.output()).noneMatch(line -> line.startsWith(WatchedReader.FAULT));
            assertThat(figures(changing.cache.cache()).gaps()).isPositive();
        }
    }

    @Test
    void processIsCutOff_readsNothingFromMemoryAfterTheBound_andClears() {
        SharedNumbers numbers = numbers("cut");
        Cache<String, Long> cache = first.createCache("cut", WatchedTopology.INVALIDATED.configuration(numbers));
        numbers.store(KEY, 1);
        assertThat(cache.get(KEY)).isEqualTo(1);
        numbers.store(KEY, 2);
        long cleared = figures(cache).cleared();
        cluster.cutAllWays();
        long cutNanos = System.nanoTime();
        try {
            long staleNanos = cutNanos;
            for (long beganNanos = cutNanos; cache.get(KEY) == 1; beganNanos = System.nanoTime()) {
                staleNanos = beganNanos;
            }

            assertThat(Duration.ofNanos(staleNanos - cutNanos)).isLessThan(WatchedTopology.STALENESS_INVALIDATED);
            assertThat(figures(cache).isInStep()).isFalse();
        } finally {
            cluster.healAllWays();
        }
        cluster.awaitWhole();
        ProcessCluster.await("being in step", () -> figures(cache).isInStep());
        assertThat(figures(cache).cleared()).isGreaterThan(cleared);
    }

    private ChildJvm startReader() {
        ChildJvm reader =
                WatchedReader.start(cluster.clientUri("&name=reader"), folder, READER, WatchedTopology.INVALIDATED);
        reader.awaitReady();
        return reader;
    }

    /** A thread that counts one key up, while a reader reads it among others. */
    private static final class Changing implements AutoCloseable {
        private final Queue<String> faults = new ConcurrentLinkedQueue<>();
        private final RepeatedWork work = new RepeatedWork(faults::add);
        private final WatchedCache cache;

        Changing(CacheManager manager) {
            cache = WatchedCache.open(manager, WatchedTopology.INVALIDATED, folder, faults::add);
            work.start("changing", Duration.ofMillis(1), () -> cache.countUp(0));
        }

        /** Waits until it has gone on for a while. */
        void await(int more) {
            long then = cache.changes() + more;
            ProcessCluster.await("changes", () -> cache.changes() >= then || !faults.isEmpty());
            assertThat(faults).isEmpty();
        }

        /** Waits until both have gone on for a while. */
        void awaitBoth() {
            long then = cache.numbers().reads(READER) + 300;
            await(50);
            ProcessCluster.await("reads", () -> cache.numbers().reads(READER) >= then);
        }

        @Override
        public void close() {
            work.close();
            cache.close();
        }
    }
}
