package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;

/** Rulings P of {@code docs/jsr107-rulings.md}. */
class ProcessorRulingsTest {
    @Test
    void p1_getThenSet_asksForUpdateOnly() {
        try (Scene scene = new Scene().expiring(asked -> Duration.ETERNAL)) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            scene.log.clear();

            Scene.invoke(cache, 1, (entry, none) -> {
                entry.setValue(entry.getValue() + "b");
                return null;
            });

            assertThat(scene.log).containsExactly("update");
        }
    }

    @Test
    void p2_removeOfMissingEntry_deletesAndIsNoRemoval() throws Exception {
        try (Scene scene = new Scene().writing().listening()) {
            Scene.invoke(scene.cache(), 1, (entry, none) -> {
                entry.remove();
                return null;
            });

            assertThat(scene.log).containsExactly("delete(1)");
            assertThat(scene.statistics()).isEqualTo("H0 M1 P0 R0");
        }
    }

    @Test
    void p3_getAfterRemove_isNull() {
        try (Scene scene = new Scene().loading(key -> "loaded")) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");

            Object seen = Scene.invoke(cache, 1, (entry, none) -> {
                entry.remove();
                return entry.getValue();
            });

            assertThat(seen).isNull();
            assertThat(scene.log).isEmpty();
        }
    }

    @Test
    void p4_exists_doesNotLoad() {
        try (Scene scene = new Scene().loading(key -> "loaded")) {
            assertThat(Scene.invoke(scene.cache(), 1, (entry, none) -> entry.exists()))
                    .isEqualTo(false);
            assertThat(scene.log).isEmpty();
        }
    }

    @Test
    void p5_processorThrows_countsNothing() throws Exception {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> Scene.invoke(cache, 1, (entry, none) -> {
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(EntryProcessorException.class);
            assertThat(scene.statistics()).isEqualTo("H0 M0 P0 R0");
        }
    }

    @Test
    void p6_processorThrowsCacheException_passes() {
        CacheException own = new CacheException("no");
        EntryProcessorException wrapped = new EntryProcessorException("no");
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> Scene.invoke(cache, 1, (entry, none) -> {
                        throw own;
                    }))
                    .isSameAs(own);
            assertThatThrownBy(() -> Scene.invoke(cache, 1, (entry, none) -> {
                        throw wrapped;
                    }))
                    .isSameAs(wrapped);
        }
    }

    @Test
    void p7_loaderFailsWithinGetValue_isTheLoadersException() {
        try (Scene scene = new Scene().loading(key -> {
            throw new IllegalStateException("no");
        })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> Scene.invoke(cache, 1, (entry, none) -> entry.getValue()))
                    .isInstanceOf(CacheLoaderException.class);
        }
    }

    @Test
    void p8_writerFailsAfterTheProcessor_isTheWritersException() throws Exception {
        try (Scene scene = new Scene().writing(key -> {
            throw new IllegalStateException("no");
        })) {
            Cache<Object, Object> cache = scene.cache();

            assertThatThrownBy(() -> Scene.invoke(cache, 1, (entry, none) -> {
                        entry.setValue("a");
                        return null;
                    }))
                    .isInstanceOf(CacheWriterException.class);
            assertThat(cache.containsKey(1)).isFalse();
            assertThat(scene.statistics()).isEqualTo("H0 M0 P0 R0");
        }
    }

    @Test
    void p9_valueMutatedWithoutSetValue_isNotStored() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, new ArrayList<>(List.of("a")));

            Scene.invoke(cache, 1, (entry, none) -> {
                ((ArrayList<?>) entry.getValue()).clear();
                return null;
            });

            assertThat(cache.get(1)).isEqualTo(List.of("a"));
        }
    }

    @Test
    void p10_removeAfterALoad_deletesAndIsNoRemoval() throws Exception {
        try (Scene scene = new Scene().loading(key -> "loaded").writing().listening()) {
            Cache<Object, Object> cache = scene.cache();

            Scene.invoke(cache, 1, (entry, none) -> {
                entry.setValue(entry.getValue() + " and changed");
                entry.remove();
                return null;
            });

            assertThat(cache.containsKey(1)).isFalse();
            assertThat(scene.log).containsExactly("load(1)", "delete(1)");
            assertThat(scene.statistics()).isEqualTo("H0 M1 P0 R0");
        }
    }
}
