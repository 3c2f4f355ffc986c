package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;

/** Rulings E and X of {@code docs/jsr107-rulings.md}. */
class EventRulingsTest {
    private static final Duration SHORT = new Duration(TimeUnit.MILLISECONDS, 1);

    @Test
    void e1_synchronousListenerThrows_changeStaysAndIsCounted() throws Exception {
        try (Scene scene = new Scene().listening(event -> {
            throw new IllegalStateException("no");
        })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> cache.put(1, "a")).isInstanceOf(CacheEntryListenerException.class);
            assertThat(cache.containsKey(1)).isTrue();
            assertThat(scene.statistics()).isEqualTo("H0 M0 P1 R0");
        }
    }

    @Test
    void e2_oldValueNotRequired_isNotGiven() {
        List<Object> oldValues = new ArrayList<>();
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            cache.registerCacheEntryListener(scene.listener(false, event -> {
                oldValues.add(event.getOldValue());
                assertThat(event.isOldValueAvailable()).isFalse();
            }));

            cache.put(1, "b");
            cache.remove(1);

            assertThat(oldValues).containsExactly(null, null);
        }
    }

    @Test
    void e3_expiredEntryThatNobodyTouches_isToldOfOnce() {
        try (Scene scene = new Scene().listening().expiring(asked -> SHORT)) {
            scene.cache().put(1, "a");

            await().untilAsserted(() -> assertThat(scene.log).contains("EXPIRED(1=a)"));
            assertThat(scene.log).containsOnlyOnce("EXPIRED(1=a)");
        }
    }

    @Test
    void e4_removeAllOfKeysMeetsExpiredEntry_isNoRemoval() throws Exception {
        try (Scene scene = new Scene().listening().expiring(asked -> SHORT)) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            await().until(() -> !cache.containsKey(1));

            cache.removeAll(Set.of(1));

            assertThat(scene.log).containsOnlyOnce("EXPIRED(1=a)").doesNotContain("REMOVED(1=a)");
            assertThat(scene.statistics()).isEqualTo("H0 M0 P1 R0");
        }
    }

    @Test
    void e5_deregisteredListener_isClosed() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            CacheEntryListenerConfiguration<Object, Object> listener = scene.listener(true, event -> {});
            cache.registerCacheEntryListener(listener);

            cache.deregisterCacheEntryListener(listener);

            assertThat(scene.log).containsExactly("listener closed");
        }
    }

    @Test
    void e5_listenerOfAClosedCache_isClosed() {
        try (Scene scene = new Scene().listening()) {
            scene.cache().close();

            assertThat(scene.log).containsExactly("listener closed");
        }
    }

    @Test
    void e6_clear_isToldToNobody() throws Exception {
        try (Scene scene = new Scene().listening().writing()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            scene.log.clear();

            cache.clear();

            assertThat(cache.containsKey(1)).isFalse();
            assertThat(scene.log).isEmpty();
            assertThat(scene.statistics()).isEqualTo("H0 M0 P1 R0");
        }
    }

    @Test
    void x1_creationExpiryNull_isEternal() {
        try (Scene scene = new Scene().expiring(asked -> null)) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");

            assertThat(cache.get(1)).isEqualTo("a");
        }
    }

    @Test
    void x2_policyThrows_entryLives() {
        try (Scene scene = new Scene().expiring(asked -> {
            throw new IllegalStateException("no");
        })) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            cache.put(1, "b");

            assertThat(cache.get(1)).isEqualTo("b");
        }
    }

    @Test
    void x3_deadlinePassesWhileTheWriterRuns_isStoredAndExpires() throws Exception {
        try (Scene scene = new Scene()
                .listening()
                .expiring(asked -> SHORT)
                .writing(key -> await().pollDelay(50, TimeUnit.MILLISECONDS).until(() -> true))) {
            Cache<Object, Object> cache = scene.cache();

            cache.put(1, "a");

            assertThat(cache.get(1)).isNull();
            assertThat(scene.log).startsWith("creation", "write(1)", "CREATED(1=a)");
            assertThat(scene.statistics()).isEqualTo("H0 M1 P1 R0");
        }
    }
}
