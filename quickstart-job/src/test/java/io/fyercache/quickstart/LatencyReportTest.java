package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyReportTest {
    @Test
    void add_knownLatencies_showsTheirPercentiles() {
        Histogram nanos = new Histogram(60_000_000_000L, 3);
        for (int micros = 1; micros <= 1000; micros++) {
            nanos.recordValue(micros * 1000L);
        }
        assertThat(cells(new LatencyReport().add("hits", nanos).lines().get(1)))
                .containsExactly("hits", "1,000", "500 us", "990 us", "1.0 ms");
    }

    @Test
    void add_nothingMeasured_showsDashes() {
        assertThat(cells(new LatencyReport()
                        .add("misses", new Histogram(2))
                        .lines()
                        .get(1)))
                .containsExactly("misses", "0", "-", "-", "-");
    }

    @Test
    void lines_startWithHeadingsAndLineUp() {
        Histogram nanos = new Histogram(2);
        nanos.recordValue(12);
        List<String> lines = new LatencyReport()
                .add("hits", nanos)
                .add("misses", new Histogram(2))
                .lines();

        assertThat(cells(lines.get(0))).containsExactly("count", "p50", "p99", "longest");
        assertThat(lines)
                .hasSize(3)
                .allMatch(line -> line.length() == lines.get(0).length());
        assertThat(lines.get(0)).hasSizeLessThanOrEqualTo(Terminal.USUAL_COLUMNS);
    }

    private static List<String> cells(String line) {
        return List.of(line.strip().split(" {2,}"));
    }
}
