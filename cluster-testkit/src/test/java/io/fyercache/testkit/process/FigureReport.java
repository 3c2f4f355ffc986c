package io.fyercache.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a test has measured, and how it compares with what is aimed at: printed, and as JSON in {@code target/failures}. For one thread. */
final class FigureReport {
    private static final Path FOLDER = Path.of("target", "failures");
    private static final double NANOS_PER_MILLI = 1e6;

    private final String name;
    private final List<String> json = new ArrayList<>();
    private final List<String> text = new ArrayList<>();

    /** Of which of several times something is aimed at. */
    enum Of {
        P99,
        MAX;

        private double in(Times times) {
            return this == P99 ? times.p99 : times.max;
        }
    }

    /** An aim: at most so many milliseconds. */
    record Aim(Of of, double millis) {
        private boolean isMet(Times times) {
            return of.in(times) <= millis;
        }

        private String text(Times times) {
            return String.format(
                    Locale.ROOT, "%s <= %.0f ms: %s", of.name().toLowerCase(Locale.ROOT), millis, verdict(times));
        }

        private String verdict(Times times) {
            return isMet(times) ? "met" : "MISSED";
        }
    }

    /** The distribution of times, in milliseconds; a percentile is the least time that so many are not longer than. */
    private record Times(int count, double p50, double p99, double max) {
        static Times of(List<Long> nanos) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return new Times(sorted.size(), at(sorted, 50), at(sorted, 99), at(sorted, 100));
        }

        private static double at(List<Long> sorted, int percent) {
            int position = (sorted.size() * percent + 99) / 100 - 1;
            return sorted.get(Math.max(0, position)) / NANOS_PER_MILLI;
        }
    }

    FigureReport(String name) {
        this.name = name;
    }

    /** Returns the least time that 99 in 100 are not longer than. */
    static double p99Millis(List<Long> nanos) {
        return Times.of(nanos).p99;
    }

    /** Adds times; if there are none, it says so. */
    FigureReport times(String what, List<Long> nanos, Aim... aims) {
        if (nanos.isEmpty()) {
            text.add(what + ": none");
            return this;
        }
        Times times = Times.of(nanos);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %d times, p50 %.1f, p99 %.1f, max %.1f ms",
                what,
                times.count,
                times.p50,
                times.p99,
                times.max));
        List<String> verdicts = new ArrayList<>();
        for (Aim aim : aims) {
            line.append("; ").append(aim.text(times));
            verdicts.add('"' + aim.text(times) + '"');
        }
        text.add(line.toString());
        json.add(String.format(
                Locale.ROOT,
                "{\"what\": \"%s\", \"count\": %d, \"p50Millis\": %.2f, \"p99Millis\": %.2f, \"maxMillis\": %.2f, \"aims\": %s}",
                what,
                times.count,
                times.p50,
                times.p99,
                times.max,
                verdicts));
        return this;
    }

    /** Adds a number. */
    FigureReport number(String what, double number) {
        text.add(String.format(Locale.ROOT, "%s: %.1f", what, number));
        json.add(String.format(Locale.ROOT, "{\"what\": \"%s\", \"value\": %.2f}", what, number));
        return this;
    }

    /** Prints it, and writes it down. */
    void publish() throws IOException {
        System.out.println(name + "\n  " + String.join("\n  ", text));
        String head = String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"time\": \"%s\", \"processors\": %d, \"java\": \"%s\", \"figures\": [%n  ",
                name,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        Files.writeString(
                Files.createDirectories(FOLDER).resolve(name + ".json"), head + String.join(",\n  ", json) + "\n]}\n");
    }
}
