package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.engine.OperationOutcomeUnknownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;

/** What each topology promises while ZooKeeper is down, also when a member dies then; and of operations on whole caches while a member stands still. */
class TopologyOutageTest extends WatchedClusterTest {
    /** Longer than a session, which the members have of their cluster. */
    private static final Duration OUTAGE = Duration.ofMillis(3_500);

    private static final int ENTRIES = 400;

    @Test
    void zooKeeperIsDown_allGoesOn_untilAMemberIsKilled_thenOfItsPartitionsOperationsFailClearly() {
        cluster.awaitBalanced();
        watched.awaitAllWell();
        CacheManager hasty = cluster.openManager("&name=hasty&patience=1s");
        Cache<String, Long> cache = hasty.createCache(
                "hasty",
                WatchedTopology.PARTITIONED.builder(String.class, Long.class).build());
        int seat = cluster.busiestSeat();
        String led = keyOf(cluster.partitionsOf(seat));
        String backed = keyOf(cluster.partitionsBackedBy(seat));
        String others = keyOf(partitionsWithout(seat));
        List.of(led, backed, others).forEach(key -> cache.put(key, 1L));
        cluster.zooKeeper().killAll();
        try {
            ProcessCluster.letPass(OUTAGE);
            watched.awaitMore();
            watched.assertPromisesAreKept();

            cluster.member(seat).kill();

            ProcessCluster.await("what its backups were let to come to an end", () -> !isRead(cache, led));
            assertThatThrownBy(() -> cache.get(led))
                    .isInstanceOf(ClusterUnavailableException.class)
                    .hasMessageContaining("nothing has happened");
            assertThatThrownBy(() -> cache.put(backed, 2L)).isInstanceOf(OperationOutcomeUnknownException.class);
            cache.put(others, 2L);
            assertThat(cache.get(others)).isEqualTo(2);
        } finally {
            cluster.zooKeeper().startAgain();
            cluster.zooKeeper().awaitServing();
        }
        ProcessCluster.await("an answer", () -> isRead(cache, led));
        cluster.startAnother(seat);
        cluster.member(seat).awaitJoined();
        watched.awaitAllWell();
        watched.assertPromisesAreKept();
        assertThat(cache.get(backed)).isBetween(1L, 2L);
        hasty.close();
    }

    private static String keyOf(List<Integer> partitions) {
        return new PartitionKeys(WatchedCluster.PARTITIONS).key("hasty", partitions.get(0));
    }

    private List<Integer> partitionsWithout(int seat) {
        List<Integer> partitions = new ArrayList<>(
                IntStream.range(0, WatchedCluster.PARTITIONS).boxed().toList());
        partitions.removeAll(cluster.partitionsOf(seat));
        partitions.removeAll(cluster.partitionsBackedBy(seat));
        return partitions;
    }

    private static boolean isRead(Cache<String, Long> cache, String key) {
        try {
            return cache.get(key) == 1;
        } catch (ClusterUnavailableException notYet) {
            return false;
        }
    }

    @Test
    void memberStandsStill_iterationsMeetAllOnce_andClearAndRemoveAllLeaveNothingOfBefore() throws Exception {
        watched.awaitAllWell();
        List<Cache<Integer, Integer>> met = filled("met");
        List<Cache<Integer, Integer>> cleared = filled("cleared");
        List<Cache<Integer, Integer>> removed = filled("removed");
        int seat = cluster.busiestSeat();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            cluster.member(seat).pause();
            List<Future<?>> ends = new ArrayList<>();
            met.forEach(cache -> ends.add(threads.submit(() -> assertThatAllIsMetOnce(cache))));
            cleared.forEach(cache -> ends.add(threads.submit(cache::clear)));
            removed.forEach(cache -> ends.add(threads.submit((Runnable) cache::removeAll)));
            for (Future<?> end : ends) {
                end.get(1, TimeUnit.MINUTES);
            }
            for (Cache<Integer, Integer> cache : cleared) {
                assertThat(cache.getAll(all().keySet())).as(cache.getName()).isEmpty();
            }
            for (Cache<Integer, Integer> cache : removed) {
                assertThat(cache.getAll(all().keySet())).as(cache.getName()).isEmpty();
            }
        } finally {
            cluster.member(seat).resume();
            threads.shutdownNow();
        }
        watched.awaitAllWell();
        watched.assertPromisesAreKept();
    }

    /** Returns a cache of each topology whose entries are the cluster's. */
    private List<Cache<Integer, Integer>> filled(String name) {
        CacheManager manager = cluster.openManager("&name=whole");
        return WatchedTopology.OF_THE_CLUSTER.stream()
                .map(topology -> {
                    Cache<Integer, Integer> cache = manager.createCache(
                            name + "-" + topology,
                            topology.builder(Integer.class, Integer.class).build());
                    cache.putAll(all());
                    return cache;
                })
                .toList();
    }

    private static Map<Integer, Integer> all() {
        return IntStream.range(0, ENTRIES).boxed().collect(Collectors.toMap(key -> key, key -> -key));
    }

    private static void assertThatAllIsMetOnce(Cache<Integer, Integer> cache) {
        List<Cache.Entry<Integer, Integer>> entries =
                StreamSupport.stream(cache.spliterator(), false).toList();
        assertThat(entries).as(cache.getName()).hasSize(ENTRIES);
        assertThat(entries.stream().collect(Collectors.toMap(Cache.Entry::getKey, Cache.Entry::getValue)))
                .as(cache.getName())
                .isEqualTo(all());
    }
}
