package io.fyercache.core.engine;

import static io.fyercache.core.engine.CacheDefinitions.cache;

import io.fyercache.core.engine.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.CacheDefinitions.TimeToLive;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.time.ManualClock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Starts caches for the contracts of {@link CacheEngine}, on a clock that the test turns. */
abstract class EngineFixture {
    /** How long a test waits for what must happen, in seconds: longer than any pause of a busy machine. */
    static final long SOON_SECONDS = 20;

    final ManualClock clock = new ManualClock(1_000_000);
    final ExecutorService threads = Executors.newCachedThreadPool();
    private final LocalCacheEngines engines = start(clock);

    /** Starts the engines of a manager whose time {@code time} tells. */
    abstract LocalCacheEngines start(ManualClock time);

    final CacheEngine open(CacheDefinitions definition) {
        CacheEngine engine = engines.open(definition.build());
        engine.counters().setEnabled(true);
        return engine;
    }

    @AfterEach
    final void closeAll() {
        threads.shutdownNow();
        engines.close();
    }

    /** The user code that makes an engine take one way or another. */
    enum UserCode {
        NONE,
        LISTENER,
        WRITER,
        BOUND
    }

    final CacheEngine openWith(UserCode code) {
        CacheDefinitions definition = cache().expiry(TimeToLive.ofMillis(1_000));
        return open(
                switch (code) {
                    case NONE -> definition;
                    case LISTENER -> definition.listeners(new RecordingListeners());
                    case WRITER -> definition.writingThrough(new RecordingWriter());
                    case BOUND -> definition.maximumEntries(1_000);
                });
    }

    static Object invoke(CacheEngine engine, Object key, EntryProcess process) {
        return engine.execute(key, new Invoke(process));
    }

    /** Runs on another thread, which a key that was never let go would keep waiting. */
    final <T> T elsewhere(Callable<T> work) throws Exception {
        return threads.submit(work).get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    /** A place that one thread reaches and waits at until another lets it go on. */
    static final class Barrier {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        void reachAndWait() {
            reached.countDown();
            await(opened);
        }

        void awaitReached() {
            await(reached);
        }

        void open() {
            opened.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(SOON_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody came within " + SOON_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
