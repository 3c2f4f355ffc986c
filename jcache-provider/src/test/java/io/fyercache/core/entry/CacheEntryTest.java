package io.fyercache.core.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CacheEntryTest {

    @Test
    void value_isVisible() {
        assertThat(CacheEntry.eternal("k", "v").visible()).isEqualTo("v");
    }

    @Test
    void held_showsTheCommittedValue() {
        CacheEntry entry = CacheEntry.eternal("k", "v");
        KeyHold hold = new KeyHold();

        assertThat(entry.take(hold)).isSameAs(hold);
        assertThat(entry.isHeld()).isTrue();
        assertThat(entry.hold()).isSameAs(hold);
        assertThat(entry.visible()).isEqualTo("v");
        assertThat(entry.unheldValue()).isNull();
        hold.commit("w");
        assertThat(entry.visible()).isEqualTo("w");
        hold.commit(null);
        assertThat(entry.visible()).isNull();
        entry.release("x");

        assertThat(entry.visible()).isEqualTo("x");
        assertThat(entry.isHeld()).isFalse();
        assertThat(entry.hold()).isNull();
    }

    @Test
    void take_held_returnsTheStandingHoldAndChangesNothing() {
        CacheEntry entry = CacheEntry.eternal("k", "v");
        KeyHold first = new KeyHold();
        entry.take(first);

        assertThat(entry.take(new KeyHold())).isSameAs(first);
        assertThat(entry.swap("v", "w")).isFalse();
        assertThat(entry.kill("v")).isFalse();
        assertThat(entry.killUnlessHeld()).isSameAs(entry);

        assertThat(entry.hold()).isSameAs(first);
        assertThat(entry.visible()).isEqualTo("v");
    }

    @Test
    void take_dead_nullAndNobodyWaitsForTheAttempt() {
        CacheEntry entry = CacheEntry.eternal("k", "v");
        entry.killUnlessHeld();
        KeyHold late = new KeyHold();

        assertThat(entry.take(late)).isNull();

        assertThat(entry.hold()).isNull();
        assertThat(late.isOver()).isTrue();
    }

    @Test
    void take_knownMiss_remainsOneUnlessAValueComes() {
        CacheEntry entry = CacheEntry.expiring("k", Vacancy.KNOWN_MISS, 10);
        KeyHold hold = new KeyHold();
        entry.take(hold);

        assertThat(hold.visible()).isNull();
        assertThat(hold.outcome()).isSameAs(Vacancy.KNOWN_MISS);
        hold.commit("v");
        assertThat(hold.outcome()).isEqualTo("v");
    }

    @Test
    void takeAtBirth_showsNothingAndGoesIfNoValueComes() {
        CacheEntry entry = CacheEntry.eternal("k", Vacancy.DEAD);
        KeyHold hold = new KeyHold();

        entry.takeAtBirth(hold);

        assertThat(entry.isHeld()).isTrue();
        assertThat(entry.isDead()).isFalse();
        assertThat(entry.visible()).isNull();
        assertThat(hold.outcome()).isSameAs(Vacancy.DEAD);
    }

    @Test
    void killed_isDeadAndShowsNothing() {
        CacheEntry entry = CacheEntry.expiring("k", "v", 10);

        assertThat(entry.kill("another")).isFalse();
        assertThat(entry.kill("v")).isTrue();

        assertThat(entry.isDead()).isTrue();
        assertThat(entry.visible()).isNull();
        assertThat(entry.killUnlessHeld()).isSameAs(Vacancy.DEAD);
    }

    @Test
    void isOf_sameHashAnotherKey_false() {
        CacheEntry entry = CacheEntry.eternal("Aa", "v");

        assertThat(entry.isOf("Aa", CacheEntry.hashOf("Aa"))).isTrue();
        assertThat(entry.isOf("BB", CacheEntry.hashOf("BB"))).isFalse();
    }

    @Test
    void knownMiss_showsNothingAndIsNotDead() {
        CacheEntry entry = CacheEntry.expiring("k", Vacancy.KNOWN_MISS, 10);

        assertThat(entry.visible()).isNull();
        assertThat(entry.isDead()).isFalse();
    }

    @Test
    void eternal_takesNoDeadline() {
        CacheEntry entry = CacheEntry.eternal("k", "v");

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
        CacheEntry entry = CacheEntry.expiring("k", "v", 10);

        assertThat(entry.isExpiredAt(9)).isFalse();
        assertThat(entry.isExpiredAt(10)).isTrue();
        assertThat(entry.expire(9)).isFalse();
        assertThat(entry.expire(10)).isTrue();
    }

    @Test
    void touch_deadlineAsSeen_moves() {
        CacheEntry entry = CacheEntry.expiring("k", "v", 10);

        assertThat(entry.touch(10, 20)).isTrue();

        assertThat(entry.expire(10)).isFalse();
        assertThat(entry.deadlineMillis()).isEqualTo(20);
    }

    @Test
    void touch_deadlineChanged_refused() {
        CacheEntry entry = CacheEntry.expiring("k", "v", 10);
        entry.setDeadline(5);

        assertThat(entry.touch(10, 20)).isFalse();

        assertThat(entry.deadlineMillis()).isEqualTo(5);
    }

    @Test
    void touch_foundExpired_cannotRevive() {
        CacheEntry entry = CacheEntry.expiring("k", "v", 10);
        assertThat(entry.expire(10)).isTrue();

        assertThat(entry.touch(10, 20)).isFalse();

        assertThat(entry.isExpiredAt(Long.MIN_VALUE + 1)).isTrue();
    }

    @Test
    void toString_tellsNoKeyAndNoValue() {
        CacheEntry held = CacheEntry.expiring("hidden", "secret", 10);
        held.take(new KeyHold());

        assertThat(CacheEntry.eternal("hidden", "secret")).asString().doesNotContain("secret", "hidden");
        assertThat(held)
                .asString()
                .doesNotContain("secret", "hidden")
                .contains(Thread.currentThread().getName(), "10");
    }

    @Test
    void lostHold_isEndedByAnother_andWhatWasVisibleStays() {
        CacheEntry entry = CacheEntry.eternal("k", "old");
        KeyHold lost = new KeyHold();
        entry.take(lost);
        lost.commit("new");

        entry.recover(lost, lost.outcome());

        assertThat(entry.isHeld()).isFalse();
        assertThat(entry.hold()).isNull();
        assertThat(entry.visible()).isEqualTo("new");
    }

    @Test
    void lostHold_ofWhoHadLetGoOfTheSlot_isNoReasonToChangeIt() {
        CacheEntry entry = CacheEntry.eternal("k", "old");
        KeyHold lost = new KeyHold();
        entry.take(lost);
        entry.replace("newer"); // As far as a release had come.

        entry.recover(lost, lost.outcome());

        assertThat(entry.hold()).isNull();
        assertThat(entry.visible()).isEqualTo("newer");
    }

    @Test
    void lostHold_isNotEndedTwice() {
        CacheEntry entry = CacheEntry.eternal("k", "old");
        KeyHold lost = new KeyHold();
        entry.take(lost);
        entry.recover(lost, lost.outcome());
        KeyHold next = new KeyHold();
        entry.take(next);

        entry.recover(lost, "something else");

        assertThat(entry.hold()).isSameAs(next);
        assertThat(entry.isHeld()).isTrue();
        assertThat(entry.visible()).isEqualTo("old");
    }
}
