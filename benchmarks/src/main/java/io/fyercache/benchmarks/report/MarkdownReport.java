package io.fyercache.benchmarks.report;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.Role;
import io.fyercache.benchmarks.result.CellResult;
import io.fyercache.benchmarks.result.HitRatio;
import io.fyercache.benchmarks.result.Outcome;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.result.Scale;
import io.fyercache.benchmarks.result.Target.Verdict;
import io.fyercache.benchmarks.result.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The results of a run as a Markdown page. */
public final class MarkdownReport {
    /** More cells than these that lack something for the same reason are only counted. */
    private static final int MOST_CELLS_LISTED = 4;

    private final RunDescription run;
    private final List<CellResult> cells;
    private final List<HitRatio> hitRatios;

    /** A report of what was measured so far; it may be nothing. */
    public MarkdownReport(RunDescription run, List<CellResult> cells, List<HitRatio> hitRatios) {
        this.run = run;
        this.cells = List.copyOf(cells);
        this.hitRatios = List.copyOf(hitRatios);
    }

    /** The page. */
    public String render() {
        StringBuilder page = new StringBuilder("# Benchmark run " + run.label() + "\n\n");
        run.caveats().forEach(caveat -> page.append("> **").append(caveat).append("**\n\n"));
        run.facts().forEach(fact -> page.append("- ").append(fact).append('\n'));
        page.append('\n').append(summary()).append('\n');
        for (Scale scale : Scale.values()) {
            table(page, scale);
        }
        hitRatios(page);
        notAvailable(page);
        return page.toString();
    }

    private String summary() {
        Map<Verdict, Long> verdicts = cells.stream()
                .flatMap(cell -> Targets.of(cell).stream().map(target -> target.verdict(cell)))
                .collect(Collectors.groupingBy(verdict -> verdict, Collectors.counting()));
        return "Targets met: %d, missed: %d, not comparable: %d.%s%n"
                .formatted(
                        verdicts.getOrDefault(Verdict.MET, 0L),
                        verdicts.getOrDefault(Verdict.MISSED, 0L),
                        verdicts.getOrDefault(Verdict.OPEN, 0L),
                        hitRatios.isEmpty() ? "" : hitRatiosMet());
    }

    private String hitRatiosMet() {
        return format(
                " Hit ratios within %.1f points: %d of %d.",
                HitRatio.TOLERANCE_POINTS,
                hitRatios.stream().filter(HitRatio::met).count(),
                hitRatios.size());
    }

    private void table(StringBuilder page, Scale scale) {
        List<CellResult> rows =
                cells.stream().filter(cell -> cell.scale() == scale).toList();
        if (rows.isEmpty()) {
            return;
        }
        List<Contestant> columns = Arrays.stream(Contestant.values())
                .filter(contestant ->
                        rows.stream().anyMatch(cell -> cell.outcomes().containsKey(contestant)))
                .toList();
        page.append("\n## ").append(heading(scale)).append("\n\n| cell |");
        columns.forEach(contestant -> page.append(' ')
                .append(contestant.id())
                .append(contestant.role() == Role.LIMIT ? " (limit)" : "")
                .append(" |"));
        page.append(" best peer | ours to best peer | target |\n|---|")
                .append("---:|".repeat(columns.size()))
                .append("---|---:|---|\n");
        for (CellResult cell : rows) {
            row(page, cell, columns);
        }
    }

    private static String heading(Scale scale) {
        return switch (scale) {
            case OPERATIONS_PER_MICROSECOND ->
                "Speed: operations per microsecond, all threads together; more is better";
            case BYTES_PER_ENTRY -> "Memory: bytes per entry, a million of Long to byte[100]; less is better";
            case OPERATIONS_PER_SECOND -> "Operations per second, all threads of the cluster together; more is better";
            case MICROSECONDS -> "Latency of operations in microseconds; less is better";
            case MILLISECONDS -> "What callers waited in a fault, in milliseconds; less is better";
            case LOST_WRITES -> "Acknowledged writes that were lost; less is better";
        };
    }

    private static void row(StringBuilder page, CellResult cell, List<Contestant> columns) {
        page.append("| ").append(cell.id()).append(" |");
        for (Contestant contestant : columns) {
            page.append(' ')
                    .append(number(cell.outcomes().get(contestant), cell.scale()))
                    .append(" |");
        }
        page.append(' ').append(cell.bestPeer().map(Contestant::id).orElse("-"));
        page.append(" | ").append(ratio(cell.advantageOverBestPeer(Contestant.FYERCACHE)));
        page.append(" | ").append(targets(cell)).append(" |\n");
    }

    private static String number(@Nullable Outcome outcome, Scale scale) {
        if (outcome instanceof Measured measured) {
            return scale == Scale.BYTES_PER_ENTRY || scale == Scale.LOST_WRITES
                    ? format("%.0f", measured.median())
                    : format("%s ±%.0f%%", threeDigits(measured.median()), 50 * measured.relativeSpread());
        }
        return outcome == null ? "" : "n/a";
    }

    private static String threeDigits(double value) {
        return format(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }

    private static String ratio(OptionalDouble advantage) {
        return advantage.isPresent() ? format("%.2f", advantage.getAsDouble()) : "-";
    }

    private static String targets(CellResult cell) {
        return Targets.of(cell).stream()
                .map(target -> target + ": " + word(target.verdict(cell)))
                .collect(Collectors.joining(", "));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case MET -> "met";
            case MISSED -> "**missed**";
            case OPEN -> "not comparable";
        };
    }

    private void hitRatios(StringBuilder page) {
        if (hitRatios.isEmpty()) {
            return;
        }
        page.append("\n## Hit ratio: percent of a trace's accesses; more is better\n\n");
        page.append(
                "| trace | accesses | bound | fyercache | caffeine-raw | points | target |\n|---|---:|---:|---:|---:|---:|---|\n");
        for (HitRatio ratio : hitRatios) {
            page.append(format(
                    "| %s | %d | %d | %.2f | %.2f | %+.2f | within %.1f points: %s |%n",
                    ratio.trace(),
                    ratio.accesses(),
                    ratio.bound(),
                    ratio.oursPercent(),
                    ratio.caffeinePercent(),
                    ratio.points(),
                    HitRatio.TOLERANCE_POINTS,
                    word(ratio.met() ? Verdict.MET : Verdict.MISSED)));
        }
    }

    private void notAvailable(StringBuilder page) {
        Map<String, Set<String>> cellsByReason = new LinkedHashMap<>();
        for (CellResult cell : cells) {
            cell.outcomes().forEach((contestant, outcome) -> {
                if (outcome instanceof NotAvailable gap) {
                    cellsByReason
                            .computeIfAbsent(contestant.id() + ": " + gap.reason(), reason -> new LinkedHashSet<>())
                            .add(cell.id());
                }
            });
        }
        if (!cellsByReason.isEmpty()) {
            page.append("\n## Not available\n\n");
            cellsByReason.forEach((reason, ids) -> page.append("- ")
                    .append(reason)
                    .append(" (")
                    .append(abridged(new ArrayList<>(ids)))
                    .append(")\n"));
        }
    }

    private static String abridged(List<String> ids) {
        return ids.size() <= MOST_CELLS_LISTED
                ? String.join(", ", ids)
                : "%d cells, such as %s".formatted(ids.size(), ids.get(0));
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
