package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static io.fyercache.core.engine.contract.CacheDefinitions.loader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.time.ManualClock;
import io.fyercache.core.time.SystemClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of entries that have changed elsewhere, also while somebody works on them here. */
class LocalOutdatingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final LocalCacheEngines engines =
            new LocalCacheEngines("outdating-test", SystemClock.INSTANCE, new HoldWaits(), () -> 0);
    private final List<CountDownLatch> latches = new ArrayList<>();

    @AfterEach
    void close() {
        latches.forEach(CountDownLatch::countDown);
        engines.close();
    }

    /** A loader whose calls wait until they may go on, and return what was there when they began. */
    private final class SlowLoader implements EntryLoader {
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final AtomicInteger begun = new AtomicInteger();
        private volatile String value = "old";

        SlowLoader() {
            latches.add(mayEnd);
        }

        @Override
        public Object load(Object key) {
            String found = value;
            begun.incrementAndGet();
            pass(mayEnd);
            return found;
        }

        @Override
        public Map<Object, Object> loadAll(Collection<?> keys) {
            Map<Object, Object> found = new HashMap<>();
            keys.forEach(key -> found.put(key, load(key)));
            return found;
        }
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private OutdatableEngine reading(EntryLoader loader) {
        return engines.open(cache().readingThrough(loader).build());
    }

    @Test
    void outdate_entryThatNobodyHolds_goes() {
        OutdatableEngine engine = engines.open(CacheDefinition.plain("c"));
        engine.execute("k", new Put("v"));
        engine.execute("other", new Put("v"));

        engine.outdate("k");
        engine.outdate("absent");

        assertThat(engine.get("k")).isNull();
        assertThat(engine.get("other")).isEqualTo("v");
        assertThat(engine.size()).isEqualTo(1);
    }

    @Test
    void outdate_whileItIsLoaded_theCallerGetsTheValue_andItIsNotKept() {
        SlowLoader loader = new SlowLoader();
        OutdatableEngine engine = reading(loader);
        CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> engine.get("k"));
        await().atMost(LIMIT).until(() -> loader.begun.get() == 1);

        loader.value = "new";
        engine.outdate("k");
        loader.mayEnd.countDown();

        assertThat(first).succeedsWithin(LIMIT).isEqualTo("old");
        await().atMost(LIMIT).until(() -> engine.size() == 0);
        assertThat(engine.get("k")).isEqualTo("new");
    }

    @Test
    void get_afterTheKeyWasOutdated_doesNotShareTheLoadThatBeganBefore() throws Exception {
        SlowLoader loader = new SlowLoader();
        OutdatableEngine engine = reading(loader);
        CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> engine.get("k"));
        await().atMost(LIMIT).until(() -> loader.begun.get() == 1);
        loader.value = "new";
        engine.outdate("k");

        Thread[] waiting = new Thread[1];
        CompletableFuture<Object> second = CompletableFuture.supplyAsync(() -> {
            waiting[0] = Thread.currentThread();
            return engine.get("k");
        });
        await().atMost(LIMIT)
                .until(() -> waiting[0] != null
                        && Set.of(Thread.State.TIMED_WAITING, Thread.State.WAITING)
                                .contains(waiting[0].getState()));
        loader.mayEnd.countDown();

        assertThat(first).succeedsWithin(LIMIT).isEqualTo("old");
        assertThat(second).succeedsWithin(LIMIT).isEqualTo("new");
        assertThat(engine.get("k")).isEqualTo("new");
        assertThat(loader.begun).hasValue(2);
    }

    @Test
    void outdate_whileItIsRefreshed_whatTheRefreshFoundIsNotKept_evenOverTheSameObject() {
        ManualClock clock = new ManualClock(1_000_000);
        LocalCacheEngines ofClock = new LocalCacheEngines("refresh-test", clock, new HoldWaits(), () -> 0);
        CountDownLatch mayEnd = new CountDownLatch(1);
        latches.add(mayEnd);
        AtomicInteger begun = new AtomicInteger();
        AtomicReference<Boolean> inDatabase = new AtomicReference<>(true);
        OutdatableEngine engine = ofClock.open(cache().expiry(new TimeToLive(Duration.ofSeconds(10), null, null))
                .loading(new LoadSettings(4, 1_000, 0.5, 0, 0))
                .readingThrough(loader(key -> {
                    Boolean found = inDatabase.get();
                    if (begun.incrementAndGet() == 2) {
                        pass(mayEnd);
                    }
                    return found;
                }))
                .build());
        assertThat(engine.get("k")).isEqualTo(true);
        clock.advance(Duration.ofSeconds(6));
        inDatabase.set(false);
        assertThat(engine.get("k")).isEqualTo(true);
        await().atMost(LIMIT).until(() -> begun.get() == 2); // The refresh has read false.

        inDatabase.set(true);
        engine.outdate("k");
        assertThat(engine.get("k")).isEqualTo(true);
        mayEnd.countDown();

        LoadCoordinator loads = ((LocalCacheEngine) engine).loads();
        await().atMost(LIMIT).until(() -> loads.refreshesUnderWay() == 0);
        assertThat(engine.get("k")).isEqualTo(true);
        ofClock.close();
    }

    @Test
    void outdateAll_meetsKeysThatAreBeingLoaded() {
        SlowLoader loader = new SlowLoader();
        OutdatableEngine engine = reading(loader);
        CompletableFuture<Map<Object, Object>> loading =
                CompletableFuture.supplyAsync(() -> engine.getAll(List.of("a", "b")));
        await().atMost(LIMIT).until(() -> loader.begun.get() == 1);

        loader.value = "new";
        engine.outdateAll();
        loader.mayEnd.countDown();

        assertThat(loading).succeedsWithin(LIMIT);
        await().atMost(LIMIT).until(() -> engine.size() == 0);
        assertThat(engine.get("a")).isEqualTo("new");
    }

    @Test
    void outdate_whileAPutIsBeingWritten_nobodySeesTheOldValueAnyMore() {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        latches.add(mayEnd);
        OutdatableEngine engine = engines.open(
                cache().writingThrough(new SlowWriter(writing, mayEnd)).build());
        engine.execute("k", new Put("old"));
        CompletableFuture<Object> put = CompletableFuture.supplyAsync(() -> engine.execute("k", new Put("slow")));
        pass(writing);
        assertThat(engine.get("k")).isEqualTo("old");

        engine.outdate("k");

        assertThat(engine.get("k")).isNull();
        mayEnd.countDown();
        assertThat(put).succeedsWithin(LIMIT);
        await().atMost(LIMIT).until(() -> engine.size() == 0);
    }

    @Test
    void outdate_againAndAgainWhileManyLoad_keepsNothingOlderThanTheLast() throws Exception {
        AtomicInteger version = new AtomicInteger();
        OutdatableEngine engine = reading(new EntryLoader() {
            @Override
            public Object load(Object key) {
                return version.get();
            }

            @Override
            public Map<Object, Object> loadAll(Collection<?> keys) {
                throw new AssertionError("one key at a time");
            }
        });
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger reads = new AtomicInteger();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        latches.add(over);
        AtomicInteger outdated = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            readers.add(CompletableFuture.runAsync(() -> {
                while (over.getCount() > 0) {
                    int least = outdated.get();
                    if ((Integer) engine.get("k") < least) {
                        stale.incrementAndGet();
                    }
                    reads.incrementAndGet();
                }
            }));
        }
        for (int i = 1; i <= 50_000; i++) {
            version.set(i);
            engine.outdate("k");
            outdated.set(i);
        }
        await().atMost(LIMIT).until(() -> reads.get() > 1_000);
        over.countDown();
        for (CompletableFuture<Void> reader : readers) {
            assertThat(reader).succeedsWithin(LIMIT);
        }
        assertThat(stale).hasValue(0);
        assertThat(engine.get("k")).isEqualTo(50_000);
    }

    /** A writer whose second call waits. */
    private static final class SlowWriter implements EntryWriter {
        private final CountDownLatch writing;
        private final CountDownLatch mayEnd;
        private final AtomicInteger calls = new AtomicInteger();

        SlowWriter(CountDownLatch writing, CountDownLatch mayEnd) {
            this.writing = writing;
            this.mayEnd = mayEnd;
        }

        @Override
        public void write(Object key, Object value) {
            if (calls.incrementAndGet() == 2) {
                writing.countDown();
                pass(mayEnd);
            }
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            throw new AssertionError("one key at a time");
        }

        @Override
        public void delete(Object key) {
            throw new AssertionError("nothing is deleted");
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            throw new AssertionError("nothing is deleted");
        }
    }
}
