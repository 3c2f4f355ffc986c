package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "999, 999 ns",
        "1000, 1.0 us",
        "9949, 9.9 us",
        "9960, 10 us",
        "123456, 123 us",
        "999499, 999 us",
        "999500, 1.0 ms",
        "8200000, 8.2 ms",
        "999600000, 1.0 s",
        "1000000000, 1.0 s",
        "61234000000, 61.2 s"
    })
    void duration_hasOneToThreeDigitsAndAUnit(long nanos, String shown) {
        assertThat(Figures.duration(nanos)).isEqualTo(shown);
    }

    @Test
    void percent_ofNothing_isADash() {
        assertThat(Figures.percent(0, 0)).isEqualTo("-");
        assertThat(Figures.percent(1, 3)).isEqualTo("33.3 %");
    }

    @Test
    void perSecond_scalesByTime() {
        assertThat(Figures.perSecond(500, 250_000_000L)).isEqualTo(2000.0);
        assertThat(Figures.perSecond(0, 0)).isZero();
    }
}
