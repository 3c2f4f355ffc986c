package io.fyercache.benchmarks;

import io.fyercache.benchmarks.report.MarkdownReport;
import io.fyercache.benchmarks.report.RunDescription;
import io.fyercache.benchmarks.report.SvgChart;
import io.fyercache.benchmarks.result.CellResult;
import io.fyercache.benchmarks.result.HitRatio;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The files of a run. They are written anew after each cell, so that a run that is cut short leaves what it has. */
final class ResultFiles {
    private final Path directory;
    private final RunDescription description;

    ResultFiles(Path directory, RunDescription description) {
        this.directory = directory;
        this.description = description;
    }

    void write(List<CellResult> cells, List<HitRatio> hitRatios) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("report.md"), new MarkdownReport(description, cells, hitRatios).render());
        Files.writeString(
                directory.resolve("chart.svg"),
                new SvgChart("Times better than the best peer: " + description.label(), cells).render());
        Files.write(directory.resolve("samples.csv"), samples(cells));
    }

    private static List<String> samples(List<CellResult> cells) {
        List<String> lines = new ArrayList<>(List.of("cell;provider;unit;samples or reason"));
        for (CellResult cell : cells) {
            cell.outcomes().forEach((contestant, outcome) -> {
                String text = "";
                if (outcome instanceof Measured measured) {
                    text = measured.samples().stream().map(String::valueOf).collect(Collectors.joining(" "));
                } else if (outcome instanceof NotAvailable gap) {
                    text = "n/a: " + gap.reason().replace(';', ',');
                }
                lines.add(String.join(
                        ";", cell.id(), contestant.id(), cell.scale().unit(), text));
            });
        }
        return lines;
    }
}
