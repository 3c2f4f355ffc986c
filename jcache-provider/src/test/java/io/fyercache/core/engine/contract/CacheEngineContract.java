package io.fyercache.core.engine.contract;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.contract.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.GetAndRemove;
import io.fyercache.core.operation.EntryOperation.GetAndReplace;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CacheEngine} does, wherever its entries live. */
public abstract class CacheEngineContract extends EngineFixture {

    private static String statistics(CacheEngine engine) {
        return "hits " + engine.counters().hits() + ", misses "
                + engine.counters().misses() + ", puts " + engine.counters().puts() + ", removals "
                + engine.counters().removals();
    }

    // ---- operations
    // ------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void everyOperation_doesWhatItsNameSays(UserCode code) {
        CacheEngine engine = openWith(code);

        assertThat(engine.get("k")).isNull();
        assertThat(engine.execute("k", new Replace("x"))).isEqualTo(false);
        assertThat(engine.execute("k", new PutIfAbsent("a"))).isEqualTo(true);
        assertThat(engine.execute("k", new PutIfAbsent("x"))).isEqualTo(false);
        assertThat(engine.get("k")).isEqualTo("a");
        assertThat(engine.execute("k", new GetAndPut("b"))).isEqualTo("a");
        assertThat(engine.execute("k", new ReplaceIfEqual("a", "x"))).isEqualTo(false);
        assertThat(engine.execute("k", new ReplaceIfEqual("b", "c"))).isEqualTo(true);
        assertThat(engine.execute("k", new GetAndReplace("d"))).isEqualTo("c");
        assertThat(engine.execute("k", new Put("e"))).isNull();
        assertThat(engine.execute("k", new RemoveIfEqual("d"))).isEqualTo(false);
        assertThat(engine.containsKey("k")).isTrue();
        assertThat(engine.execute("k", new RemoveIfEqual("e"))).isEqualTo(true);
        assertThat(engine.containsKey("k")).isFalse();
        assertThat(engine.execute("k", Remove.INSTANCE)).isEqualTo(false);
        assertThat(engine.execute("k", new Put("f"))).isNull();
        assertThat(engine.execute("k", GetAndRemove.INSTANCE)).isEqualTo("f");
        assertThat(engine.size()).isZero();
        // get 2; replace, putIfAbsent x2, getAndPut, replace x2, getAndReplace, remove x2, getAndRemove
        assertThat(statistics(engine)).isEqualTo("hits 9, misses 3, puts 6, removals 2");
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_onExpiredEntry_findsNone(UserCode code) {
        CacheEngine engine = openWith(code);
        List<Runnable> checks = List.of(
                () -> assertThat(engine.get("k")).isNull(),
                () -> assertThat(engine.containsKey("k")).isFalse(),
                () -> assertThat(engine.getAll(Set.of("k"))).isEmpty(),
                () -> assertThat(engine.execute("k", new Replace("x"))).isEqualTo(false),
                () -> assertThat(engine.execute("k", new ReplaceIfEqual("v", "x")))
                        .isEqualTo(false),
                () -> assertThat(engine.execute("k", new GetAndReplace("x"))).isNull(),
                () -> assertThat(engine.execute("k", new GetAndPut("x"))).isNull(),
                () -> assertThat(engine.execute("k", new PutIfAbsent("x"))).isEqualTo(true),
                () -> assertThat(engine.execute("k", new RemoveIfEqual("v"))).isEqualTo(false),
                () -> assertThat(engine.execute("k", Remove.INSTANCE)).isEqualTo(false),
                () -> assertThat(engine.execute("k", GetAndRemove.INSTANCE)).isNull(),
                () -> assertThat(invoke(engine, "k", entry -> entry.exists())).isEqualTo(false),
                () -> assertThat(engine.iterator().hasNext()).isFalse());
        for (Runnable check : checks) {
            engine.execute("k", new Put("v"));
            advance(Duration.ofSeconds(1));
            check.run();
        }
        assertThat(engine.counters().removals()).isZero();
    }

    @Test
    void getAll_returnsThePresent_countsEach() {
        CacheEngine engine = open(cache());
        engine.putAll(Map.of("a", "1", "b", "2"));

        assertThat(engine.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("a", "1", "b", "2"));

        assertThat(statistics(engine)).isEqualTo("hits 2, misses 1, puts 2, removals 0");
    }

    @Test
    void clear_tellsNobodyAndCountsNothing() {
        RecordingListeners listeners = new RecordingListeners();
        RecordingWriter writer = new RecordingWriter();
        CacheEngine engine = open(cache().listeners(listeners).writingThrough(writer));
        engine.putAll(Map.of("a", "1", "b", "2"));
        listeners.heard().clear();
        writer.told.clear();

        engine.clear();

        assertThat(engine.size()).isZero();
        assertThat(listeners.heard()).isEmpty();
        assertThat(writer.told).isEmpty();
        assertThat(engine.counters().removals()).isZero();
    }

    @Test
    void clear_keyHeldMeanwhile_goesToo() throws Exception {
        CacheEngine engine = open(cache());
        engine.execute("k", new Put("v"));
        Barrier inside = new Barrier();
        Future<?> processor = threads.submit(() -> invoke(engine, "k", entry -> {
            inside.reachAndWait();
            return entry.value();
        }));
        inside.awaitReached();

        Future<?> clear = threads.submit(engine::clear);
        inside.open();

        processor.get(SOON_SECONDS, TimeUnit.SECONDS);
        clear.get(SOON_SECONDS, TimeUnit.SECONDS);
        assertThat(engine.containsKey("k")).isFalse();
    }

    @Test
    void removeAll_tellsTheWriterWhatWasThere_secondTimeNothing() {
        RecordingWriter writer = new RecordingWriter();
        CacheEngine engine = open(cache().writingThrough(writer));
        engine.putAll(Map.of("a", "1", "b", "2"));
        writer.told.clear();

        engine.removeAll();
        assertThat(writer.told).containsExactly("deleteAll [a, b]");
        engine.removeAll();

        assertThat(writer.told).hasSize(1);
        assertThat(engine.counters().removals()).isEqualTo(2);
    }

    @Test
    void iterator_countsAHitForEachReturned_notForLookingAhead() {
        CacheEngine engine = open(cache());
        engine.putAll(Map.of("a", "1", "b", "2"));

        Iterator<Map.Entry<Object, Object>> entries = engine.iterator();
        assertThat(entries.hasNext()).isTrue();
        assertThat(engine.counters().hits()).isZero();
        entries.next();
        assertThat(entries.hasNext()).isTrue();

        assertThat(engine.counters().hits()).isEqualTo(1);
    }

    @Test
    void iterator_zeroAccessExpiry_entryJustPromisedIsReturned() {
        TimeToLive gone = new TimeToLive(Duration.ofSeconds(1), null, Duration.ZERO);
        CacheEngine engine = open(cache().expiry(gone));
        engine.execute("a", new Put("1"));

        Iterator<Map.Entry<Object, Object>> entries = engine.iterator();
        assertThat(entries.hasNext()).isTrue();
        assertThat(entries.next().getValue()).isEqualTo("1");

        assertThat(engine.iterator().hasNext()).isFalse();
        assertThatThrownBy(() -> engine.iterator().next()).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void iterator_remove_removesTheLastReturned() {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners));
        engine.putAll(Map.of("a", "1", "b", "2"));
        Iterator<Map.Entry<Object, Object>> entries = engine.iterator();
        assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);

        Object first = entries.next().getKey();
        assertThat(entries.hasNext()).isTrue();
        entries.remove();

        assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
        assertThat(engine.containsKey(first)).isFalse();
        assertThat(engine.size()).isEqualTo(1);
        assertThat(engine.counters().removals()).isEqualTo(1);
    }
}
