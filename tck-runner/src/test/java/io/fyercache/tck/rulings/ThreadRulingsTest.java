package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;

/** Rulings T of {@code docs/jsr107-rulings.md}: what user code may do with the cache that called it. */
class ThreadRulingsTest {
    private static final int OTHER_KEYS = 500;

    /** The cache of the scene, for user code that is made before it. */
    private final AtomicReference<Cache<Object, Object>> self = new AtomicReference<>();

    @Test
    void t1_processorWritesItsKey_throws() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> Scene.invoke(cache, 1, (entry, none) -> {
                        cache.put(1, "nested");
                        return null;
                    }))
                    .isInstanceOf(EntryProcessorException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(cache.containsKey(1)).isFalse();
        }
    }

    @Test
    void t2_loaderWritesItsKey_throws() {
        try (Scene scene = new Scene().loading(key -> {
            self.get().put(key, "nested");
            return "loaded";
        })) {
            self.set(scene.cache());

            assertThatThrownBy(() -> self.get().get(1))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void t3_writerWritesItsKey_throws() {
        try (Scene scene = new Scene().writing(key -> self.get().put(key, "nested"))) {
            self.set(scene.cache());

            assertThatThrownBy(() -> self.get().put(1, "a"))
                    .isInstanceOf(CacheWriterException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(self.get().containsKey(1)).isFalse();
        }
    }

    @Test
    void t4_synchronousListenerWritesTheKeyOfItsEvent_works() {
        try (Scene scene = new Scene().listening(event -> {
            if (event.getEventType() == EventType.CREATED) {
                self.get().put(event.getKey(), "nested");
            }
        })) {
            self.set(scene.cache());

            self.get().put(1, "a");

            assertThat(self.get().get(1)).isEqualTo("nested");
            assertThat(scene.log).containsExactly("CREATED(1=a)", "UPDATED(1=nested)");
        }
    }

    @Test
    void t5_userCodeUsesAnotherKey_works() {
        try (Scene scene = new Scene()
                .loading(key -> {
                    self.get().put("beside " + key, "by the loader");
                    return "loaded";
                })
                .writing(key -> {
                    if (key.equals("written")) {
                        self.get().put("beside " + key, "by the writer");
                    }
                })) {
            Cache<Object, Object> cache = scene.cache();
            self.set(cache);

            cache.get("read");
            cache.put("written", "a");
            Scene.invoke(cache, "processed", (entry, none) -> {
                cache.put("beside processed", "by the processor");
                return null;
            });

            assertThat(cache.containsKey("beside read")).isTrue();
            assertThat(cache.containsKey("beside written")).isTrue();
            assertThat(cache.containsKey("beside processed")).isTrue();
        }
    }

    @Test
    void t5_twoProcessorsWantEachOthersKey_oneThrows() throws Exception {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            CountDownLatch bothHold = new CountDownLatch(2);

            Future<String> first = scene.elsewhere(() -> holdAndPut(cache, 1, 2, bothHold));
            Future<String> second = scene.elsewhere(() -> holdAndPut(cache, 2, 1, bothHold));

            assertThat(new String[] {Scene.await(first), Scene.await(second)}).contains("deadlock");
        }
    }

    @Test
    void t6_expiryPolicyReadsTheKey_works() {
        try (Scene scene = new Scene().expiring(asked -> {
            self.get().containsKey(1);
            return Duration.ETERNAL;
        })) {
            self.set(scene.cache());

            self.get().put(1, "a");

            assertThat(self.get().get(1)).isEqualTo("a");
        }
    }

    @Test
    void t7_getWithinTheProcessorOfTheKey_seesTheValueBefore() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "before");

            Object seen = Scene.invoke(cache, 1, (entry, none) -> {
                entry.setValue("after");
                return cache.get(1);
            });

            assertThat(seen).isEqualTo("before");
        }
    }

    @Test
    void t8_getDuringAProcessor_seesTheValueBeforeAtOnce() throws Exception {
        CountDownLatch processing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "before");
            Future<Object> processor = scene.elsewhere(() -> Scene.invoke(cache, 1, (entry, none) -> {
                entry.setValue("after");
                processing.countDown();
                await(goOn);
                return null;
            }));
            processing.await();

            assertThat(Scene.await(scene.elsewhere(() -> cache.get(1)))).isEqualTo("before");
            goOn.countDown();
            Scene.await(processor);
            assertThat(cache.get(1)).isEqualTo("after");
        }
    }

    @Test
    void t9_getDuringAWriter_seesTheValueBeforeAtOnce() throws Exception {
        CountDownLatch writing = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Scene scene = new Scene().writing(key -> {
            writing.countDown();
            if (writing.getCount() == 0) {
                await(goOn);
            }
        })) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "before");
            Future<Object> writer = scene.elsewhere(() -> {
                cache.put(1, "after");
                return null;
            });
            writing.await();

            assertThat(Scene.await(scene.elsewhere(() -> cache.get(1)))).isEqualTo("before");
            goOn.countDown();
            Scene.await(writer);
            assertThat(cache.get(1)).isEqualTo("after");
        }
    }

    @Test
    void t10_otherKeysDuringAProcessor_goOn() throws Exception {
        CountDownLatch processing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            Future<Object> processor = scene.elsewhere(() -> Scene.invoke(cache, 0, (entry, none) -> {
                processing.countDown();
                await(goOn);
                return null;
            }));
            processing.await();

            Scene.await(scene.elsewhere(() -> {
                for (int key = 1; key <= OTHER_KEYS; key++) {
                    cache.put(key, "a");
                }
                return null;
            }));
            goOn.countDown();
            Scene.await(processor);
        }
    }

    private static String holdAndPut(Cache<Object, Object> cache, int held, int wanted, CountDownLatch bothHold) {
        try {
            return cache.invoke(held, (entry, none) -> {
                bothHold.countDown();
                await(bothHold);
                cache.put(wanted, "a");
                return "done";
            });
        } catch (EntryProcessorException e) {
            return e.getCause() instanceof IllegalStateException ? "deadlock" : e.toString();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
