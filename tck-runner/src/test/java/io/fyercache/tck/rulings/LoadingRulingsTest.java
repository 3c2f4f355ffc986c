package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;

/** Rulings L of {@code docs/jsr107-rulings.md}. */
class LoadingRulingsTest {
    private static final int READERS = 8;

    @Test
    void l1_coldKeyReadByMany_isLoadedOnce_andEachMisses() throws Exception {
        CountDownLatch readersAreThere = new CountDownLatch(READERS);
        try (Scene scene = new Scene().loading(key -> {
            awaitUninterruptibly(readersAreThere);
            return "loaded";
        })) {
            Cache<Object, Object> cache = scene.cache();
            List<Future<Object>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(scene.elsewhere(() -> {
                    readersAreThere.countDown();
                    return cache.get(1);
                }));
            }

            for (Future<Object> reader : readers) {
                assertThat(Scene.await(reader)).isEqualTo("loaded");
            }
            assertThat(scene.log).containsExactly("load(1)");
        }
    }

    @Test
    void l2_putDuringLoad_waitsAndWins() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Scene scene = new Scene().loading(key -> {
            loading.countDown();
            awaitUninterruptibly(goOn);
            return "loaded";
        })) {
            Cache<Object, Object> cache = scene.cache();
            Future<Object> reader = scene.elsewhere(() -> cache.get(1));
            loading.await();
            Future<Object> writer = scene.elsewhere(() -> {
                cache.put(1, "put");
                return "done";
            });
            assertThatThrownBy(() -> writer.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            goOn.countDown();

            assertThat(Scene.await(reader)).isEqualTo("loaded");
            Scene.await(writer);
            assertThat(cache.get(1)).isEqualTo("put");
        }
    }

    @Test
    void l3_loadedValueExpiresAtOnce_isReturnedAndNotStored() {
        try (Scene scene = new Scene().loading(key -> "loaded").expiring(Scene.zeroOn("creation"))) {
            Cache<Object, Object> cache = scene.cache();

            assertThat(cache.get(1)).isEqualTo("loaded");
            assertThat(cache.getAll(Set.of(1))).containsEntry(1, "loaded");
            assertThat(cache.containsKey(1)).isFalse();
        }
    }

    @Test
    void l4_getAllOfMissingKeys_isOneCallOfTheLoader() {
        try (Scene scene = new Scene().loading(key -> "loaded")) {
            Cache<Object, Object> cache = scene.cache();

            assertThat(cache.getAll(Set.of(1, 2, 3))).hasSize(3);
            assertThat(scene.log).singleElement().asString().startsWith("loadAll");
        }
    }

    @Test
    void l5_getAllFailsForOneKey_storesNone() {
        try (Scene scene = new Scene().loading(key -> {
            if (key.equals(2)) {
                throw new IllegalStateException("two");
            }
            return "loaded";
        })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> cache.getAll(Set.of(1, 2, 3))).isInstanceOf(CacheLoaderException.class);
            assertThat(cache).isEmpty();
        }
    }

    @Test
    void l6_loaderReturnsOtherKeys_areIgnored() throws Exception {
        try (Scene scene = new Scene().loading(key -> null, keys -> Map.of(1, "one", 9, "nine"))) {
            Cache<Object, Object> cache = scene.cache();

            loadAll(cache, Set.of(1));

            assertThat(cache.containsKey(1)).isTrue();
            assertThat(cache.containsKey(9)).isFalse();
        }
    }

    @Test
    void l7_loaderReturnsImmutableMap_isFine() throws Exception {
        try (Scene scene = new Scene().loading(key -> null, keys -> Map.of(1, "one"))) {
            Cache<Object, Object> cache = scene.cache();

            loadAll(cache, Set.of(1, 2));

            assertThat(cache.getAll(Set.of(1))).containsEntry(1, "one");
        }
    }

    @Test
    void l8_loadAll_countsNothing() throws Exception {
        try (Scene scene = new Scene().loading(key -> "loaded")) {
            loadAll(scene.cache(), Set.of(1, 2));

            assertThat(scene.statistics()).isEqualTo("H0 M0 P0 R0");
        }
    }

    @Test
    void l9_loaderFails_isAMiss() throws Exception {
        try (Scene scene = new Scene().loading(key -> {
            throw new IllegalStateException("no");
        })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> cache.get(1)).isInstanceOf(CacheLoaderException.class);
            assertThat(scene.statistics()).isEqualTo("H0 M1 P0 R0");
        }
    }

    @Test
    void l10_loaderGaveNull_isNotAskedTwiceByOneProcessor() {
        try (Scene scene = new Scene().loading(key -> null)) {
            Scene.invoke(
                    scene.cache(),
                    1,
                    (entry, none) -> Stream.of(1, 2)
                            .map(time -> String.valueOf(entry.getValue()))
                            .toList());

            assertThat(scene.log).containsExactly("load(1)");
        }
    }

    private static void loadAll(Cache<Object, Object> cache, Set<Object> keys)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        cache.loadAll(keys, true, loaded);
        loaded.get(20, TimeUnit.SECONDS);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
