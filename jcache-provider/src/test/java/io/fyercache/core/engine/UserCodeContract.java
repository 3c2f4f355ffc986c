package io.fyercache.core.engine;

import static io.fyercache.core.engine.CacheDefinitions.cache;
import static io.fyercache.core.engine.CacheDefinitions.loader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.CacheDefinitions.TimeToLive;
import io.fyercache.core.entry.KeyDeadlockException;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CacheEngine} does with user code that throws, waits, or uses the cache itself. */
abstract class UserCodeContract extends EngineFixture {

    // ---- user code inside user code
    // --------------------------------------------------------------------------------------------

    @Test
    void processor_usesAnotherKey_works() {
        CacheEngine engine = open(cache());

        invoke(engine, "a", entry -> {
            engine.execute("b", new Put("from a"));
            entry.set(invoke(engine, "c", inner -> {
                inner.set("C");
                return "from c";
            }));
            return null;
        });

        assertThat(engine.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("a", "from c", "b", "from a", "c", "C"));
    }

    @Test
    void processors_useEachOthersKey_exactlyOneIsRefused() throws Exception {
        for (int round = 0; round < 200; round++) {
            CacheEngine engine = open(cache());
            engine.putAll(Map.of("a", 0, "b", 0));
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicInteger refused = new AtomicInteger();

            Future<?> one = threads.submit(() -> moveThrough(engine, "a", "b", both, refused));
            Future<?> two = threads.submit(() -> moveThrough(engine, "b", "a", both, refused));
            one.get(SOON_SECONDS, TimeUnit.SECONDS);
            two.get(SOON_SECONDS, TimeUnit.SECONDS);

            assertThat(refused).hasValue(1);
            // The refused one changed nothing; the other both keys.
            assertThat(engine.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", 1, "b", 1));
        }
    }

    private static void moveThrough(
            CacheEngine engine, Object outer, Object inner, CyclicBarrier both, AtomicInteger refused) {
        try {
            invoke(engine, outer, entry -> {
                join(both);
                invoke(engine, inner, other -> {
                    other.set((Integer) other.value() + 1);
                    return null;
                });
                entry.set((Integer) entry.value() + 1);
                return null;
            });
        } catch (KeyDeadlockException e) {
            refused.incrementAndGet();
        }
    }

    private static void join(CyclicBarrier barrier) {
        try {
            barrier.await(SOON_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void processor_changesItsOwnKey_refusedAndEntryUnchanged(UserCode code) {
        CacheEngine engine = openWith(code);
        engine.execute("k", new Put("v"));

        assertThatThrownBy(() -> invoke(engine, "k", entry -> engine.execute("k", new Put("w"))))
                .isInstanceOf(KeyDeadlockException.class)
                .hasMessageContaining("this thread");

        assertThat(engine.get("k")).isEqualTo("v");
        engine.execute("k", new Put("later"));
        assertThat(engine.get("k")).isEqualTo("later");
    }

    @ParameterizedTest
    @EnumSource
    void processor_readsItsOwnExpiredKey_findsNothing(UserCode code) {
        CacheEngine engine = openWith(code);
        engine.execute("k", new Put("v"));
        clock.advance(Duration.ofSeconds(1));

        assertThat(invoke(engine, "k", entry -> engine.get("k") + ", " + engine.containsKey("k")))
                .isEqualTo("null, false");
    }

    @ParameterizedTest
    @EnumSource
    void userCode_throwsError_keyIsFreeAndUnchanged(UserCode code) throws Exception {
        CacheEngine engine = openWith(code);
        engine.execute("k", new Put("v"));
        for (Error error : List.of(new AssertionError("a"), new OutOfMemoryError("b"), new StackOverflowError("c"))) {
            assertThatThrownBy(() -> invoke(engine, "k", entry -> {
                        entry.set("w");
                        throw error;
                    }))
                    .isSameAs(error);
        }

        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(elsewhere(() -> engine.execute("k", new GetAndPut("x")))).isEqualTo("v");
    }

    /** A processor that invokes itself on one key after the other until the stack is full leaves no key held. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = "BOUND") // Caffeine makes no such promise of its own structures.
    void stackOverflow_anywhere_leavesNoKeyHeld(UserCode code) throws Exception {
        CacheEngine engine = openWith(code);
        AtomicInteger deepest = new AtomicInteger();
        for (int run = 0; run < 10; run++) {
            int waste = run;
            elsewhere(() -> {
                assertThatThrownBy(() -> wasteStack(waste, () -> descend(engine, 0, deepest)))
                        .isInstanceOf(StackOverflowError.class);
                return null;
            });
            List<Object> keys = new ArrayList<>();
            for (int i = 0; i <= deepest.get() + 1; i++) {
                keys.add(i);
            }
            elsewhere(() -> {
                keys.forEach(key -> engine.execute(key, new Put("free")));
                return null;
            });
        }
        assertThat(deepest.get()).isPositive();
    }

    private static void descend(CacheEngine engine, int depth, AtomicInteger deepest) {
        deepest.accumulateAndGet(depth, Math::max);
        invoke(engine, depth, entry -> {
            descend(engine, depth + 1, deepest);
            return null;
        });
    }

    private static void wasteStack(int frames, Runnable then) {
        if (frames == 0) {
            then.run();
        } else {
            wasteStack(frames - 1, then);
        }
    }

    // ---- listeners
    // -------------------------------------------------------------------------------------------------------------

    @Test
    void events_areInOrderOfCommits() throws Exception {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners));
        engine.execute("k", new Put(0));
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            done.add(threads.submit(() -> IntStream.range(0, 500)
                    .forEach(i -> invoke(engine, "k", entry -> {
                        entry.set((Integer) entry.value() + 1);
                        return null;
                    }))));
        }
        for (Future<?> each : done) {
            each.get(SOON_SECONDS, TimeUnit.SECONDS);
        }

        List<String> expected = new ArrayList<>(List.of("CREATED k=0(null)"));
        IntStream.range(0, 2_000).forEach(i -> expected.add("UPDATED k=" + (i + 1) + "(" + i + ")"));
        assertThat(listeners.heard()).isEqualTo(expected);
    }

    @Test
    void listener_changesItsOwnKey_everyListenerHearsTheOrderOfCommits() {
        RecordingListeners first = new RecordingListeners();
        RecordingListeners second = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(new ChangeListeners() {
            @Override
            public boolean isEmpty() {
                return false;
            }

            @Override
            public ChangeInterest interest() {
                throw new AssertionError("asked at each change alone");
            }

            @Override
            public void publish(EntryChange change) {
                first.publish(change);
                second.publish(change);
            }
        }));
        first.then(change -> {
            if (change.value().equals("v")) {
                assertThat(engine.execute("k", new GetAndPut("w"))).isEqualTo("v");
                assertThat(engine.get("k")).isEqualTo("w");
            }
        });

        engine.execute("k", new Put("v"));

        assertThat(engine.get("k")).isEqualTo("w");
        assertThat(first.heard()).containsExactly("CREATED k=v(null)", "UPDATED k=w(v)");
        assertThat(second.heard()).isEqualTo(first.heard());
    }

    @Test
    void listener_throws_operationHasHappenedAndKeyIsFree() throws Exception {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners));
        listeners.then(change -> {
            throw new IllegalArgumentException(change.kind().toString());
        });

        assertThatThrownBy(() -> engine.execute("k", new Put("v"))).hasMessage("CREATED");

        assertThat(engine.get("k")).isEqualTo("v");
        listeners.then(change -> {});
        assertThat(elsewhere(() -> engine.execute("k", new GetAndPut("w")))).isEqualTo("v");
    }

    @Test
    void listener_throwsForTheExpiredValue_operationHappensAllTheSame() {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners).expiry(TimeToLive.ofMillis(1_000)));
        engine.execute("k", new Put("v"));
        clock.advance(Duration.ofSeconds(1));
        listeners.then(change -> {
            throw new IllegalArgumentException(change.kind().toString());
        });

        assertThatThrownBy(() -> engine.execute("k", new Put("w"))).hasMessage("EXPIRED");

        assertThat(engine.get("k")).isEqualTo("w");
        assertThat(listeners.heard()).containsExactly("CREATED k=v(null)", "EXPIRED k=v(v)", "CREATED k=w(null)");
    }

    @ParameterizedTest
    @EnumSource(names = {"LISTENER", "WRITER"})
    void batch_listenerThrowsForOneKey_othersHappenAllTheSame(UserCode code) {
        RecordingListeners listeners = new RecordingListeners();
        CacheDefinitions definition = cache().listeners(listeners);
        CacheEngine engine =
                open(code == UserCode.WRITER ? definition.writingThrough(new RecordingWriter()) : definition);
        Map<Object, Object> entries = new HashMap<>();
        IntStream.range(0, 20).forEach(i -> entries.put(i, "v"));
        listeners.then(change -> {
            throw new IllegalArgumentException("no");
        });

        assertThatThrownBy(() -> engine.putAll(entries)).hasMessage("no");
        assertThat(engine.size()).isEqualTo(20);
        assertThat(listeners.heard()).hasSize(20);
        assertThatThrownBy(() -> engine.removeAll(entries.keySet())).hasMessage("no");

        assertThat(engine.size()).isZero();
        assertThat(listeners.heard()).hasSize(40);
    }

    @Test
    void loadAll_listenerThrowsForOneKey_othersAreKept() {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners).readingThrough(loader(key -> "v" + key)));
        listeners.then(change -> {
            throw new IllegalArgumentException("no");
        });

        assertThatThrownBy(() -> engine.getAll(Set.of(1, 2, 3))).hasMessage("no");

        assertThat(engine.size()).isEqualTo(3);
    }
}
