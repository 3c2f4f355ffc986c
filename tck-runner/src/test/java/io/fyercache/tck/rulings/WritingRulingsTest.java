package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;

/** Rulings W of {@code docs/jsr107-rulings.md}. */
class WritingRulingsTest {
    @Test
    void w1_putThatExpiresAtOnce_isWrittenNotStoredNotCounted() throws Exception {
        try (Scene scene = new Scene().writing().expiring(Scene.zeroOn("creation"))) {
            Cache<Object, Object> cache = scene.cache();

            cache.put(1, "a");

            assertThat(scene.log).contains("write(1)");
            assertThat(cache.containsKey(1)).isFalse();
            assertThat(scene.statistics()).isEqualTo("H0 M0 P0 R0");
        }
    }

    @Test
    void w2_putThatExpiresAtOnce_isAnExpiredEvent() {
        try (Scene scene = new Scene().listening().expiring(Scene.zeroOn("creation"))) {
            scene.cache().put(1, "a");

            assertThat(scene.log).containsExactly("creation", "EXPIRED(1=a)");
        }
    }

    @Test
    void w3_putIfAbsentThatExpiresAtOnce_isFalseAndAMiss() throws Exception {
        try (Scene scene = new Scene().expiring(Scene.zeroOn("creation"))) {
            assertThat(scene.cache().putIfAbsent(1, "a")).isFalse();
            assertThat(scene.statistics()).isEqualTo("H0 M1 P0 R0");
        }
    }

    @Test
    void w4_updateThatExpiresAtOnce_isUpdatedCountedThenExpired() throws Exception {
        try (Scene scene = new Scene().listening().expiring(Scene.zeroOn("update"))) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            cache.put(1, "b");

            assertThat(cache.get(1)).isNull();
            assertThat(scene.statistics()).isEqualTo("H0 M1 P2 R0");
            assertThat(scene.log).containsSubsequence("CREATED(1=a)", "UPDATED(1=b)", "EXPIRED(1=b)");
        }
    }

    @Test
    void w5_putAllWriterFails_throwsTheWritersException() {
        CacheWriterException failure = new CacheWriterException("no");
        try (Scene scene = new Scene().writing(entries -> {
            throw failure;
        })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> cache.putAll(Map.of(1, "a"))).isSameAs(failure);
            assertThat(cache.containsKey(1)).isFalse();
        }
    }

    @Test
    void w6_removeAllOfKeys_deletesTheMissingOnesToo() {
        try (Scene scene = new Scene().writing()) {
            scene.cache().removeAll(Set.of(1, 2));

            assertThat(scene.log).containsExactly("deleteAll[1, 2]");
        }
    }

    @Test
    void w7_bulkCallOfNothing_callsNoWriter() {
        try (Scene scene = new Scene().writing()) {
            Cache<Object, Object> cache = scene.cache();

            cache.putAll(Map.of());
            cache.removeAll(Set.of());
            cache.removeAll();

            assertThat(scene.log).isEmpty();
        }
    }

    @Test
    void w8_replaceAndRemoveByValue_compareByEquals() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, new Temperature(201));

            assertThat(cache.replace(1, new Temperature(209), new Temperature(300)))
                    .isTrue();
            assertThat(cache.remove(1, new Temperature(305))).isTrue();
        }
    }

    @Test
    void w9_arraysByValue_compareByContent() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, new byte[] {1});

            assertThat(cache.replace(1, new byte[] {1}, new byte[] {2})).isTrue();
            assertThat(cache.remove(1, new byte[] {1})).isFalse();
        }
    }

    @Test
    void w10_arraysByReference_compareByIdentity() {
        try (Scene scene = new Scene().with(settings -> settings.setStoreByValue(false))) {
            Cache<Object, Object> cache = scene.cache();
            byte[] array = {1};
            cache.put(1, array);

            assertThat(cache.replace(1, new byte[] {1}, "other")).isFalse();
            assertThat(cache.replace(1, array, "other")).isTrue();
        }
    }

    @Test
    void w11_writerFails_countsNothing() throws Exception {
        try (Scene scene = new Scene().writing(key -> {
            throw new IllegalStateException("no");
        })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> cache.getAndPut(1, "a")).isInstanceOf(CacheWriterException.class);
            assertThatThrownBy(() -> cache.getAndRemove(1)).isInstanceOf(CacheWriterException.class);
            assertThat(scene.statistics()).isEqualTo("H0 M0 P0 R0");
        }
    }

    @Test
    void w12_errorOfWriterOrLoader_passes() {
        AssertionError error = new AssertionError("no");
        try (Scene scene = new Scene()
                .writing(key -> {
                    throw error;
                })
                .loading(key -> {
                    throw error;
                })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> cache.put(1, "a")).isSameAs(error);
            assertThatThrownBy(() -> cache.get(1)).isSameAs(error);
        }
    }

    @Test
    void w13_valueThatCannotBeSerialized_isACacheException() throws Exception {
        try (Scene scene = new Scene().writing()) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> cache.put(1, new Object()))
                    .isInstanceOf(CacheException.class)
                    .hasRootCauseInstanceOf(NotSerializableException.class);
            assertThat(scene.log).isEmpty();
            assertThat(scene.statistics()).isEqualTo("H0 M0 P0 R0");
        }
    }

    @Test
    void w14_arrayAsKey_isFoundByTheSameArrayOnlyIfByReference() {
        byte[] key = {1};
        try (Scene byValue = new Scene();
                Scene byReference = new Scene().with(settings -> settings.setStoreByValue(false))) {
            Cache<Object, Object> copies = byValue.cache();
            Cache<Object, Object> references = byReference.cache();
            copies.put(key, "a");
            references.put(key, "a");

            assertThat(copies.containsKey(new byte[] {1})).isFalse();
            assertThat(references.containsKey(new byte[] {1})).isFalse();
            assertThat(references.containsKey(key)).isTrue();
        }
    }

    /** Equal to the degree, while its bytes are not. */
    private record Temperature(int tenths) implements Serializable {
        @Override
        public boolean equals(Object other) {
            return other instanceof Temperature that && that.tenths / 10 == tenths / 10;
        }

        @Override
        public int hashCode() {
            return tenths / 10;
        }
    }
}
