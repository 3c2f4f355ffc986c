package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;

import io.fyercache.core.engine.contract.CacheDefinitions;
import io.fyercache.core.engine.contract.CacheDefinitions.ListenersOfAll;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.GetAndRemove;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.HeapEntryStore;
import io.fyercache.core.time.ManualClock;
import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operations on one and two keys are linearizable, however threads are interleaved: plain ones, those whose key is held for a processor or
 * a listener, and those that move a key to an entry with room for a deadline.
 */
class LocalCacheEngineLincheckTest {

    @ParameterizedTest
    @ValueSource(classes = {PlainCache.class, ListenedCache.class, ExpiringCache.class})
    void operations_modelChecked_linearizable(Class<?> cache) {
        check(new ModelCheckingOptions().actorsPerThread(2), cache, 3, 40);
    }

    @ParameterizedTest
    @ValueSource(classes = {PlainCache.class, ListenedCache.class, ExpiringCache.class})
    void operations_underStress_linearizable(Class<?> cache) {
        check(new StressOptions().actorsPerThread(2), cache, 4, 300);
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(classes = {PlainCache.class, ListenedCache.class, ExpiringCache.class})
    void operations_modelCheckedLong_linearizable(Class<?> cache) {
        check(new ModelCheckingOptions().actorsPerThread(3), cache, 30, 300);
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(classes = {PlainCache.class, ListenedCache.class, ExpiringCache.class})
    void operations_underLongStress_linearizable(Class<?> cache) {
        check(new StressOptions().actorsPerThread(3), cache, 30, 5_000);
    }

    private static void check(Options<?, ?> options, Class<?> cache, int iterations, int invocations) {
        options.threads(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(iterations)
                .invocationsPerIteration(invocations)
                .sequentialSpecification(SequentialCache.class)
                .minimizeFailedScenario(true)
                .check(cache);
    }

    /** No user code but a processor's: most operations are plain. */
    public static final class PlainCache extends Subject {
        public PlainCache() {
            super(cache());
        }
    }

    /** Somebody listens: every operation holds its key. */
    public static final class ListenedCache extends Subject {
        public ListenedCache() {
            super(cache().listeners(new ListenersOfAll() {
                @Override
                public void publish(EntryChange change) {
                    // The hold is what matters.
                }
            }));
        }
    }

    /** Every entry has a deadline, which reads move. */
    public static final class ExpiringCache extends Subject {
        public ExpiringCache() {
            super(cache().expiry(TimeToLive.touchedOfMillis(1_000)));
        }
    }

    /** The operations; results are those of a map, see {@link SequentialCache}. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public abstract static class Subject {
        private static final long FAR_DEADLINE_MILLIS = 1_000_000;

        private final CacheEngine engine;

        Subject(CacheDefinitions definition) {
            engine = new LocalCacheEngine(
                    definition.build(),
                    new HeapEntryStore(),
                    new CacheCounters(),
                    new ManualClock(0),
                    new HoldWaits(),
                    null,
                    closed -> {});
        }

        private Object run(int key, EntryOperation operation) {
            return engine.execute(key, operation);
        }

        @Operation
        public Object get(@Param(name = "key") int key) {
            return engine.get(key);
        }

        @Operation
        public boolean containsKey(@Param(name = "key") int key) {
            return engine.containsKey(key);
        }

        @Operation
        public Object put(@Param(name = "key") int key, @Param(name = "value") int value) {
            return run(key, new Put(value));
        }

        @Operation
        public Object putWithDeadline(@Param(name = "key") int key, @Param(name = "value") int value) {
            return run(key, new Put(value, FAR_DEADLINE_MILLIS));
        }

        @Operation
        public Object putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
            return run(key, new PutIfAbsent(value));
        }

        @Operation
        public Object replace(@Param(name = "key") int key, @Param(name = "value") int value) {
            return run(key, new Replace(value));
        }

        @Operation
        public Object replaceIfOne(@Param(name = "key") int key, @Param(name = "value") int value) {
            return run(key, new ReplaceIfEqual(1, value));
        }

        @Operation
        public Object getAndPut(@Param(name = "key") int key, @Param(name = "value") int value) {
            return run(key, new GetAndPut(value));
        }

        @Operation
        public Object remove(@Param(name = "key") int key) {
            return run(key, Remove.INSTANCE);
        }

        @Operation
        public Object getAndRemove(@Param(name = "key") int key) {
            return run(key, GetAndRemove.INSTANCE);
        }

        @Operation
        public Object increment(@Param(name = "key") int key) {
            return run(key, new Invoke(entry -> {
                Object seen = entry.value();
                entry.set(seen == null ? 1 : (Integer) seen + 1);
                return seen;
            }));
        }
    }

    /** What the operations mean when one comes after the other. */
    public static final class SequentialCache {
        private final Map<Integer, Integer> map = new HashMap<>();

        public Object get(int key) {
            return map.get(key);
        }

        public boolean containsKey(int key) {
            return map.containsKey(key);
        }

        public Object put(int key, int value) {
            map.put(key, value);
            return null;
        }

        public Object putWithDeadline(int key, int value) {
            return put(key, value);
        }

        public Object putIfAbsent(int key, int value) {
            return map.putIfAbsent(key, value) == null;
        }

        public Object replace(int key, int value) {
            return map.replace(key, value) != null;
        }

        public Object replaceIfOne(int key, int value) {
            return map.replace(key, 1, value);
        }

        public Object getAndPut(int key, int value) {
            return map.put(key, value);
        }

        public Object remove(int key) {
            return map.remove(key) != null;
        }

        public Object getAndRemove(int key) {
            return map.remove(key);
        }

        public Object increment(int key) {
            Integer seen = map.get(key);
            map.put(key, seen == null ? 1 : seen + 1);
            return seen;
        }
    }
}
