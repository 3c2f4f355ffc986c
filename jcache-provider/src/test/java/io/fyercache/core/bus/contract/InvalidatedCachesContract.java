package io.fyercache.core.bus.contract;

import static io.fyercache.core.bus.contract.InvalidationBusContract.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.InvalidationFigures;
import io.fyercache.core.invalidated.UnconfirmedInvalidationException;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.FyerCachingProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What caches of the topology {@code invalidated} do, each in a manager of a provider of its own, as in processes of their own. */
public abstract class InvalidatedCachesContract {
    private static final Duration STALENESS = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofMillis(100);
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final Database database = new Database();
    private final String topic = "caches-" + TOPICS.incrementAndGet();
    private final List<FyerCachingProvider> providers = new ArrayList<>();

    /** Returns the broker, running. */
    protected abstract BusFixture fixture();

    @AfterEach
    void closeProviders() {
        providers.forEach(FyerCachingProvider::close);
    }

    private InvalidationOptions options() {
        return InvalidationOptions.by(fixture().address(topic))
                .within(STALENESS, HEARTBEAT)
                .withConfirmLimit(Duration.ofSeconds(2));
    }

    private FyerCache<String, Long> open(InvalidationOptions options) {
        FyerCachingProvider provider = new FyerCachingProvider();
        providers.add(provider);
        Cache<String, Long> cache = fixture()
                .manager(provider)
                .createCache(
                        "numbers-by-" + topic,
                        database.configuration()
                                .topology(Topology.INVALIDATED)
                                .invalidation(options)
                                .build());
        return (FyerCache<String, Long>) cache;
    }

    private FyerCache<String, Long> openInStep() {
        FyerCache<String, Long> cache = open(options());
        eventually().until(() -> figures(cache).isInStep());
        return cache;
    }

    private static InvalidationFigures figures(Cache<?, ?> cache) {
        return cache.unwrap(CacheEngine.class).invalidations();
    }

    private static void becomes(Cache<String, Long> cache, String key, Long value) {
        eventually().untilAsserted(() -> assertThat(cache.get(key)).isEqualTo(value));
    }

    // ---- in step

    @Test
    void everyChange_isSeenByTheOthers() {
        FyerCache<String, Long> writer = openInStep();
        FyerCache<String, Long> second = openInStep();
        FyerCache<String, Long> third = openInStep();
        database.rows().put("k", 0L);
        Map<String, Runnable> changes = Map.of(
                "put", () -> writer.put("k", 1L),
                "getAndPut", () -> writer.getAndPut("k", 2L),
                "replace", () -> writer.replace("k", 3L),
                "getAndReplace", () -> writer.getAndReplace("k", 4L),
                "putAll", () -> writer.putAll(Map.of("k", 5L)),
                "invoke",
                        () -> writer.invoke("k", (entry, arguments) -> {
                            entry.setValue(6L);
                            return null;
                        }),
                "remove", () -> writer.remove("k"),
                "removeAll of keys", () -> writer.removeAll(Set.of("k")),
                "removeAll", () -> writer.removeAll());

        changes.forEach((name, change) -> {
            database.rows().put("k", 0L);
            writer.invalidate(Set.of("k"));
            becomes(second, "k", 0L);
            becomes(third, "k", 0L);
            assertThat(writer.get("k")).isEqualTo(0L);

            change.run();

            Long now = database.rows().get("k");
            assertThat(now).as(name).isNotEqualTo(Long.valueOf(0));
            becomes(second, "k", now);
            becomes(third, "k", now);
        });
    }

    @Test
    void putIfAbsent_isDecidedByTheEntriesHere_andToldIfItPut() {
        FyerCache<String, Long> first = openInStep();
        FyerCache<String, Long> second = openInStep();
        database.rows().put("k", 1L);
        assertThat(second.get("k")).isEqualTo(1L);

        assertThat(first.putIfAbsent("k", 2L)).isTrue();

        becomes(second, "k", 2L);
        long sent = figures(first).sent();
        assertThat(first.putIfAbsent("k", 3L)).isFalse();
        assertThat(figures(first).sent()).isEqualTo(sent);
    }

    @Test
    void putAllAndRemoveAll_areOneMessageEach_howeverManyKeys() {
        FyerCache<String, Long> first = openInStep();
        FyerCache<String, Long> second = openInStep();
        Map<String, Long> many =
                IntStream.range(0, 500).boxed().collect(Collectors.toMap(i -> "k" + i, i -> Long.valueOf(i)));
        many.keySet().forEach(second::get);

        first.putAll(many);

        assertThat(figures(first).sent()).isEqualTo(1);
        many.forEach((key, value) -> becomes(second, key, value));
        first.removeAll(many.keySet());
        assertThat(figures(first).sent()).isEqualTo(2);
        many.forEach((key, value) -> becomes(second, key, null));
    }

    @Test
    void clear_emptiesAll() {
        FyerCache<String, Long> first = openInStep();
        FyerCache<String, Long> second = openInStep();
        database.rows().put("k", 1L);
        assertThat(second.get("k")).isEqualTo(1L);
        database.rows().put("k", 2L);

        first.clear();

        becomes(second, "k", 2L);
    }

    @Test
    void removeAllAndIterations_areAboutWhatIsHere_andOthersDropAll() {
        FyerCache<String, Long> first = openInStep();
        FyerCache<String, Long> second = openInStep();
        database.rows().putAll(Map.of("here", 1L, "there", 2L));
        assertThat(first.get("here")).isEqualTo(1L);
        assertThat(second.get("there")).isEqualTo(2L);
        List<String> met = new ArrayList<>();
        first.forEach(entry -> met.add(entry.getKey()));
        assertThat(met).containsExactly("here");

        first.removeAll();

        assertThat(database.rows()).containsOnlyKeys("there");
        database.rows().put("there", 3L);
        becomes(second, "there", 3L);
    }

    @Test
    void loadAll_thatReplaces_isTold_andALoadOfWhatIsAbsentIsNot() {
        FyerCache<String, Long> first = openInStep();
        FyerCache<String, Long> second = openInStep();
        database.rows().put("k", 1L);
        assertThat(first.get("k")).isEqualTo(1L);
        assertThat(second.get("k")).isEqualTo(1L);
        assertThat(figures(first).sent() + figures(second).sent()).isZero();
        database.rows().put("k", 2L);

        CompletionListenerFuture done = new CompletionListenerFuture();
        first.loadAll(Set.of("k"), true, done);

        assertThat(done).succeedsWithin(Duration.ofSeconds(20));
        becomes(second, "k", 2L);
        assertThat(figures(first).sent()).isEqualTo(1);
    }

    @Test
    void memory_isUsedWhileInStep() {
        FyerCache<String, Long> cache = openInStep();
        database.rows().put("k", 1L);
        cache.get("k");
        int loads = database.loads();

        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get("k")).isEqualTo(1L);
        }

        assertThat(database.loads()).isEqualTo(loads);
        assertThat(figures(cache).lagNanos()).isBetween(0L, STALENESS.toNanos());
    }

    @Test
    void garbage_isCounted_andHarmsNobody() throws Exception {
        FyerCache<String, Long> first = openInStep();
        FyerCache<String, Long> second = openInStep();
        database.rows().put("k", 1L);
        second.get("k");

        for (int length = 0; length < 40; length++) {
            byte[] garbage = new byte[length];
            Arrays.fill(garbage, (byte) 1);
            fixture().publishForeign(topic, garbage);
        }
        eventually().until(() -> figures(second).dropped() >= 40);
        first.put("k", 2L);

        becomes(second, "k", 2L);
        assertThat(figures(second).isInStep()).isTrue();
    }

    // ---- out of step

    @Test
    void brokerIsGoneForThreeSeconds_noReadIsStalerThanTheBound_andAllGoOn() throws Exception {
        surviveOutage(Duration.ofSeconds(3));
    }

    @Tag("nightly")
    @Test
    void brokerIsGoneForTenSeconds_noReadIsStalerThanTheBound_andAllGoOn() throws Exception {
        surviveOutage(Duration.ofSeconds(10));
    }

    private void surviveOutage(Duration outage) throws Exception {
        FyerCache<String, Long> writer = open(options().withConfirmLimit(Duration.ofMillis(300)));
        eventually().until(() -> figures(writer).isInStep());
        FyerCache<String, Long> reader = openInStep();
        StalenessWatch watch = new StalenessWatch(database, reader, STALENESS);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (long version = 1; !over.get(); version++) {
                watch.write(writer, version);
            }
        });
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                watch.read();
            }
        });
        try {
            eventually().until(() -> watch.acknowledged() > 20);
            fixture().stop();
            long stoppedNanos = System.nanoTime();
            eventually().until(() -> !figures(reader).isInStep());
            watch.expectTheLatest(true);
            long leftNanos = outage.toNanos() - (System.nanoTime() - stoppedNanos);
            assertThatThrownBy(() -> reading.get(leftNanos, TimeUnit.NANOSECONDS))
                    .isInstanceOf(TimeoutException.class);
            watch.expectTheLatest(false);
            fixture().start();
            int before = watch.acknowledged();
            eventually().until(() -> figures(reader).isInStep() && watch.acknowledged() > before + 20);
        } finally {
            over.set(true);
            if (!writing.isDone()) {
                writing.get(60, TimeUnit.SECONDS);
            }
            reading.get(60, TimeUnit.SECONDS);
        }
        assertThat(watch.readsMeanwhile()).as("reads while the broker was gone").isPositive();
        assertThat(watch.violations()).isEmpty();
        becomes(reader, StalenessWatch.KEY, database.rows().get(StalenessWatch.KEY));
    }

    @Test
    void put_brokerIsGone_failsAndStays_andIsToldLater() throws Exception {
        FyerCache<String, Long> writer = open(options().withConfirmLimit(Duration.ofMillis(300)));
        FyerCache<String, Long> other = openInStep();
        eventually().until(() -> figures(writer).isInStep());
        database.rows().put("k", 1L);
        assertThat(other.get("k")).isEqualTo(1L);

        fixture().stop();
        try {
            assertThatThrownBy(() -> writer.put("k", 2L)).isInstanceOf(UnconfirmedInvalidationException.class);
            assertThat(database.rows()).containsEntry("k", 2L);
        } finally {
            fixture().start();
        }

        eventually().until(() -> figures(writer).sent() > 0);
        becomes(other, "k", 2L);
        eventually().until(() -> figures(other).isInStep());
    }

    // ---- figures

    @Test
    void propagation_atAThousandASecond_isMeasured() throws Exception {
        int count = 3_000;
        FyerCache<String, Long> writer = open(options().asynchronous());
        eventually().until(() -> figures(writer).isInStep());
        FyerCache<String, Long> reader = openInStep();
        for (int i = 0; i < count; i++) {
            database.rows().put("k" + i, 0L);
            reader.get("k" + i);
        }
        long[] startedNanos = new long[count];
        AtomicInteger started = new AtomicInteger();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            long beginNanos = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long dueNanos = beginNanos + TimeUnit.MILLISECONDS.toNanos(i);
                while (System.nanoTime() - dueNanos < 0) {
                    LockSupport.parkNanos(dueNanos - System.nanoTime());
                }
                startedNanos[i] = System.nanoTime();
                started.set(i + 1);
                writer.put("k" + i, 1L);
            }
        });
        List<Long> took = propagationOf(count, started, i -> {
            boolean gone = !reader.containsKey("k" + i);
            return gone ? System.nanoTime() - startedNanos[i] : -1;
        });
        writing.get(60, TimeUnit.SECONDS);

        assertThat(took).hasSize(count);
        report(took.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** Looks again and again at those that have started until all have arrived; for a minute at most. */
    private static List<Long> propagationOf(int count, AtomicInteger started, IntToLongFunction nanosOfArrived) {
        List<Long> took = new ArrayList<>();
        Queue<Integer> left = new ArrayDeque<>();
        long limitNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int next = 0; took.size() < count && System.nanoTime() - limitNanos < 0; ) {
            for (int end = started.get(); next < end; next++) {
                left.add(next);
            }
            for (int looks = left.size(); looks > 0; looks--) {
                int one = left.remove();
                long nanos = nanosOfArrived.applyAsLong(one);
                if (nanos < 0) {
                    left.add(one);
                } else {
                    took.add(nanos);
                }
            }
            LockSupport.parkNanos(50_000);
        }
        return took;
    }

    private void report(long[] sortedNanos) throws Exception {
        int last = sortedNanos.length - 1;
        String figure = String.format(
                Locale.ROOT,
                "{\"bus\": \"%s\", \"invalidations\": %d, \"perSecond\": 1000, \"p50Micros\": %d, \"p99Micros\": %d,"
                        + " \"maxMicros\": %d}%n",
                fixture().name(),
                sortedNanos.length,
                sortedNanos[last / 2] / 1_000,
                sortedNanos[last * 99 / 100] / 1_000,
                sortedNanos[last] / 1_000);
        System.out.print("propagation of invalidations: " + figure);
        Files.writeString(
                Path.of("target", "invalidation-" + fixture().name() + ".json"), figure, StandardCharsets.UTF_8);
    }
}
