package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.CacheManager;

/**
 * A cluster with a cache of each topology, through which a client in this JVM counts up numbers all the time, while two processes read them: a client, and a member, which has copies. For
 * one thread.
 */
final class WatchedCluster implements AutoCloseable {
    static final int PARTITIONS = 16;

    /** What each reader reads of each cache before something is taken to go on: each key some times. */
    private static final int READS = 600;

    /** How often each cache is changed before something is taken to go on: each key some times. */
    private static final int CHANGES = 80;

    private static final Duration PAUSE_OF_CHANGES = Duration.ofMillis(3);

    private final ProcessCluster cluster;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<WatchedTopology, WatchedCache> caches = new EnumMap<>(WatchedTopology.class);
    private final RepeatedWork changing = new RepeatedWork(faults::add);
    private ChildJvm client;

    /** A process that reads. */
    enum Reader {
        CLIENT(0),
        MEMBER(1);

        /** The seat of the one that is a member. */
        static final int SEAT = ProcessCluster.MEMBERS;

        private final int number;

        Reader(int number) {
            this.number = number;
        }
    }

    private WatchedCluster(ProcessCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts all, and returns when there is something to be read by everybody, and all copies are there. */
    static WatchedCluster start(Path folder) {
        WatchedCluster watched = new WatchedCluster(ProcessCluster.start(folder, 1, PARTITIONS, Ways.BY_LINKS));
        try {
            watched.begin(folder);
            return watched;
        } catch (RuntimeException | Error e) {
            watched.close();
            throw e;
        }
    }

    private void begin(Path folder) {
        CacheManager manager = cluster.openManager("&name=changing");
        for (WatchedTopology topology : WatchedTopology.values()) {
            WatchedCache cache = WatchedCache.open(manager, topology, folder, faults::add);
            cache.begin();
            caches.put(topology, cache);
        }
        cluster.launch(
                WatchedReader.class, WatchedReader.arguments(folder, Reader.MEMBER.number, WatchedTopology.values()));
        client = WatchedReader.start(
                cluster.clientUri("&name=reading"), folder, Reader.CLIENT.number, WatchedTopology.values());
        cluster.awaitJoined();
        client.awaitReady();
        caches.forEach((topology, cache) -> {
            AtomicInteger next = new AtomicInteger();
            changing.start(
                    topology + " of the changing client",
                    PAUSE_OF_CHANGES,
                    () -> cache.countUp(next.getAndUpdate(key -> (key + 1) % SharedNumbers.KEYS)));
        });
        cluster.awaitWhole();
        awaitMore();
    }

    ProcessCluster cluster() {
        return cluster;
    }

    /** Returns the client that reads. */
    ChildJvm client() {
        return client;
    }

    /** Returns how often a process has read a cache. */
    long reads(WatchedTopology topology, Reader reader) {
        return caches.get(topology).numbers().reads(reader.number);
    }

    /** Returns how many reads a process has answered by what is its own. */
    long hits(WatchedTopology topology, Reader reader) {
        return caches.get(topology).numbers().hits(reader.number);
    }

    // ---- waiting

    /** Waits until all copies are there, and all caches have been changed and read for a while, by everybody. */
    void awaitAllWell() {
        cluster.awaitWhole();
        awaitMore();
    }

    /** Waits until all caches have been changed and read for a while, by everybody. */
    void awaitMore() {
        awaitMoreBy(Reader.values());
    }

    /** Waits until all caches have been changed for a while, and read by some. Who has found a fault is not waited for. */
    void awaitMoreBy(Reader... readers) {
        Map<WatchedTopology, Long> changesThen = new EnumMap<>(WatchedTopology.class);
        caches.forEach((topology, cache) -> changesThen.put(topology, cache.changes()));
        List<Goal> goals = caches.keySet().stream()
                .flatMap(topology ->
                        Stream.of(readers).map(reader -> new Goal(topology, reader, reads(topology, reader) + READS)))
                .toList();
        ProcessCluster.await(
                "changes and reads",
                () -> !faults().isEmpty()
                        || (caches.entrySet().stream()
                                        .allMatch(each ->
                                                each.getValue().changes() >= changesThen.get(each.getKey()) + CHANGES)
                                && goals.stream()
                                        .allMatch(goal -> reads(goal.topology(), goal.reader()) >= goal.reads())));
    }

    /** How often somebody is to have read a cache. */
    private record Goal(WatchedTopology topology, Reader reader, long reads) {}

    // ---- what was wrong

    /** No read has found what it must not, by anybody, and no change has failed. */
    void assertPromisesAreKept() {
        assertThat(faults()).isEmpty();
    }

    private List<String> faults() {
        Stream<String> told = Stream.of(
                        client.output(), cluster.member(Reader.SEAT).output())
                .flatMap(List::stream)
                .filter(line -> line.startsWith(WatchedReader.FAULT));
        return Stream.concat(faults.stream(), told).toList();
    }

    @Override
    public void close() {
        try {
            // Before those end of whom a change may wait.
            changing.close();
            if (client != null) {
                client.close();
            }
        } finally {
            cluster.close();
        }
    }
}
