package io.fyercache.benchmarks.report;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.Role;
import io.fyercache.benchmarks.result.CellResult;
import io.fyercache.benchmarks.result.Target.Verdict;
import io.fyercache.benchmarks.result.Targets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A dot plot: one line per cell, one dot per contestant, placed by how many times better it is than the best peer, on a logarithmic axis.
 *
 * <p>The best peer is at 1 in each line by definition, so cells of very different speeds can be read together.
 */
public final class SvgChart {
    private static final int LABEL_WIDTH = 330;
    private static final int PLOT_WIDTH = 620;
    private static final int RATIO_WIDTH = 90;
    private static final int ROW_HEIGHT = 18;
    private static final int TOP = 76;
    private static final int BOTTOM = 16;

    /** The axis: a hundredth to ten times the best peer. What lies outside is drawn at the edge. */
    private static final double LEAST = 0.01;

    private static final double MOST = 10;

    private static final double[] TICKS = {0.01, 0.1, 0.5, 1, 2, 5, 10};

    private static final Map<Contestant, String> COLORS = Map.of(
            Contestant.FYERCACHE, "#d1242f",
            Contestant.CAFFEINE, "#1f6feb",
            Contestant.CACHE2K, "#2da44e",
            Contestant.EHCACHE, "#bf8700",
            Contestant.HAZELCAST, "#8250df",
            Contestant.INFINISPAN, "#0f8a8a",
            Contestant.IGNITE, "#953800",
            Contestant.CAFFEINE_RAW, "#8ab4f8",
            Contestant.CHM, "#8c959f",
            Contestant.FYERCACHE_LOCAL, "#ff8182");

    private static final List<Contestant> OURS_ON_TOP =
            Arrays.stream(Contestant.values()).sorted(Comparator.reverseOrder()).toList();

    private final String title;
    private final List<CellResult> cells;

    /** A chart of the cells in which some peer was measured. */
    public SvgChart(String title, List<CellResult> cells) {
        this.title = title;
        this.cells = cells.stream().filter(cell -> cell.bestPeer().isPresent()).toList();
    }

    /** The chart as an SVG document. */
    public String render() {
        int width = LABEL_WIDTH + PLOT_WIDTH + RATIO_WIDTH;
        int height = TOP + cells.size() * ROW_HEIGHT + BOTTOM;
        StringBuilder svg = new StringBuilder();
        append(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"11\" fill=\"#1f2328\">%n",
                width,
                height,
                width,
                height);
        append(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", width, height);
        append(svg, "<text x=\"8\" y=\"20\" font-size=\"14\" font-weight=\"bold\">%s</text>%n", escape(title));
        legend(svg);
        axis(svg, height - BOTTOM);
        for (int row = 0; row < cells.size(); row++) {
            row(svg, cells.get(row), TOP + row * ROW_HEIGHT + ROW_HEIGHT / 2);
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        int x = 12;
        for (Contestant contestant : Contestant.values()) {
            if (cells.stream().allMatch(cell -> cell.median(contestant).isEmpty())) {
                continue;
            }
            dot(svg, contestant, x, 36);
            append(svg, "<text x=\"%d\" y=\"40\">%s</text>%n", x + 9, contestant.id());
            x += 34 + contestant.id().length() * 6;
        }
    }

    private static void axis(StringBuilder svg, int bottom) {
        for (double tick : TICKS) {
            boolean par = tick == 1;
            append(
                    svg,
                    "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\"/>%n",
                    x(tick),
                    TOP - 4,
                    bottom,
                    par ? "#1f2328" : "#d0d7de");
            append(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(tick),
                    TOP - 10,
                    par ? "best peer" : trimmed(tick) + "x");
        }
        append(svg, "<text x=\"%d\" y=\"%d\">ours</text>%n", LABEL_WIDTH + PLOT_WIDTH + 26, TOP - 10);
    }

    private static void row(StringBuilder svg, CellResult cell, int y) {
        append(svg, "<text x=\"8\" y=\"%d\">%s</text>%n", y + 4, escape(cell.id()));
        append(
                svg,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%3$d\" y2=\"%3$d\" stroke=\"#eaeef2\"/>%n",
                LABEL_WIDTH,
                LABEL_WIDTH + PLOT_WIDTH,
                y);
        for (Contestant contestant : OURS_ON_TOP) {
            OptionalDouble advantage = cell.advantageOverBestPeer(contestant);
            if (advantage.isPresent()) {
                dot(svg, contestant, x(advantage.getAsDouble()), y);
            }
        }
        OptionalDouble ours = cell.advantageOverBestPeer(Contestant.FYERCACHE);
        boolean missed = Targets.of(cell).stream().anyMatch(target -> target.verdict(cell) == Verdict.MISSED);
        append(
                svg,
                "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
                LABEL_WIDTH + PLOT_WIDTH + 8,
                y + 4,
                missed ? "#d1242f" : "#1f2328",
                (ours.isPresent() ? String.format(Locale.ROOT, "%.2fx", ours.getAsDouble()) : "n/a")
                        + (missed ? " missed" : ""));
    }

    private static void dot(StringBuilder svg, Contestant contestant, double x, int y) {
        String color = COLORS.getOrDefault(contestant, "#1f2328");
        boolean hollow = contestant.role() == Role.LIMIT;
        append(
                svg,
                "<circle cx=\"%.1f\" cy=\"%d\" r=\"%s\" fill=\"%s\" stroke=\"%s\"><title>%s</title></circle>%n",
                x,
                y,
                contestant.role() == Role.OURS ? "5.5" : "4",
                hollow ? "#ffffff" : color,
                color,
                contestant.id());
    }

    private static double x(double advantage) {
        double bounded = Math.min(MOST, Math.max(LEAST, advantage));
        return LABEL_WIDTH + PLOT_WIDTH * Math.log(bounded / LEAST) / Math.log(MOST / LEAST);
    }

    private static String trimmed(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void append(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }
}
