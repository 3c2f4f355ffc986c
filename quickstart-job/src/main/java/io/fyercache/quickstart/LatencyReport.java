package io.fyercache.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Percentiles of latencies, as lines of a table. */
final class LatencyReport {
    private static final double MEDIAN = 50.0;
    private static final double TAIL = 99.0;

    private final List<String> lines = new ArrayList<>();

    LatencyReport() {
        lines.add(line("", "count", "p50", "p99", "longest"));
    }

    /** Adds a line for {@code nanos}; where nothing was measured it shows dashes. */
    LatencyReport add(String name, Histogram nanos) {
        long count = nanos.getTotalCount();
        if (count == 0) {
            lines.add(line(name, "0", "-", "-", "-"));
        } else {
            lines.add(line(
                    name,
                    Figures.count(count),
                    Figures.duration(nanos.getValueAtPercentile(MEDIAN)),
                    Figures.duration(nanos.getValueAtPercentile(TAIL)),
                    Figures.duration(nanos.getMaxValue())));
        }
        return this;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private static String line(String name, String count, String median, String tail, String longest) {
        return String.format(Locale.ROOT, "  %-22s %12s %12s %12s %12s", name, count, median, tail, longest);
    }
}
