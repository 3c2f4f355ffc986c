package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.contract.UserCodeContract;
import io.fyercache.core.entry.KeyDeadlockException;
import io.fyercache.core.operation.EntryOperation.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beyond the contract: circles of keys are found where all threads are in one JVM. */
class LocalUserCodeTest extends UserCodeContract {

    @Override
    protected Engines start() {
        return new LocalEngines();
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
}
