package io.fyercache.management.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What operators read. */
final class OperationsPage {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)`");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE ([a-z_]+) (counter|gauge|summary)$");

    private OperationsPage() {}

    /** Returns the names in the tables of metrics. */
    static Set<String> documentedMetrics() throws IOException {
        String page = Files.readString(PAGE);
        String metrics = page.substring(page.indexOf("## Metrics"));
        return new TreeSet<>(
                ROW.matcher(metrics).results().map(row -> row.group(1)).toList());
    }

    /** Returns the names in what Prometheus is told. */
    static Set<String> metricsIn(String text) {
        return new TreeSet<>(
                TYPE.matcher(text).results().map(type -> type.group(1)).toList());
    }
}
