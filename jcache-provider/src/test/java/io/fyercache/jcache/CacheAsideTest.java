package io.fyercache.jcache;

import static io.fyercache.jcache.TestProvider.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.jcache.CacheAside.Limits;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One computes, all others wait, whatever becomes of the one. */
class CacheAsideTest {
    private static final int THREADS = 8;

    @RegisterExtension
    final TestProvider test = new TestProvider();

    private FyerCache<String, String> cache;
    private CacheAside<String, String> aside;

    private final AtomicInteger computations = new AtomicInteger();
    private final List<Thread> callers = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void makeCache() {
        cache = test.cache(FyerConfiguration.builder(String.class, String.class).build());
        aside = CacheAside.of(cache);
    }

    /** A call on a thread of its own. */
    private FutureTask<String> call(CacheAside<String, String> through, Function<String, String> function) {
        FutureTask<String> call = new FutureTask<>(() -> through.get("k", function));
        Thread thread = new Thread(call, "caller");
        callers.add(thread);
        thread.start();
        return call;
    }

    private FutureTask<String> call(Function<String, String> function) {
        return call(aside, function);
    }

    /** A call whose function has begun and goes on when the latch says so. */
    private FutureTask<String> begun(CountDownLatch goOn, Function<String, String> function) {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<String> call = call(key -> {
            begun.countDown();
            await(goOn);
            return function.apply(key);
        });
        await(begun);
        return call;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String compute(String key) {
        return "value " + computations.incrementAndGet() + " of " + key;
    }

    /** Waits until all who have called wait for the one who computes, or are that one. */
    private void awaitWaiting() {
        eventually()
                .until(() -> callers.stream()
                        .allMatch(thread -> thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING));
    }

    private static Throwable failureOf(FutureTask<String> call) {
        return catchThrowable(call::get).getCause();
    }

    @Test
    void get_manyThreads_oneComputes_allGetItsValue() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<FutureTask<String>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            // Threads with an object of their own ask again; those who share one are woken.
            calls.add(call(i % 2 == 0 ? aside : CacheAside.of(cache), key -> {
                await(goOn);
                return compute(key);
            }));
        }
        awaitWaiting();
        goOn.countDown();

        for (FutureTask<String> call : calls) {
            assertThat(call.get()).isEqualTo("value 1 of k");
        }
        assertThat(cache.get("k")).isEqualTo("value 1 of k");
        assertThat(aside.get("k", this::compute)).isEqualTo("value 1 of k");
    }

    @Test
    void get_manyKeysAndRounds_everyKeyIsComputedOnce() throws Exception {
        int keys = 200;
        List<FutureTask<String>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            FutureTask<String> call = new FutureTask<>(() -> {
                for (int key = 0; key < keys; key++) {
                    aside.get("k" + key, this::compute);
                }
                return "";
            });
            new Thread(call, "caller").start();
            calls.add(call);
        }
        for (FutureTask<String> call : calls) {
            call.get();
        }

        assertThat(computations).hasValue(keys);
        assertThat(claims()).isZero();
    }

    @Test
    void get_functionThrows_callerGetsItsException_thoseWhoWaitHearOfIt_nextComputesAnew() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        IllegalArgumentException failure = new IllegalArgumentException("no market");
        FutureTask<String> first = begun(goOn, key -> {
            throw failure;
        });
        FutureTask<String> sharing = call(this::compute);
        FutureTask<String> asking = call(CacheAside.of(cache), this::compute);
        awaitWaiting();
        goOn.countDown();

        assertThat(failureOf(first)).isSameAs(failure);
        assertThat(failureOf(sharing))
                .isInstanceOf(CacheAsideException.class)
                .hasMessageContaining("java.lang.IllegalArgumentException: no market")
                .hasCause(failure);
        assertThat(failureOf(asking))
                .isInstanceOf(CacheAsideException.class)
                .hasMessageContaining("java.lang.IllegalArgumentException: no market")
                .hasNoCause();
        assertThat(computations).hasValue(0);
        assertThat(aside.get("k", this::compute)).isEqualTo("value 1 of k");
    }

    @Test
    void get_functionReturnsNull_thoseWhoWaitGetNull_andItIsNotRemembered() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> first = begun(goOn, key -> null);
        FutureTask<String> second = call(this::compute);
        awaitWaiting();
        goOn.countDown();

        assertThat(first.get()).isNull();
        assertThat(second.get()).isNull();
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(aside.get("k", this::compute)).isEqualTo("value 1 of k");
    }

    @Test
    void get_functionDoesNotReturn_anotherTakesOverAfterTheLimit_andTheFirstGetsItsValue() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> first = begun(goOn, key -> "late");
        FutureTask<String> second = call(this::compute);
        awaitWaiting();
        test.advance(Limits.DEFAULT.computation().minusMillis(1));
        awaitWaiting();
        assertThat(second.isDone()).isFalse();
        test.advance(Duration.ofMillis(1));

        assertThat(second.get()).isEqualTo("value 1 of k");
        goOn.countDown();
        assertThat(first.get()).isEqualTo("value 1 of k");
        assertThat(cache.get("k")).isEqualTo("value 1 of k");
    }

    @Test
    void get_outlastsItsClaim_callerGetsTheValue_andNothingIsStored() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> call = begun(goOn, key -> "late");
        test.advance(Limits.DEFAULT.computation());
        goOn.countDown();

        assertThat(call.get()).isEqualTo("late");
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(aside.get("k", this::compute)).isEqualTo("value 1 of k");
    }

    @Test
    void get_limitOfANewClaim_isWhole_thoughItFollowsAnOutcome() throws Exception {
        assertThat(aside.get("k", key -> null)).isNull();
        test.advance(Limits.DEFAULT.computation().minusMillis(1));
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> call = begun(goOn, this::compute);
        test.advance(Limits.DEFAULT.computation().minusMillis(1));
        goOn.countDown();

        assertThat(call.get()).isEqualTo("value 1 of k");
        assertThat(cache.get("k")).isEqualTo("value 1 of k");
    }

    @Test
    void get_applicationPutsMeanwhile_itsValueStays_andIsWhatCallersGet() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> first = begun(goOn, this::compute);
        cache.put("k", "put");
        goOn.countDown();

        assertThat(first.get()).isEqualTo("put");
        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void get_patienceEnds_saysSo_andTheComputationGoesOn() throws Exception {
        Duration patience = Duration.ofSeconds(3);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> first = begun(goOn, this::compute);
        FutureTask<String> second =
                call(CacheAside.of(cache, new Limits(Limits.DEFAULT.computation(), patience)), this::compute);
        awaitWaiting();
        test.advance(patience);

        assertThat(failureOf(second))
                .isInstanceOf(CacheAsideException.class)
                .hasMessageContainingAll("'" + cache.getName() + "'", "no value after a patience of PT3S", "Limits");
        goOn.countDown();
        assertThat(first.get()).isEqualTo("value 1 of k");
    }

    @Test
    void get_interruptedWhileItWaits_saysSo_andIsInterruptedStill() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> first = begun(goOn, this::compute);
        for (CacheAside<String, String> through : List.of(aside, CacheAside.of(cache))) {
            AtomicInteger interrupted = new AtomicInteger();
            FutureTask<String> second = new FutureTask<>(() -> {
                try {
                    return through.get("k", this::compute);
                } finally {
                    interrupted.set(Thread.interrupted() ? 1 : -1);
                }
            });
            Thread thread = new Thread(second, "caller");
            callers.add(thread);
            thread.start();
            awaitWaiting();
            thread.interrupt();

            assertThat(failureOf(second))
                    .isInstanceOf(CacheAsideException.class)
                    .hasMessageContaining("interrupted while another computes");
            assertThat(interrupted).hasValue(1);
            callers.remove(thread);
        }
        goOn.countDown();
        assertThat(first.get()).isEqualTo("value 1 of k");
    }

    @Test
    void get_cacheIsClosed_endsThoseWhoWait_andWhoComputes() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> first = begun(goOn, this::compute);
        FutureTask<String> second = call(this::compute);
        awaitWaiting();
        cache.close();

        assertThat(failureOf(second)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        goOn.countDown();
        assertThat(failureOf(first)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        assertThatThrownBy(() -> aside.get("k", this::compute)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> CacheAside.of(cache)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void get_functionAsksForItsKey_isRefused_andOthersAreNot() {
        assertThatThrownBy(() -> aside.get("k", key -> aside.get(key, this::compute)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("asks for the key that it computes");
        assertThat(aside.get("k", key -> aside.get("other", this::compute) + "!"))
                .isEqualTo("value 1 of other!");
    }

    @Test
    void get_error_passes_andLeavesNoClaimBehind() {
        assertThatThrownBy(() -> aside.get("k", key -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(aside.get("k", this::compute)).isEqualTo("value 1 of k");
        assertThat(claims()).isZero();
    }

    @Test
    void get_valueOfAnotherType_isRefused_andNextComputes() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // as code without generics does
        Function<String, String> wrong = (Function) key -> 1;
        assertThatThrownBy(() -> aside.get("k", wrong)).isInstanceOf(ClassCastException.class);
        assertThat(aside.get("k", this::compute)).isEqualTo("value 1 of k");
    }

    @Test
    void get_badInput_isRefused() {
        assertThatThrownBy(() -> aside.get("k", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("function: null");
        assertThatThrownBy(() -> aside.get(null, this::compute))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("key: null");
        assertThat(computations).hasValue(0);
    }

    @Test
    void of_badInput_isRefused() {
        assertThatThrownBy(() -> CacheAside.of(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> CacheAside.of(cache, null)).isInstanceOf(NullPointerException.class);
        Cache<?, ?> foreign = (Cache<?, ?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Cache.class}, (self, method, arguments) -> {
                    if (method.getName().equals("getName")) {
                        return "foreign";
                    }
                    throw new IllegalArgumentException(method.getName());
                });
        assertThatThrownBy(() -> CacheAside.of(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'foreign'", "expected: a cache of FyerCache");
        Cache<Object, Object> loading =
                test.cacheWith(builder -> builder.readThrough(true).loader(FactoryBuilder.factoryOf(NoLoader.class)));
        assertThatThrownBy(() -> CacheAside.of(loading))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("readThrough: true", "use cache.get");
        assertThatThrownBy(() -> CacheAside.of(cache, new Limits(Duration.ofSeconds(11), Limits.DEFAULT.patience())))
                .isInstanceOf(CacheDiffersException.class)
                .hasMessageContainingAll(cache.getName() + CacheAside.CLAIMS, "expiry: ", "the same everywhere");
    }

    /** Loads nothing. */
    public static final class NoLoader implements CacheLoader<Object, Object> {
        @Override
        public Object load(Object key) {
            return null;
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            return Map.of();
        }
    }

    @Test
    void limits_outOfRange_areRefused() {
        assertThatThrownBy(() -> new Limits(Duration.ofMillis(99), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("computation: PT0.099S (expected: PT0.1S..PT1H); choose one in the range");
        assertThatThrownBy(() -> new Limits(Duration.ofSeconds(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patience: PT0S (expected: PT0.001S..PT1H); choose one in the range");
        assertThatThrownBy(() -> new Limits(Duration.ofHours(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(null, Duration.ofSeconds(1))).isInstanceOf(NullPointerException.class);
    }

    @Test
    void get_byReferenceAndWithStatistics_countsWhatGetAndPutIfAbsentCount() {
        FyerCache<Object, Object> counted =
                test.cacheWith(builder -> builder.storeByValue(false).statisticsEnabled(true));
        Object value = new Object();
        CacheAside<Object, Object> asideCounted = CacheAside.of(counted);
        assertThat(asideCounted.get("k", key -> value)).isSameAs(value);
        assertThat(asideCounted.get("k", key -> null)).isSameAs(value);

        var counters = counted.unwrap(CacheEngine.class).counters();
        // Both miss, as JSR-107 has it.
        assertThat(counters.misses()).isEqualTo(2);
        assertThat(counters.hits()).isEqualTo(1);
        assertThat(counters.puts()).isEqualTo(1);
    }

    private long claims() {
        return test.manager()
                .getCache(cache.getName() + CacheAside.CLAIMS)
                .unwrap(FyerCache.class)
                .size();
    }
}
