package io.fyercache.core.engine.contract;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.contract.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.statistics.CacheCounters;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Starts caches for the contracts of {@link CacheEngine}, in a time that the test lets pass. */
public abstract class EngineFixture {
    /** How long a test waits for what must happen, in seconds: longer than any pause of a busy machine. */
    public static final long SOON_SECONDS = 20;

    protected final ExecutorService threads = Executors.newCachedThreadPool();
    protected Engines engines;

    /**
     * What is tested, and its time. Where engines differ by their nature, the difference is a method here that says what is the case by default,
     * which is so locally.
     */
    public interface Engines extends AutoCloseable {
        /** Starts a cache. */
        CacheEngine open(CacheDefinition definition);

        /** Lets time pass. */
        void advance(Duration duration);

        /** Returns what a clock shows. */
        long millis();

        @Override
        void close();

        // ---- differences

        /** Returns how many milliseconds operations take together, at most, between two points at which a test looks at an entry. */
        default long operationMillis() {
            return 1;
        }

        /** Tells whether listeners are told of what has happened before the operation returns. */
        default boolean listenersAreTold() {
            return true;
        }

        /** Checks that a failure is what user code threw. */
        default void assertFailure(Throwable failure, Throwable thrown) {
            assertThat(failure).isSameAs(thrown);
        }

        /** Checks that a failure is what user code threw, of which this is known. */
        default void assertFailure(Throwable failure, Class<? extends Throwable> thrown, String message) {
            assertThat(failure).isInstanceOf(thrown).hasMessage(message);
        }

        /** Returns the counters in which the calls of a cache's loader are counted. */
        default CacheCounters countersOfLoads(CacheEngine engine) {
            return engine.counters();
        }
    }

    /** Starts what is tested; called once, while this is made. */
    protected abstract Engines start();

    protected final CacheEngine open(CacheDefinitions definition) {
        CacheEngine engine = engines.open(definition.build());
        engine.counters().setEnabled(true);
        return engine;
    }

    protected final void advance(Duration duration) {
        engines.advance(duration);
    }

    @BeforeEach
    final void startEngines() {
        engines = start();
    }

    @AfterEach
    final void closeAll() {
        threads.shutdownNow();
        engines.close();
    }

    /** Lets {@code millis} pass, but for what operations may take. */
    protected final void advanceUntilJustBefore(long millis) {
        advance(Duration.ofMillis(millis - engines.operationMillis()));
    }

    /** Checks that a call fails by what user code threw. */
    protected final void assertFails(Throwable thrown, ThrowingCallable call) {
        engines.assertFailure(catchThrowable(call), thrown);
    }

    /** Checks that a call fails by an {@link IllegalStateException} of user code that said this. */
    protected final void assertFails(String message, ThrowingCallable call) {
        engines.assertFailure(catchThrowable(call), IllegalStateException.class, message);
    }

    // ---- what contracts share

    /** The user code that makes an engine take one way or another. */
    public enum UserCode {
        NONE,
        LISTENER,
        WRITER,
        BOUND
    }

    protected final CacheEngine openWith(UserCode code) {
        CacheDefinitions definition = cache().expiry(TimeToLive.ofMillis(1_000));
        return open(
                switch (code) {
                    case NONE -> definition;
                    case LISTENER -> definition.listeners(new RecordingListeners());
                    case WRITER -> definition.writingThrough(new RecordingWriter());
                    case BOUND -> definition.maximumEntries(1_000);
                });
    }

    public static Object invoke(CacheEngine engine, Object key, EntryProcess process) {
        return engine.execute(key, new Invoke(process));
    }

    /** Tells whether a thread waits for another one. */
    public static boolean isWaiting(Thread thread) {
        return EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState());
    }

    /** Runs on another thread, which a key that was never let go would keep waiting. */
    protected final <T> T elsewhere(Callable<T> work) throws Exception {
        return threads.submit(work).get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    /** A place that one thread reaches and waits at until another lets it go on. */
    public static final class Barrier {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        public void reachAndWait() {
            reached.countDown();
            await(opened);
        }

        public void awaitReached() {
            await(reached);
        }

        public void open() {
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
