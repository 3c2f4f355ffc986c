package io.fyercache.hibernate.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LastChangeTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @Test
    void change_thatIsOver_takesItsOwnAnnouncementBack() {
        LastChange announced = LastChange.NONE.announce(ONE, 1060);

        assertThat(announced.effective()).isEqualTo(1060);
        assertThat(announced.commit(ONE, 110)).isEqualTo(LastChange.NONE.commit(OTHER, 110));
        assertThat(announced.commit(ONE, 110).effective()).isEqualTo(110);
    }

    @Test
    void change_thatIsOver_leavesTheAnnouncementOfAnother_whicheverIsLater() {
        LastChange both = LastChange.NONE.announce(ONE, 1060).announce(OTHER, 1070);

        assertThat(both.commit(ONE, 110).effective()).isEqualTo(1070);
        assertThat(both.commit(OTHER, 110).effective()).isEqualTo(1060);
        assertThat(both.commit(OTHER, 110).commit(ONE, 100).effective()).isEqualTo(110);
    }

    @Test
    void announcement_ofTheSameSession_takesThePlaceOfTheOneBefore() {
        LastChange twice = LastChange.NONE.announce(ONE, 1060).announce(ONE, 1070);

        assertThat(twice.announced()).hasSize(1);
        assertThat(twice.effective()).isEqualTo(1070);
    }

    /** Its process is gone: results from before its time are not believed, later ones are, and it is not kept for ever. */
    @Test
    void announcement_thatNobodyTakesBack_countsUntilItsTime() {
        LastChange left = LastChange.NONE.announce(ONE, 1060);

        assertThat(left.commit(OTHER, 500).effective()).isEqualTo(1060);
        assertThat(left.commit(OTHER, 1060)).isEqualTo(new LastChange(1060, List.of()));
    }

    @Test
    void announcementsBeyondTheMaximum_areBelievedToBeOverWhenTheFirstIs() {
        LastChange many = LastChange.NONE;
        for (int i = 0; i <= LastChange.MAX_ANNOUNCED; i++) {
            many = many.announce(new UUID(1, i), 1_000 + i);
        }

        assertThat(many.announced()).hasSize(LastChange.MAX_ANNOUNCED);
        assertThat(many.committed()).isEqualTo(1_000);
        for (int i = 0; i <= LastChange.MAX_ANNOUNCED; i++) {
            many = many.commit(new UUID(1, i), 500);
        }
        assertThat(many.effective()).isEqualTo(1_000);
    }
}
