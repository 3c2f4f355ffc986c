package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static io.fyercache.core.engine.contract.CacheDefinitions.loader;
import static io.fyercache.core.engine.contract.EngineFixture.SOON_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.engine.contract.CacheDefinitions;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.engine.contract.EngineFixture;
import io.fyercache.core.engine.contract.EngineFixture.Barrier;
import io.fyercache.core.engine.contract.RecordingWriter;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.time.SystemClock;
import io.fyercache.core.write.Change;
import io.fyercache.core.write.DeadLetter;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.core.write.WriteBehindSettings.Retries;
import io.fyercache.core.write.WriteQueueFullException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The local engine as it writes behind, on the machine's clock: what must not happen yet has a delay that no test outlives. */
class LocalWriteBehindTest {
    private static final long AN_HOUR = 3_600_000;
    private static final Retries TWO_ATTEMPTS = new Retries(2, 1, 1);

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final String name = "behind-test-" + TESTS.incrementAndGet();
    private final LocalCacheEngines engines =
            new LocalCacheEngines(name, SystemClock.INSTANCE, new HoldWaits(), () -> 0.5);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RecordingWriter writer = new RecordingWriter();
    private final List<CacheEngine> opened = new ArrayList<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
        for (CacheEngine each : opened) {
            try {
                each.close();
            } catch (UnwrittenChangesException e) {
                assertThat(e.unwritten())
                        .as("only dead letters are left on purpose")
                        .isZero();
            }
        }
        engines.close();
        soon().until(() -> threadNames().isEmpty());
    }

    private static WriteBehindSettings settings(long delayMillis, int maximum, long queueWaitMillis, long drainMillis) {
        return new WriteBehindSettings(delayMillis, 10, maximum, queueWaitMillis, TWO_ATTEMPTS, drainMillis);
    }

    private static WriteBehindSettings after(long delayMillis) {
        return settings(delayMillis, 1_000, 0, TimeUnit.SECONDS.toMillis(SOON_SECONDS));
    }

    private CacheEngine open(CacheDefinitions definition) {
        CacheEngine engine = engines.open(definition.build());
        opened.add(engine);
        return engine;
    }

    private CacheEngine writingBehind(WriteBehindSettings settings) {
        return open(cache().writingBehind(writer, settings));
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON_SECONDS, TimeUnit.SECONDS);
    }

    private static QueuedChanges queued(CacheEngine engine) {
        return engine.queuedChanges();
    }

    // ---- writing

    @Test
    void put_isThereAtOnce_andWrittenInTheBackground() {
        CacheEngine engine = writingBehind(after(0));

        engine.execute("k", new Put("v"));

        assertThat(engine.get("k")).isEqualTo("v");
        soon().until(() -> writer.rows.equals(Map.of("k", "v")));
        soon().until(() -> queued(engine).depth() == 0);
        assertThat(engine.counters().writes()).isEqualTo(1);
        assertThat(engine.counters().writeBatches()).isEqualTo(1);
    }

    @Test
    void changesOfAKeyWithinTheDelay_areOneWrite() {
        CacheEngine engine = writingBehind(after(AN_HOUR));
        engine.execute("k", new Put("1"));
        engine.execute("k", Remove.INSTANCE);
        engine.execute("k", new Put("2"));
        engine.execute("gone", new Put("1"));
        engine.execute("gone", Remove.INSTANCE);
        assertThat(queued(engine).depth()).isEqualTo(2);
        assertThat(writer.told).isEmpty();

        engine.close();

        assertThat(writer.told).containsExactly("writeAll {k=2}", "deleteAll [gone]");
    }

    @Test
    void changesOfManyKeys_areWrittenInBatches() {
        CacheEngine engine = writingBehind(after(AN_HOUR));
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < 25; i++) {
            entries.put(i, "v");
        }
        engine.putAll(entries);
        engine.removeAll(List.of(24));

        engine.close();

        assertThat(writer.told).hasSize(4).last().isEqualTo("deleteAll [24]");
        assertThat(writer.rows).hasSize(24);
    }

    @Test
    void aChangeByItself_isWrittenByItself() {
        CacheEngine engine = writingBehind(after(AN_HOUR));
        engine.execute("k", Remove.INSTANCE);

        engine.close();

        assertThat(writer.told).containsExactly("delete k");
    }

    @Test
    void loadedValues_areNotWritten() {
        CacheEngine engine = open(cache().writingBehind(writer, after(0)).readingThrough(loader(key -> "loaded")));

        assertThat(engine.get("k")).isEqualTo("loaded");
        engine.close();

        assertThat(writer.told).isEmpty();
    }

    // ---- what is not written yet hides the database

    private CacheEngine overDatabase(CacheDefinitions definition) {
        return open(definition.writingBehind(writer, after(AN_HOUR)).readingThrough(loader(key -> "old")));
    }

    @Test
    void evicted_beforeItIsWritten_isReadAsItWasPut() {
        CacheEngine engine = overDatabase(cache().maximumEntries(1));
        for (int i = 0; i < 20; i++) {
            engine.execute(i, new Put("new"));
        }
        soon().until(() -> engine.size() <= 1);

        for (int i = 0; i < 20; i++) {
            assertThat(engine.get(i)).isEqualTo("new");
        }
        assertThat(engine.getAll(Set.of(3, 4, "other"))).isEqualTo(Map.of(3, "new", 4, "new", "other", "old"));
    }

    @Test
    void dropped_beforeItIsWritten_isReadLoadedAndProcessedAsItWasPut() {
        CacheEngine engine = overDatabase(cache());
        engine.putAll(Map.of("a", "new", "b", "new", "c", "new"));
        engine.execute("a", Invalidate.INSTANCE);
        engine.clear();

        assertThat(engine.get("a")).isEqualTo("new");
        engine.loadAll(List.of("b"), Existing.REPLACE);
        assertThat(engine.get("b")).isEqualTo("new");
        assertThat(engine.execute("c", new Invoke(entry -> entry.value()))).isEqualTo("new");
    }

    @Test
    void removed_beforeItIsDeleted_isNotLoaded() {
        CacheEngine engine = overDatabase(cache());
        engine.execute("k", Remove.INSTANCE);

        assertThat(engine.get("k")).isNull();
        assertThat(engine.getAll(Set.of("k"))).isEmpty();
        engine.loadAll(List.of("k"), Existing.REPLACE);
        assertThat(engine.execute("k", new Invoke(entry -> entry.value()))).isNull();
    }

    @Test
    void expired_beforeItIsWritten_isLoadedAsItWasPut() {
        CacheEngine engine = overDatabase(cache().expiry(TimeToLive.ofMillis(1)));
        engine.execute("k", new Put("new"));
        soon().until(() -> !engine.containsKey("k"));

        assertThat(engine.get("k")).isEqualTo("new");
    }

    @Test
    void written_theDatabaseIsAskedAgain() {
        CacheEngine engine = open(cache().writingBehind(writer, after(0)).readingThrough(loader(key -> "changed")));
        engine.execute("k", new Put("new"));
        soon().until(() -> queued(engine).depth() == 0);
        engine.clear();

        assertThat(engine.get("k")).isEqualTo("changed");
    }

    // ---- order

    @Test
    void put_whileTheKeyIsBeingWritten_waitsAndIsWrittenAfterwards() {
        Barrier barrier = new Barrier();
        CacheEngine engine = open(cache().writingBehind(new Hooked(writer, key -> barrier.reachAndWait()), after(0)));
        engine.execute("k", new Put("1"));
        barrier.awaitReached();

        engine.execute("k", new Put("2"));
        assertThat(engine.get("k")).isEqualTo("2");
        assertThat(writer.told).isEmpty();
        barrier.open();

        soon().until(() -> queued(engine).depth() == 0);
        assertThat(writer.told).containsExactly("write k=1", "write k=2");
    }

    /** Whatever threads do, and however often the database fails: each key is written in its order, and in the end as it is in the cache. */
    @Test
    void manyThreads_overADatabaseThatFails_writesAreInOrderAndCompleteInTheEnd() throws Exception {
        Map<Object, Integer> written = new ConcurrentHashMap<>();
        Map<Object, String> disorder = new ConcurrentHashMap<>();
        Random chance = new Random(1);
        EntryWriter failing =
                new Hooked(writer, key -> {
                    if (chance.nextInt(3) == 0) {
                        throw new IllegalStateException("the database is tired");
                    }
                }) {
                    @Override
                    public void write(Object key, Object value) {
                        super.write(key, value);
                        note(key, (Integer) value);
                    }

                    @Override
                    public void writeAll(Map<Object, Object> entries) {
                        Map<Object, Object> told = Map.copyOf(entries);
                        super.writeAll(entries);
                        told.forEach((key, value) -> note(key, (Integer) value));
                    }

                    private void note(Object key, int value) {
                        Integer before = written.put(key, value);
                        if (before != null && before > value) {
                            disorder.put(key, before + " before " + value);
                        }
                    }
                };
        CacheEngine engine = open(cache().writingBehind(
                        failing, new WriteBehindSettings(1, 7, 20, AN_HOUR, new Retries(1_000, 1, 4), AN_HOUR)));
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random own = new Random(thread);
            all.add(threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    engine.execute(own.nextInt(50), new Invoke(entry -> {
                        entry.set(entry.exists() ? (Integer) entry.value() + 1 : 1);
                        return null;
                    }));
                }
            }));
        }
        for (Future<?> each : all) {
            each.get(SOON_SECONDS, TimeUnit.SECONDS);
        }

        engine.close();

        assertThat(disorder).isEmpty();
        assertThat(written.values().stream().mapToInt(Integer::intValue).sum())
                .as("every key as often as it was changed")
                .isEqualTo(4_000);
        assertThat(writer.rows).isEqualTo(written);
    }

    /** A writer that is asked before, and may be held up or fail. */
    private static class Hooked implements EntryWriter {
        private final EntryWriter writer;
        private final Consumer<Object> before;

        Hooked(EntryWriter writer, Consumer<Object> before) {
            this.writer = writer;
            this.before = before;
        }

        @Override
        public void write(Object key, Object value) {
            before.accept(key);
            writer.write(key, value);
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            before.accept(entries);
            writer.writeAll(entries);
        }

        @Override
        public void delete(Object key) {
            before.accept(key);
            writer.delete(key);
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            before.accept(keys);
            writer.deleteAll(keys);
        }
    }

    // ---- failures

    @Test
    void writerFailsOnce_isTriedAgain() {
        CacheEngine engine = writingBehind(after(0));
        writer.refused.add("k");
        writer.failure = () -> {
            writer.refused.clear();
            return new IllegalStateException("refused");
        };

        engine.execute("k", new Put("v"));

        soon().until(() -> queued(engine).depth() == 0);
        assertThat(writer.rows).isEqualTo(Map.of("k", "v"));
        assertThat(engine.counters().writeFailures()).isEqualTo(1);
    }

    @Test
    void writerRefusesOneOfABatch_thatOneIsADeadLetterAndTheOthersAreWritten() {
        CacheEngine engine = writingBehind(after(AN_HOUR));
        writer.refused.add("bad");
        writer.failure = () -> new AssertionError("refused");
        engine.putAll(Map.of("a", "v", "bad", "v", "c", "v"));

        UnwrittenChangesException left = catchThrowableOfType(UnwrittenChangesException.class, engine::close);

        assertThat(left.unwritten()).isZero();
        assertThat(left.deadLetters()).isEqualTo(1);
        assertThat(left).hasMessageContainingAll("cache 'test'", "1 dead letters", "AssertionError: refused");
        assertThat(writer.rows).isEqualTo(Map.of("a", "v", "c", "v"));
    }

    private CacheEngine withDeadLetter() {
        CacheEngine engine = open(cache().writingBehind(writer, after(0)).readingThrough(loader(key -> "old")));
        writer.refused.add("k");
        engine.execute("k", new Put("v"));
        soon().until(() -> queued(engine).deadLetterCount() == 1);
        return engine;
    }

    @Test
    void deadLetter_isToldWithItsFailure_andHidesTheDatabase() {
        CacheEngine engine = withDeadLetter();

        assertThat(queued(engine).deadLetters())
                .containsExactly(new DeadLetter<>("k", new Change("v"), 2, "java.lang.IllegalStateException: refused"));
        assertThat(queued(engine).depth()).isZero();
        assertThat(queued(engine).lagMillis()).isZero();
        assertThat(engine.counters().writesGivenUp()).isEqualTo(1);
        engine.clear();
        assertThat(engine.get("k")).isEqualTo("v");
    }

    @Test
    void deadLetter_replayed_isWritten() {
        CacheEngine engine = withDeadLetter();
        writer.refused.clear();

        assertThat(queued(engine).replay("k")).isTrue();

        soon().until(() -> queued(engine).depth() == 0);
        assertThat(writer.rows).isEqualTo(Map.of("k", "v"));
        assertThat(queued(engine).deadLetters()).isEmpty();
        assertThat(queued(engine).replay("k")).isFalse();
    }

    @Test
    void deadLetter_discarded_theDatabaseCounts() {
        CacheEngine engine = withDeadLetter();

        assertThat(queued(engine).discard("k")).isTrue();

        engine.clear();
        assertThat(engine.get("k")).isEqualTo("old");
        assertThat(queued(engine).discard("k")).isFalse();
    }

    @Test
    void deadLetter_changedAgain_isThatChange() {
        CacheEngine engine = withDeadLetter();
        writer.refused.clear();

        engine.execute("k", new Put("w"));

        soon().until(() -> writer.rows.equals(Map.of("k", "w")));
        assertThat(queued(engine).deadLetterCount()).isZero();
    }

    // ---- bound

    @Test
    void full_newKeysFail_andNothingHasHappened_knownKeysGoOn() {
        Barrier barrier = new Barrier();
        CacheEngine engine = open(
                cache().writingBehind(new Hooked(writer, key -> barrier.reachAndWait()), settings(0, 2, 0, AN_HOUR)));
        engine.execute("a", new Put("1"));
        barrier.awaitReached();
        engine.execute("b", new Put("1"));

        assertThatThrownBy(() -> engine.execute("c", new Put("1")))
                .isInstanceOf(WriteQueueFullException.class)
                .hasMessageContainingAll("cache 'test'", "2 keys", "0 ms", "last failure: none");
        assertThatThrownBy(() -> engine.execute("c", Remove.INSTANCE)).isInstanceOf(WriteQueueFullException.class);
        assertThat(engine.containsKey("c")).isFalse();
        assertThat(engine.execute("b", new GetAndPut("2"))).isEqualTo("1");
        barrier.open();
        engine.close();

        assertThat(writer.rows).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void full_putAll_exactlyWhatHadRoomIsPut() {
        Barrier barrier = new Barrier();
        CacheEngine engine = open(
                cache().writingBehind(new Hooked(writer, key -> barrier.reachAndWait()), settings(0, 2, 0, AN_HOUR)));
        engine.execute("a", new Put("1"));
        barrier.awaitReached();
        Map<Object, Object> entries = new LinkedHashMap<>();
        List.of("b", "c", "d").forEach(key -> entries.put(key, "1"));

        assertThatThrownBy(() -> engine.putAll(entries)).isInstanceOf(WriteQueueFullException.class);

        assertThat(engine.getAll(Set.of("a", "b", "c", "d"))).isEqualTo(Map.of("a", "1", "b", "1"));
        barrier.open();
        engine.close();
        assertThat(writer.rows).isEqualTo(Map.of("a", "1", "b", "1"));
    }

    @Test
    void full_waitsForRoom_whichComesWithoutTheDelay() throws Exception {
        CacheEngine engine = writingBehind(settings(AN_HOUR, 2, AN_HOUR, AN_HOUR));

        threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        engine.execute(i, new Put("v"));
                    }
                })
                .get(SOON_SECONDS, TimeUnit.SECONDS);

        assertThat(queued(engine).depth()).isLessThanOrEqualTo(2);
        assertThat(writer.rows.size()).isGreaterThanOrEqualTo(18);
        engine.close();
        assertThat(writer.rows).hasSize(20);
    }

    @Test
    void full_interruptedWhileWaiting_failsAndKeepsTheFlag() throws Exception {
        Barrier barrier = new Barrier();
        CacheEngine engine = open(cache().writingBehind(
                        new Hooked(writer, key -> barrier.reachAndWait()), settings(0, 1, AN_HOUR, AN_HOUR)));
        engine.execute("a", new Put("1"));
        barrier.awaitReached();
        List<Object> seen = new ArrayList<>();
        Thread waiting = new Thread(() -> {
            try {
                engine.execute("b", new Put("1"));
            } catch (WriteQueueFullException e) {
                seen.add(Thread.currentThread().isInterrupted());
            }
        });
        waiting.start();
        soon().until(() -> EngineFixture.isWaiting(waiting));

        waiting.interrupt();
        waiting.join();

        assertThat(seen).containsExactly(true);
        assertThat(engine.containsKey("b")).isFalse();
        barrier.open();
        engine.close();
    }

    // ---- the end

    @Test
    void close_writesWhatWaits_withoutTheDelay() {
        CacheEngine engine = writingBehind(after(AN_HOUR));
        engine.execute("k", new Put("v"));

        engine.close();

        assertThat(writer.rows).isEqualTo(Map.of("k", "v"));
        engine.close();
    }

    @Test
    void close_limitMissed_saysWhatIsLeftAndInterruptsTheWriter() {
        Barrier never = new Barrier();
        CacheEngine engine =
                open(cache().writingBehind(new Hooked(writer, key -> never.reachAndWait()), settings(0, 10, 0, 1)));
        engine.execute("a", new Put("1"));
        never.awaitReached();
        engine.execute("b", new Put("1"));

        assertThatThrownBy(engine::close)
                .isInstanceOf(UnwrittenChangesException.class)
                .hasMessageContainingAll("2 changes not written", "0 dead letters", "1 ms", "drainLimit");

        soon().until(() -> threadNames().isEmpty());
        assertThat(writer.rows).isEmpty();
    }

    @Test
    void change_afterTheEnd_isRefused() {
        CacheEngine engine = writingBehind(after(0));
        engine.close();

        assertThatThrownBy(() -> engine.execute("k", new Put("v")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after it was closed");
    }

    @Test
    void close_fromItsOwnWriter_doesNotWaitForItself() {
        List<CacheEngine> itself = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        CacheEngine engine = open(cache().writingBehind(
                        new Hooked(writer, key -> {
                            try {
                                itself.get(0).close();
                            } catch (UnwrittenChangesException e) {
                                thrown.add(e);
                            }
                        }),
                        after(0)));
        itself.add(engine);

        engine.execute("k", new Put("v"));

        soon().until(() -> threadNames().isEmpty());
        assertThat(thrown).hasSize(1);
    }

    @Test
    void nothingQueued_leavesNoThreadAfterTheEnd() {
        CacheEngine engine = writingBehind(after(0));
        assertThat(threadNames()).isEmpty();
        engine.execute("k", new Put("v"));
        assertThat(threadNames()).hasSize(1);

        engine.close();

        soon().until(() -> threadNames().isEmpty());
    }

    private List<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(each -> each.startsWith("fyercache-writer-" + name + "-"))
                .toList();
    }

    @Test
    void cacheThatWritesThrough_hasNoQueue() {
        assertThat(open(cache().writingThrough(writer)).queuedChanges()).isNull();
        assertThat(open(cache()).queuedChanges()).isNull();
    }
}
