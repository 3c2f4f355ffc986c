package io.fyercache.benchmarks.report;

import static io.fyercache.benchmarks.contestant.Contestant.CAFFEINE;
import static io.fyercache.benchmarks.contestant.Contestant.CHM;
import static io.fyercache.benchmarks.contestant.Contestant.FYERCACHE;
import static io.fyercache.benchmarks.contestant.Contestant.HAZELCAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.result.CellResult;
import io.fyercache.benchmarks.result.HitRatio;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.result.Scale;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
    private static final CellResult FAST = new CellResult(
                    "get/reference/pojo/stats-off/eternal/1-thread", Scale.OPERATIONS_PER_MICROSECOND)
            .add(FYERCACHE, measured(30, 40, 50))
            .add(CAFFEINE, measured(20, 20, 20))
            .add(HAZELCAST, new NotAvailable("does not support store by reference"))
            .add(CHM, measured(50, 50, 50));
    private static final CellResult HEAVY = new CellResult("memory/value", Scale.BYTES_PER_ENTRY)
            .add(FYERCACHE, measured(250))
            .add(CAFFEINE, measured(208));
    private static final List<CellResult> CELLS = List.of(FAST, HEAVY);
    private static final List<HitRatio> HIT_RATIOS = List.of(new HitRatio("web07", 1_000, 10, 390, 400));
    private static final RunDescription RUN = new RunDescription(
            "<test> & more", List.of("Machine: 2 cores", "JVM: 17"), List.of("Measured on a busy machine"));

    private final String page = new MarkdownReport(RUN, CELLS, HIT_RATIOS).render();

    @Test
    void page_anyRun_statesMachineAndCaveats() {
        assertThat(page).contains("- Machine: 2 cores\n", "- JVM: 17\n", "> **Measured on a busy machine**");
    }

    @Test
    void page_speedCell_showsMediansRatioAndTargets() {
        assertThat(page)
                .contains(
                        "| cell | fyercache | caffeine | hazelcast | chm (limit) | best peer | ours to best peer | target |")
                .contains(
                        "| get/reference/pojo/stats-off/eternal/1-thread | 40.0 ±13% | 20.0 ±0% | n/a | 50.0 ±0% | caffeine | 2.00 "
                                + "| 1x best peer: met, 0.5x ConcurrentHashMap: met |");
    }

    @Test
    void page_missedTargets_areShownAsMissed() {
        assertThat(page)
                .contains("| memory/value | 250 | 208 | caffeine | 0.83 "
                        + "| 1x best peer: **missed**, 1x best peer on the heap: **missed** |")
                .contains("| web07 | 1000 | 10 | 39.00 | 40.00 | -1.00 | within 0.5 points: **missed** |")
                .contains("Targets met: 2, missed: 2, not comparable: 0. Hit ratios within 0.5 points: 0 of 1.");
    }

    @Test
    void page_gaps_areListedWithReasonAndCells() {
        assertThat(page)
                .contains(
                        "- hazelcast: does not support store by reference (get/reference/pojo/stats-off/eternal/1-thread)");
    }

    @Test
    void page_manyGapsForOneReason_areCounted() {
        List<CellResult> cells = IntStream.range(0, 5)
                .mapToObj(i -> new CellResult("zipf/" + i, Scale.OPERATIONS_PER_MICROSECOND)
                        .add(HAZELCAST, new NotAvailable("too old")))
                .toList();

        assertThat(new MarkdownReport(RUN, cells, List.of()).render())
                .contains("- hazelcast: too old (5 cells, such as zipf/0)\n");
    }

    @Test
    void page_nothingMeasured_isStillAPage() {
        assertThat(new MarkdownReport(RUN, List.of(), List.of()).render()).contains("Targets met: 0, missed: 0");
    }

    @Test
    void chart_anyCells_isWellFormedWithOneDotPerMeasuredContestant() throws Exception {
        Document svg = parse(new SvgChart(RUN.label(), CELLS).render());

        int legend = Set.of(FYERCACHE, CAFFEINE, CHM).size();
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(legend + 3 + 2);
        assertThat(texts(svg)).contains("<test> & more", "2.00x", "0.83x missed", FAST.id(), HEAVY.id());
    }

    @Test
    void chart_betterContestant_isFurtherRightAndExtremesStayInside() throws Exception {
        CellResult extreme = new CellResult("zipf/x", Scale.OPERATIONS_PER_MICROSECOND)
                .add(FYERCACHE, measured(1e9))
                .add(CAFFEINE, measured(1))
                .add(CHM, measured(1e-9));
        Document svg = parse(new SvgChart("extremes", List.of(extreme)).render());

        double least = x(svg, "chm");
        double par = x(svg, "caffeine");
        double most = x(svg, "fyercache");
        assertThat(List.of(least, par, most)).isSorted();
        assertThat(most).isLessThan(Double.parseDouble(svg.getDocumentElement().getAttribute("width")));
        assertThat(least).isPositive();
    }

    @Test
    void chart_noPeerMeasured_hasNoLine() throws Exception {
        CellResult alone = new CellResult("zipf/x", Scale.OPERATIONS_PER_MICROSECOND).add(FYERCACHE, measured(1));

        assertThat(texts(parse(new SvgChart("alone", List.of(alone)).render()))).doesNotContain("zipf/x");
    }

    private static Measured measured(double sample) {
        return new Measured(List.of(sample));
    }

    private static Measured measured(double first, double second, double third) {
        return new Measured(List.of(first, second, third));
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    /** Where the contestant's last dot is, which is the one below the legend. */
    private static double x(Document svg, String contestant) {
        NodeList dots = svg.getElementsByTagName("circle");
        double x = Double.NaN;
        for (int i = 0; i < dots.getLength(); i++) {
            if (dots.item(i).getTextContent().equals(contestant)) {
                x = Double.parseDouble(((Element) dots.item(i)).getAttribute("cx"));
            }
        }
        return x;
    }
}
