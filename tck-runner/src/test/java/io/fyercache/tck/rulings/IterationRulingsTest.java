package io.fyercache.tck.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import javax.cache.Cache;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;

/** Rulings I of {@code docs/jsr107-rulings.md}. */
class IterationRulingsTest {
    private static final int ENTRIES = 50;

    @Test
    void i1_entriesRemovedWhileIterating_areLeftOut() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            for (int key = 0; key < ENTRIES; key++) {
                cache.put(key, "a");
            }
            Iterator<Cache.Entry<Object, Object>> iterator = cache.iterator();
            iterator.next();

            cache.removeAll();

            assertThat(iterator).isExhausted();
        }
    }

    @Test
    void i2_removedAfterHasNext_isReturnedByNext() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            Iterator<Cache.Entry<Object, Object>> iterator = cache.iterator();
            assertThat(iterator.hasNext()).isTrue();

            cache.remove(1);

            assertThat(iterator.next().getValue()).isEqualTo("a");
        }
    }

    @Test
    void i3_iteratedEntry_isAccessedOnce() throws Exception {
        try (Scene scene = new Scene().expiring(asked -> Duration.ETERNAL)) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            scene.log.clear();

            Iterator<Cache.Entry<Object, Object>> iterator = cache.iterator();
            assertThat(iterator.hasNext()).isTrue();
            assertThat(iterator.hasNext()).isTrue();
            iterator.next();

            assertThat(scene.log).containsExactly("access");
            assertThat(scene.statistics()).isEqualTo("H1 M0 P1 R0");
        }
    }

    @Test
    void i4_removeAfterTheValueChanged_removesWhatIsThere() {
        try (Scene scene = new Scene().listening()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            Iterator<Cache.Entry<Object, Object>> iterator = cache.iterator();
            iterator.next();
            cache.put(1, "b");

            iterator.remove();

            assertThat(cache.containsKey(1)).isFalse();
            assertThat(scene.log).endsWith("REMOVED(1=b)");
        }
    }

    @Test
    void i5_removeAfterTheEntryIsGone_deletesOnly() throws Exception {
        try (Scene scene = new Scene().listening().writing()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            Iterator<Cache.Entry<Object, Object>> iterator = cache.iterator();
            iterator.next();
            cache.remove(1);
            scene.log.clear();

            iterator.remove();

            assertThat(scene.log).containsExactly("delete(1)");
            assertThat(scene.statistics()).isEqualTo("H1 M0 P1 R1");
        }
    }

    @Test
    void i6_iteratorOfAClosedCache_throws() {
        try (Scene scene = new Scene()) {
            Cache<Object, Object> cache = scene.cache();
            cache.put(1, "a");
            Iterator<Cache.Entry<Object, Object>> iterator = cache.iterator();

            cache.close();

            assertThatThrownBy(iterator::hasNext).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(iterator::next).isInstanceOf(IllegalStateException.class);
        }
    }
}
