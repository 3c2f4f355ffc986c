package io.fyercache.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final String ERASE = "\r\u001b[K";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ManualClock clock = new ManualClock(0);

    @Test
    void bar_advances_redrawsInPlaceUpToTenTimesASecond() {
        try (ProgressBar bar = start(new Terminal(Terminal.Progress.BAR, Terminal.Ink.PLAIN, 80), 200)) {
            bar.advance(50); // too early to draw
            clock.advance(Duration.ofMillis(100));
            bar.advance(50);
            bar.advance(1); // too early again
            bar.finish("200 rows");
        }
        String label = "  filling the database           ";
        assertThat(text())
                .isEqualTo(ERASE + label + ".".repeat(30) + "   0 %"
                        + ERASE + label + "#".repeat(15) + ".".repeat(15) + "  50 %"
                        + ERASE + label + "            200 rows     100 ms" + System.lineSeparator());
    }

    @Test
    void bar_narrowTerminal_neverWraps() {
        for (int columns = 42; columns < 80; columns++) {
            shown.reset();
            start(new Terminal(Terminal.Progress.BAR, Terminal.Ink.PLAIN, columns), 1);
            assertThat(text().substring(ERASE.length())).hasSizeLessThan(columns);
        }
    }

    @Test
    void bar_closedUnfinished_leavesAnEmptyLine() {
        start(new Terminal(Terminal.Progress.BAR, Terminal.Ink.PLAIN, 80), 10).close();

        assertThat(text()).endsWith(ERASE);
    }

    @Test
    void lines_quickStep_isOneLineWithoutEscapes() {
        try (ProgressBar bar = start(Terminal.none(), 3)) {
            bar.advance(1);
            bar.advance(2);
            bar.finish("3 rows");
        }
        assertThat(text())
                .isEqualToNormalizingNewlines("  filling the database                         3 rows       0 ns\n");
    }

    @Test
    void lines_slowStep_isALineEveryTenSeconds() {
        try (ProgressBar bar = start(Terminal.none(), 100)) {
            for (int second = 1; second <= 25; second++) {
                clock.advance(Duration.ofSeconds(1));
                bar.advance(4);
            }
            bar.finish("100 rows");
        }
        assertThat(text().lines().map(String::strip).map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "filling the database 40 %",
                        "filling the database 80 %", "filling the database 100 rows 25.0 s");
    }

    @Test
    void unknownTotal_showsNoPercentage() {
        start(new Terminal(Terminal.Progress.BAR, Terminal.Ink.PLAIN, 80), 0).advance(5);

        assertThat(text()).endsWith("...").doesNotContain("%");
    }

    private ProgressBar start(Terminal terminal, long total) {
        return new ProgressBar(terminal, new PrintStream(shown, true, UTF_8), clock, "filling the database", total);
    }

    private String text() {
        return shown.toString(UTF_8);
    }
}
