package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AsynchronousListenersTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private static final class Listener
            implements CacheEntryCreatedListener<Object, Object>, CacheEntryUpdatedListener<Object, Object>, Closeable {
        final AtomicBoolean closed = new AtomicBoolean();
        private final Consumer<CacheEntryEvent<?, ?>> action;

        Listener(Consumer<CacheEntryEvent<?, ?>> action) {
            this.action = action;
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(action);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(action);
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private static CacheEntryListenerConfiguration<Object, Object> asynchronous(Listener listener) {
        return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, false);
    }

    private static CacheEntryListenerConfiguration<Object, Object> asynchronous(
            Consumer<CacheEntryEvent<?, ?>> action) {
        return asynchronous(new Listener(action));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void events_comeInOrderPerKey_noneIsLost_thoughTheQueueIsSmall() throws Exception {
        int keys = 4;
        int changes = 2_000;
        Map<Object, List<Object>> told = new HashMap<>();
        AtomicInteger count = new AtomicInteger();
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.asyncListenerQueue(8).listener(asynchronous(event -> {
                    // One thread at a time: a plain map is enough, or this test fails.
                    told.computeIfAbsent(event.getKey(), key -> new ArrayList<>())
                            .add(event.getValue());
                    count.incrementAndGet();
                })));
        ExecutorService writers = Executors.newFixedThreadPool(keys);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            int key = i;
            done.add(writers.submit(() -> {
                for (int value = 0; value < changes; value++) {
                    cache.put(key, value);
                }
            }));
        }
        for (Future<?> writer : done) {
            writer.get(20, TimeUnit.SECONDS);
        }
        writers.shutdown();
        TestProvider.eventually().until(() -> count.get() == keys * changes);

        for (int key = 0; key < keys; key++) {
            assertThat(told.get(key)).hasSize(changes).isSortedAccordingTo((a, b) -> (Integer) a - (Integer) b);
        }
    }

    @Test
    void operation_doesNotWaitForTheListener() {
        CountDownLatch proceed = new CountDownLatch(1);
        List<Object> told = Collections.synchronizedList(new ArrayList<>());
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(asynchronous(event -> {
            await(proceed);
            told.add(event.getValue());
        })));

        cache.put("k", 1);
        cache.put("k", 2);

        assertThat(told).isEmpty();
        proceed.countDown();
        TestProvider.eventually().until(() -> told.equals(List.of(1, 2)));
    }

    @Test
    void queueFull_writerWaits_untilTheListenerGoesOn() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.asyncListenerQueue(2).listener(asynchronous(event -> {
                    await(proceed);
                    told.incrementAndGet();
                })));
        ExecutorService writer = Executors.newSingleThreadExecutor();
        // One with the listener, two waiting, one too many.
        Future<?> writes = writer.submit(() -> {
            for (int i = 0; i < 4; i++) {
                cache.put(i, i);
            }
        });
        TestProvider.eventually().until(() -> cache.containsKey(3));

        assertThat(isDoneWithin(writes, 100)).isFalse();
        proceed.countDown();
        writes.get(20, TimeUnit.SECONDS);
        TestProvider.eventually().until(() -> told.get() == 4);
        writer.shutdown();
    }

    private static boolean isDoneWithin(Future<?> future, long millis) throws InterruptedException, ExecutionException {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    void queueFull_listenerChangesTheKeyThatTheWriterHolds_bothGoOn() throws Exception {
        AtomicInteger told = new AtomicInteger();
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.asyncListenerQueue(1));
        cache.registerCacheEntryListener(asynchronous(event -> {
            if (told.incrementAndGet() <= 200) {
                cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("listener");
                    return null;
                });
            }
        }));
        ExecutorService writer = Executors.newSingleThreadExecutor();

        writer.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        cache.put("k", i);
                    }
                })
                .get(8, TimeUnit.SECONDS);

        TestProvider.eventually().until(() -> told.get() == 400);
        writer.shutdown();
    }

    @Test
    void twoListenersThatFeedEachOther_queuesFull_bothGoOn() {
        AtomicInteger told = new AtomicInteger();
        FyerCache<Object, Object> ping = test.cacheWith(builder -> builder.asyncListenerQueue(1));
        FyerCache<Object, Object> pong = test.cacheWith(builder -> builder.asyncListenerQueue(1));
        int limit = 2_000;
        ping.registerCacheEntryListener(asynchronous(event -> feed(pong, told, limit)));
        pong.registerCacheEntryListener(asynchronous(event -> feed(ping, told, limit)));

        ping.put(0, 0);

        TestProvider.eventually().until(() -> told.get() >= limit);
    }

    private static void feed(FyerCache<Object, Object> other, AtomicInteger told, int limit) {
        int number = told.incrementAndGet();
        if (number < limit) {
            other.put(number, number);
            other.put(-number, number);
        }
    }

    @Test
    void listenerThrows_laterEventsComeAllTheSame() {
        List<Object> told = Collections.synchronizedList(new ArrayList<>());
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(asynchronous(event -> {
            told.add(event.getValue());
            if (event.getValue().equals(1)) {
                throw new IllegalStateException("boom");
            }
            if (event.getValue().equals(2)) {
                throw new AssertionError("bang");
            }
        })));
        for (int i = 1; i <= 3; i++) {
            cache.put("k", i);
        }

        TestProvider.eventually().until(() -> told.equals(List.of(1, 2, 3)));
    }

    @Test
    void close_tellsOfWhatHasHappened_thenClosesTheListener() {
        List<Object> told = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean toldAfterClose = new AtomicBoolean();
        Listener[] itself = new Listener[1];
        itself[0] = new Listener(event -> {
            toldAfterClose.compareAndSet(false, itself[0].closed.get());
            told.add(event.getKey());
        });
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(asynchronous(itself[0])));
        for (int i = 0; i < 1_000; i++) {
            cache.put(i, i);
        }

        cache.close();

        assertThat(told).hasSize(1_000);
        assertThat(itself[0].closed).isTrue();
        assertThat(toldAfterClose).isFalse();
    }

    @Test
    void listener_closesTheCacheItListensTo_nobodyHangs() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.registerCacheEntryListener(asynchronous(event -> cache.close()));

        cache.put("k", 1);

        TestProvider.eventually().until(cache::isClosed);
    }

    @Test
    void byValue_keyChangedAfterTheOperation_listenerSeesItAsItWas() {
        CountDownLatch proceed = new CountDownLatch(1);
        List<Object> told = Collections.synchronizedList(new ArrayList<>());
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(asynchronous(event -> {
            await(proceed);
            told.add(event.getKey() + "=" + event.getValue());
        })));
        cache.put(new Note("k"), new Note("1"));
        Note key = new Note("k");
        Note value = new Note("2");
        cache.put(key, value);
        key.text = "changed";
        value.text = "changed";

        proceed.countDown();

        TestProvider.eventually().until(() -> told.equals(List.of("k=1", "k=2")));
    }
}
