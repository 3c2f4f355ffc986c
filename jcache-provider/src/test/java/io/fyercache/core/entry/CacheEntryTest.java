package io.fyercache.core.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CacheEntryTest {

    @Test
    void value_isVisible() {
        assertThat(CacheEntry.eternal("v").visible()).isEqualTo("v");
    }

    @Test
    void held_showsTheCommittedValue() {
        CacheEntry entry = CacheEntry.eternal("v");
        KeyHold hold = new KeyHold("v");

        entry.swap(entry.slot(), hold);
        assertThat(entry.visible()).isEqualTo("v");
        hold.commit("w");
        assertThat(entry.visible()).isEqualTo("w");
        hold.commit(null);
        assertThat(entry.visible()).isNull();
        entry.release("x");

        assertThat(entry.visible()).isEqualTo("x");
    }

    @Test
    void killed_isDeadAndShowsNothing() {
        CacheEntry entry = CacheEntry.expiring("v", 10);

        entry.kill();

        assertThat(entry.isDead()).isTrue();
        assertThat(entry.visible()).isNull();
    }

    @Test
    void knownMiss_showsNothingAndIsNotDead() {
        CacheEntry entry = CacheEntry.expiring(Vacancy.KNOWN_MISS, 10);

        assertThat(entry.visible()).isNull();
        assertThat(entry.isDead()).isFalse();
    }

    @Test
    void eternal_takesNoDeadline() {
        CacheEntry entry = CacheEntry.eternal("v");

        assertThat(entry.canExpireAt(10)).isFalse();
        assertThat(entry.canExpireAt(Expiry.NEVER)).isTrue();
        entry.setDeadline(Expiry.NEVER);
        assertThatThrownBy(() -> entry.setDeadline(10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("10");
        assertThat(entry.isExpiredAt(Long.MAX_VALUE - 1)).isFalse();
        assertThat(entry.expire(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void deadline_isNotAfterNow_expired() {
        CacheEntry entry = CacheEntry.expiring("v", 10);

        assertThat(entry.isExpiredAt(9)).isFalse();
        assertThat(entry.isExpiredAt(10)).isTrue();
        assertThat(entry.expire(9)).isFalse();
        assertThat(entry.expire(10)).isTrue();
    }

    @Test
    void touch_deadlineAsSeen_moves() {
        CacheEntry entry = CacheEntry.expiring("v", 10);

        assertThat(entry.touch(10, 20)).isTrue();

        assertThat(entry.expire(10)).isFalse();
        assertThat(entry.deadlineMillis()).isEqualTo(20);
    }

    @Test
    void touch_deadlineChanged_refused() {
        CacheEntry entry = CacheEntry.expiring("v", 10);
        entry.setDeadline(5);

        assertThat(entry.touch(10, 20)).isFalse();

        assertThat(entry.deadlineMillis()).isEqualTo(5);
    }

    @Test
    void touch_foundExpired_cannotRevive() {
        CacheEntry entry = CacheEntry.expiring("v", 10);
        assertThat(entry.expire(10)).isTrue();

        assertThat(entry.touch(10, 20)).isFalse();

        assertThat(entry.isExpiredAt(Long.MIN_VALUE + 1)).isTrue();
    }

    @Test
    void toString_tellsNoValue() {
        assertThat(CacheEntry.eternal("secret")).asString().doesNotContain("secret");
        assertThat(CacheEntry.expiring(new KeyHold("secret"), 10))
                .asString()
                .doesNotContain("secret")
                .contains(Thread.currentThread().getName(), "10");
    }
}
