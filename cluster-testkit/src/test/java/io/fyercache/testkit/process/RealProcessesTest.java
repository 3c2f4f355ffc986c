package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.engine.OperationOutcomeUnknownException;
import io.fyercache.sharded.engine.TooFewCopiesException;
import io.fyercache.testkit.history.AnswerRate;
import io.fyercache.testkit.history.CheckReport;
import io.fyercache.testkit.history.Completion;
import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.HistoryRecorder;
import io.fyercache.testkit.history.LinearizabilityChecker;
import io.fyercache.testkit.history.Outcome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members in JVMs of their own on a real ZooKeeper, and an application in this one. */
class RealProcessesTest {
    private static final int THREADS = 4;
    private static final int OPERATIONS_BEFORE = 500;
    private static final int OPERATIONS_AFTER = 1_500;
    private static final int OPERATIONS_OF_A_KEY = 100;
    private static final int KEYS = 10;

    /** So many that each partition has one. */
    private static final int KEYS_OF_ALL_PARTITIONS = 512;

    /** SIGTERM, as the JVM reports it. */
    private static final int STATUS_OF_SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    private final List<MemberProcess> members = new ArrayList<>();
    private final FyerCachingProvider provider = new FyerCachingProvider();

    @Test
    void memberIsKilled_nothingIsLost_andTheOthersLeaveInPeace() throws Exception {
        try (TestingServer zooKeeper = new TestingServer();
                provider) {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            String cluster =
                    "zk://" + zooKeeper.getConnectString() + "/orders?partitions=32&connectTimeout=1s&secretFile="
                            + Files.write(folder.resolve("secret"), secret);
            for (int i = 0; i < 3; i++) {
                members.add(MemberProcess.start(URI.create(cluster + "&name=member-" + i), "-Xmx256m"));
            }
            awaitCopies(cache(cluster + "&role=client&name=first&minInSync=2&patience=2s"));
            Cache<String, Long> cache = cache(cluster + "&role=client&name=application");

            History history = useWhile(cache, () -> members.get(2).kill());

            CheckReport report = new LinearizabilityChecker().check(history);
            AnswerRate rate = AnswerRate.of(history, Duration.ofMillis(100));
            System.out.println(
                    "a member was killed: an operation took " + longestMillis(history) + " ms at most; " + rate);
            assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.LINEARIZABLE);
            assertThat(members.get(0).stop()).as("%s", members.get(0).output()).isEqualTo(STATUS_OF_SIGTERM);
            assertThat(cache.containsKey("nothing")).isFalse();
            provider.close();
            assertThat(members.get(1).stop()).as("%s", members.get(1).output()).isEqualTo(STATUS_OF_SIGTERM);
        } finally {
            members.forEach(MemberProcess::close);
        }
    }

    private Cache<String, Long> cache(String uri) {
        CacheManager manager =
                provider.getCacheManager(URI.create(uri), getClass().getClassLoader());
        return manager.createCache(
                "numbers", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
    }

    /** Writes to all partitions, which is refused until there are two copies. */
    private static void awaitCopies(Cache<String, Long> demanding) {
        long endNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        for (int written = 0; written < KEYS_OF_ALL_PARTITIONS; ) {
            try {
                demanding.put("of-all-" + written, 0L);
                written++;
            } catch (TooFewCopiesException | OperationOutcomeUnknownException | ClusterUnavailableException e) {
                assertThat(System.nanoTime()).as("%s", e).isLessThan(endNanos);
            }
        }
    }

    /** Uses a cache by several threads, in whose midst something happens. */
    private static History useWhile(Cache<String, Long> cache, Runnable event) throws Exception {
        HistoryRecorder recorder = new HistoryRecorder(System::nanoTime);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch underWay = new CountDownLatch(THREADS);
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Cache<String, Long> view = recorder.record(cache);
                int number = thread;
                ends.add(threads.submit(() -> use(view, number, underWay)));
            }
            underWay.await();
            event.run();
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return recorder.history();
    }

    private static void use(Cache<String, Long> view, int thread, CountDownLatch underWay) {
        Random random = new Random(thread);
        for (int i = 0; i < OPERATIONS_BEFORE + OPERATIONS_AFTER; i++) {
            if (i == OPERATIONS_BEFORE) {
                underWay.countDown();
            }
            String key = "key-" + i / OPERATIONS_OF_A_KEY + "-" + random.nextInt(KEYS);
            long value = 1_000_000L * (thread + 1) + i;
            switch (random.nextInt(5)) {
                case 0, 1 -> view.put(key, value);
                case 2 -> view.putIfAbsent(key, value);
                case 3 -> view.remove(key);
                default -> view.get(key);
            }
        }
    }

    private static long longestMillis(History history) {
        long nanos = history.operations().stream()
                .filter(operation -> operation.completion() instanceof Completion.Answered)
                .mapToLong(operation ->
                        ((Completion.Answered) operation.completion()).returnedNanos() - operation.invokedNanos())
                .max()
                .orElse(0);
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
