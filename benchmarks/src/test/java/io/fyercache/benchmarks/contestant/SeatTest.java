package io.fyercache.benchmarks.contestant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeatTest {
    private static final Seat SEAT = new Seat(
            "bench-1", 1, List.of(10_000, 10_003), Map.of(Companion.ZOOKEEPER, 10_006, Companion.DATABASE, 10_009));

    @Test
    void ofWords_wordsOfASeat_isTheSeat() {
        assertThat(Seat.ofWords(SEAT.words())).isEqualTo(SEAT);
        Seat alone = new Seat("bench-2", 0, List.of(10_000), Map.of());
        assertThat(Seat.ofWords(alone.words())).isEqualTo(alone);
    }

    @Test
    void portOf_companionThatIsNotThere_saysWhichAre() {
        Seat alone = new Seat("bench-2", 0, List.of(10_000), Map.of(Companion.DATABASE, 7));

        assertThat(SEAT.portOf(Companion.ZOOKEEPER)).isEqualTo(10_006);
        assertThatThrownBy(() -> alone.portOf(Companion.ZOOKEEPER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("companion: ZOOKEEPER (expected: one of {DATABASE=7})");
    }
}
