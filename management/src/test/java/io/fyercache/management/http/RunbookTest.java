package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.management.report.EventReport;
import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.transport.netty.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the runbook names is there. Its commands are looked at beside the commands. */
class RunbookTest {
    private static final Path PAGE = Path.of("..", "docs", "runbook.md");
    private static final String LINK = "docs/runbook.md#";

    private static final Pattern ALERT = Pattern.compile("`(FyerCache\\w+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^##+ (.+)$");
    private static final Pattern LINK_WITHIN = Pattern.compile("\\]\\(#([^)]+)\\)");
    private static final Pattern EVENT = Pattern.compile("an event `([a-z-]+)`");
    private static final Pattern ROW_OF_REASONS = Pattern.compile("(?m)^\\| ((?:`[a-z-]+`(?:, )?)+) \\|");
    private static final Pattern REASON = Pattern.compile("`([a-z-]+)`");

    private static String page;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(PAGE);
    }

    /** Returns what leads to each section, by the rules of those who show such pages. */
    private static Set<String> anchors() {
        return HEADING.matcher(page)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Set<String> found(Pattern pattern) {
        return DeploymentFilesTest.found(pattern, 1, List.of(page));
    }

    @Test
    void alerts_eachLeadToASection_andTheSectionsNameNoOthers() throws IOException {
        List<Map<String, Object>> rules = DeploymentFilesTest.rules();
        Set<String> names =
                rules.stream().map(rule -> (String) rule.get("alert")).collect(Collectors.toSet());

        assertThat(rules).allSatisfy(rule -> {
            String link = (String) ((Map<?, ?>) rule.get("annotations")).get("runbook");
            assertThat(link).startsWith(LINK);
            assertThat(anchors()).contains(link.substring(LINK.length()));
        });
        assertThat(found(ALERT)).isEqualTo(names);
    }

    @Test
    void linksWithinThePage_leadToSections() {
        assertThat(found(LINK_WITHIN)).isNotEmpty();
        assertThat(anchors()).containsAll(found(LINK_WITHIN));
    }

    @Test
    void metrics_areThoseOfOperationsPage() throws IOException {
        Set<String> named = DeploymentFilesTest.found(DeploymentFilesTest.METRIC, 0, List.of(page));

        assertThat(named).hasSizeGreaterThan(5);
        assertThat(OperationsPage.documentedMetrics()).containsAll(named);
    }

    @Test
    void events_areKindsThatThereAre() {
        assertThat(found(EVENT)).hasSizeGreaterThan(2);
        assertThat(Stream.of(ClusterEvent.Kind.values()).map(EventReport::kind)).containsAll(found(EVENT));
    }

    @Test
    void reasonsOfRefusals_areAllThere() {
        String section = page.substring(page.indexOf("## Connections are refused"));
        Set<String> rows = DeploymentFilesTest.found(
                ROW_OF_REASONS, 1, List.of(section.substring(0, section.indexOf("\n## ", 1))));

        assertThat(DeploymentFilesTest.found(REASON, 1, List.copyOf(rows)))
                .isEqualTo(Stream.of(Refusal.values())
                        .map(refusal -> refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.toSet()));
    }
}
