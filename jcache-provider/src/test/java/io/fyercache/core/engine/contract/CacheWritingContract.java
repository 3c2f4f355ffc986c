package io.fyercache.core.engine.contract;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static io.fyercache.core.engine.contract.CacheDefinitions.loader;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.contract.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.GetAndRemove;
import io.fyercache.core.operation.EntryOperation.GetAndReplace;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How every {@link CacheEngine} writes through, and how it changes many keys. */
public abstract class CacheWritingContract extends EngineFixture {
    private final RecordingWriter writer = new RecordingWriter();
    private final RecordingListeners listeners = new RecordingListeners();

    private CacheEngine writingThrough() {
        return open(
                cache().expiry(TimeToLive.ofMillis(1_000)).listeners(listeners).writingThrough(writer));
    }

    static List<EntryOperation> writingOperations() {
        return List.of(
                new Put("w"),
                new Put("w", Long.MAX_VALUE - 1),
                new GetAndPut("w"),
                new Replace("w"),
                new ReplaceIfEqual("v", "w"),
                new GetAndReplace("w"),
                Remove.INSTANCE,
                new RemoveIfEqual("v"),
                GetAndRemove.INSTANCE,
                new Invoke(entry -> {
                    entry.set("w");
                    return null;
                }),
                new Invoke(entry -> {
                    entry.remove();
                    return null;
                }));
    }

    @ParameterizedTest
    @MethodSource("writingOperations")
    void writerFails_entryDeadlineStatisticsAndEventsAsTheyWere(EntryOperation operation) {
        CacheEngine engine = writingThrough();
        engine.execute("k", new Put("v"));
        advance(Duration.ofMillis(600));
        listeners.heard().clear();
        engine.counters().clear();
        writer.refused.add("k");

        assertFails("refused", () -> engine.execute("k", operation));

        assertThat(engine.counters().puts()).isZero();
        assertThat(engine.counters().removals()).isZero();
        assertThat(engine.counters().hits()).isZero();
        assertThat(listeners.heard()).isEmpty();
        assertThat(engine.get("k")).isEqualTo("v");
        advanceUntilJustBefore(400);
        assertThat(engine.containsKey("k")).isTrue();
        advance(Duration.ofMillis(engines.operationMillis()));
        assertThat(engine.containsKey("k")).isFalse();
    }

    @Test
    void writerFails_absentKey_staysAbsentAndFree() throws Exception {
        CacheEngine engine = writingThrough();
        writer.refused.add("k");
        for (EntryOperation operation : List.of(new Put("w"), new PutIfAbsent("w"), Remove.INSTANCE)) {
            assertFails("refused", () -> engine.execute("k", operation));
        }
        assertThat(engine.size()).isZero();
        assertThat(listeners.heard()).isEmpty();
        writer.refused.clear();

        assertThat(elsewhere(() -> engine.execute("k", new PutIfAbsent("w")))).isEqualTo(true);
    }

    private static Map<Object, Object> entries(int count, String value) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> i, i -> value));
    }

    @Test
    void putAll_writtenOnceTogether() {
        CacheEngine engine = writingThrough();

        engine.putAll(entries(3, "v"));

        assertThat(writer.told).containsExactly("writeAll {0=v, 1=v, 2=v}");
        assertThat(engine.getAll(Set.of(0, 1, 2))).isEqualTo(entries(3, "v"));
        assertThat(engine.counters().puts()).isEqualTo(3);
    }

    @Test
    void putAll_writerFailsForSome_exactlyTheWrittenArePut() {
        for (Throwable failure : List.of(new IllegalStateException("refused"), new AssertionError("refused"))) {
            CacheEngine engine = writingThrough();
            engine.putAll(entries(10, "old"));
            listeners.heard().clear();
            engine.counters().clear();
            writer.refused.addAll(List.of(3, 7));
            writer.failure = () -> failure;

            assertFails(failure, () -> engine.putAll(entries(10, "new")));

            for (int i = 0; i < 10; i++) {
                assertThat(engine.get(i)).isEqualTo(i == 3 || i == 7 ? "old" : "new");
            }
            assertThat(engine.counters().puts()).isEqualTo(8);
            assertThat(listeners.heard()).hasSize(engines.listenersAreTold() ? 8 : 0);
            writer.refused.clear();
        }
    }

    @Test
    void removeAll_writerFailsForSome_exactlyTheDeletedAreRemoved() {
        CacheEngine engine = writingThrough();
        engine.putAll(entries(10, "v"));
        writer.refused.addAll(List.of(3, 7));

        assertFails("refused", () -> engine.removeAll(entries(12, "").keySet()));

        assertThat(engine.getAll(entries(12, "").keySet())).isEqualTo(Map.of(3, "v", 7, "v"));
        assertThat(engine.counters().removals()).isEqualTo(8);
    }

    /** Batches over the same keys in opposite orders, of every kind and from many threads, all end. */
    @Test
    void batches_inOppositeOrders_neverBlockEachOther() throws Exception {
        CacheEngine engine = open(cache().readingThrough(loader(key -> "loaded"))
                .writingThrough(writer)
                .listeners(listeners));
        List<Object> forward = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
        List<Object> backward = new ArrayList<>(forward);
        Collections.reverse(backward);
        List<BiConsumer<CacheEngine, List<Object>>> batches = List.of(
                (cache, keys) -> {
                    Map<Object, Object> entries = new LinkedHashMap<>();
                    keys.forEach(key -> entries.put(key, "put"));
                    cache.putAll(entries);
                },
                CacheEngine::removeAll,
                CacheEngine::getAll,
                (cache, keys) -> cache.loadAll(keys, Existing.REPLACE),
                (cache, keys) -> keys.forEach(key -> cache.execute(key, Remove.INSTANCE)));

        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 10; t++) {
            BiConsumer<CacheEngine, List<Object>> batch = batches.get(t % batches.size());
            List<Object> keys = t < 5 ? forward : backward;
            done.add(threads.submit(() -> {
                for (int i = 0; i < rounds(); i++) {
                    batch.accept(engine, keys);
                }
            }));
        }
        for (Future<?> each : done) {
            each.get(60, TimeUnit.SECONDS);
        }

        engine.putAll(Map.of(0, "end"));
        assertThat(engine.get(0)).isEqualTo("end");
        assertThat(writer.rows).containsEntry(0, "end");
    }

    /** Returns how often batches cross each other: often enough to meet in many ways, and within seconds. */
    protected int rounds() {
        return 100;
    }
}
