package io.fyercache.testkit.process;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.zookeeper.StandaloneMember;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.CacheManager;

/**
 * A process, client or member, whose threads read all the time what is counted up through caches, and say so when they find what they must not. It also counts up a key of its own in
 * each.
 */
public final class WatchedReader {
    /** Printed when it reads. */
    private static final String READING = StandaloneMember.JOINED + "reads";

    /** How the line begins that it prints when it has found what it must not. */
    static final String FAULT = "FAULT: ";

    /** Faults that it prints: the first ones say enough. */
    private static final int MAX_FAULTS = 20;

    /** Of each cache: so that what one thread has found, another one must find. */
    private static final int THREADS = 2;

    /** Keys of each cache that have a thread of their own: what is at hand of them is read although what is asked for other keys stays without an answer. */
    private static final int LONE_KEYS = 2;

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration PAUSE_OF_CHANGES = Duration.ofMillis(50);
    private static final Duration PAUSE_OF_FIGURES = Duration.ofMillis(100);

    private WatchedReader() {}

    /** Starts one that is a client, without waiting until it reads. */
    static ChildJvm start(URI cluster, Path folder, int reader, WatchedTopology... topologies) {
        List<String> arguments = new ArrayList<>();
        arguments.add(cluster.toString());
        arguments.addAll(List.of(arguments(folder, reader, topologies)));
        return ChildJvm.start("reader " + reader, READING, List.of(MemberSeat.OPTIONS), WatchedReader.class, arguments);
    }

    /** Returns the arguments of {@link #main} that follow the cluster's URI. */
    static String[] arguments(Path folder, int reader, WatchedTopology... topologies) {
        return Stream.concat(
                        Stream.of(folder.toString(), Integer.toString(reader)),
                        Arrays.stream(topologies).map(WatchedTopology::name))
                .toArray(String[]::new);
    }

    /**
     * Runs it.
     *
     * @param arguments the cluster's URI, the folder of the numbers, which of the readers it is, and the topologies of the caches
     */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[1]);
        int reader = Integer.parseInt(arguments[2]);
        AtomicInteger faults = new AtomicInteger();
        try (FyerCachingProvider provider = new FyerCachingProvider();
                RepeatedWork work = new RepeatedWork(fault -> tell(fault, faults))) {
            CacheManager manager =
                    provider.getCacheManager(URI.create(arguments[0]), WatchedReader.class.getClassLoader());
            for (String topology : List.of(arguments).subList(3, arguments.length)) {
                start(
                        WatchedCache.open(
                                manager, WatchedTopology.valueOf(topology), folder, fault -> tell(fault, faults)),
                        reader,
                        work);
            }
            System.out.println(READING);
            new CountDownLatch(1).await();
        }
    }

    private static void start(WatchedCache cache, int reader, RepeatedWork work) {
        String name = cache.topology() + " of reader " + reader;
        for (int thread = 0; thread < THREADS; thread++) {
            AtomicInteger next = new AtomicInteger();
            work.start(
                    name,
                    PAUSE,
                    () -> cache.read(next.getAndUpdate(key -> (key + 1) % SharedNumbers.ALL_KEYS), reader));
        }
        for (int lone = 0; lone < LONE_KEYS; lone++) {
            int key = lone;
            work.start(name + ", key " + key, PAUSE, () -> cache.read(key, reader));
        }
        work.start(name + ", its own key", PAUSE_OF_CHANGES, () -> cache.countUp(SharedNumbers.KEYS + reader));
        work.start(name + ", its hits", PAUSE_OF_FIGURES, () -> cache.tellHits(reader));
    }

    private static void tell(String fault, AtomicInteger faults) {
        if (faults.incrementAndGet() <= MAX_FAULTS) {
            System.out.println(FAULT + fault);
        }
    }
}
