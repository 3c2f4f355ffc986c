package io.fyercache.core.operation;

import static io.fyercache.core.operation.EntryChange.Kind.CREATED;
import static io.fyercache.core.operation.EntryChange.Kind.EXPIRED;
import static io.fyercache.core.operation.EntryChange.Kind.REMOVED;
import static io.fyercache.core.operation.EntryChange.Kind.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChangeInterestTest {
    private static EntryChange change(EntryChange.Kind kind) {
        return new EntryChange(kind, "k", "new", kind == CREATED ? null : "old");
    }

    @Test
    void ofNobody_hearsNothing() {
        assertThat(ChangeInterest.NONE.isNone()).isTrue();
        for (EntryChange.Kind kind : EntryChange.Kind.values()) {
            assertThat(ChangeInterest.NONE.hears(kind)).isFalse();
            assertThat(ChangeInterest.NONE.awaits(kind)).isFalse();
        }
    }

    @Test
    void eachListener_addsItsKindsAndNoOthers() {
        ChangeInterest interest =
                ChangeInterest.NONE.and(CREATED).andAwaited(UPDATED).andOldOf(REMOVED);

        assertThat(interest.isNone()).isFalse();
        assertThat(interest.hears(CREATED)).isTrue();
        assertThat(interest.hears(UPDATED)).isTrue();
        assertThat(interest.hears(REMOVED)).isTrue();
        assertThat(interest.hears(EXPIRED)).isFalse();
        assertThat(interest.awaits(CREATED)).isFalse();
        assertThat(interest.awaits(UPDATED)).isTrue();
        assertThat(interest.awaits(REMOVED)).isFalse();
    }

    @Test
    void valuesBefore_goUnlessSomebodyWantsThem() {
        ChangeInterest interest = ChangeInterest.NONE.and(UPDATED).and(REMOVED).andOldOf(EXPIRED);

        assertThat(interest.of(change(UPDATED))).isEqualTo(new EntryChange(UPDATED, "k", "new", null));
        assertThat(interest.of(change(REMOVED))).isEqualTo(new EntryChange(REMOVED, "k", null, null));
        assertThat(interest.of(change(EXPIRED))).isEqualTo(change(EXPIRED));
    }

    @Test
    void interestInWhatIsNotHeard_isRefused() {
        assertThatThrownBy(() -> new ChangeInterest(16, 0, 0)).hasMessage("heard: 16 (expected: 0..15)");
        assertThatThrownBy(() -> new ChangeInterest(1, 2, 0))
                .hasMessage("awaited: 2 (expected: no other bits than those of heard, 1)");
        assertThatThrownBy(() -> new ChangeInterest(1, 0, 4))
                .hasMessage("withOld: 4 (expected: no other bits than those of heard, 1)");
    }
}
