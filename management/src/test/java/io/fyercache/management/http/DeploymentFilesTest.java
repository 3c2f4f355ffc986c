package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.ConfigurationFile;
import io.fyercache.management.json.Json;
import io.fyercache.management.report.EventReport;
import io.fyercache.sharded.event.ClusterEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of {@code deploy/} speak of what there is. That the documented metrics are those of a process, {@link ClusterTest} sees. */
class DeploymentFilesTest {
    private static final Path DEPLOY = Path.of("..", "deploy");

    /** A name of a metric of ours in PromQL: no label, since none begins so. */
    static final Pattern METRIC = Pattern.compile("\\b(?:fyercache|cache)_[a-z_]+");

    private static final Pattern KIND = Pattern.compile("kind=\"([^\"]+)\"");

    private static Object yaml(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    /** Returns the rules of the alerts. */
    @SuppressWarnings("unchecked") // of objects
    static List<Map<String, Object>> rules() throws IOException {
        Map<String, Object> alerts =
                (Map<String, Object>) yaml(DEPLOY.resolve("monitoring").resolve("alerts.yaml"));
        return ((List<Map<String, Object>>) alerts.get("groups"))
                .stream()
                        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                        .toList();
    }

    /** Returns all texts with which a dashboard asks, wherever they are in it. */
    private static void addQueries(Object node, List<String> queries) {
        if (node instanceof Map<?, ?> object) {
            object.forEach((name, value) -> {
                if (value instanceof String text && (name.equals("expr") || name.equals("query"))) {
                    queries.add(text);
                }
                addQueries(value, queries);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(each -> addQueries(each, queries));
        }
    }

    private static List<String> queriesOfDashboard() throws IOException {
        List<String> queries = new ArrayList<>();
        addQueries(Json.read(Files.readAllBytes(DEPLOY.resolve("monitoring").resolve("grafana.json"))), queries);
        return queries;
    }

    static Set<String> found(Pattern pattern, int group, List<String> texts) {
        TreeSet<String> found = new TreeSet<>();
        texts.forEach(text -> pattern.matcher(text).results().forEach(each -> found.add(each.group(group))));
        return found;
    }

    private static void assertKnown(List<String> queries) throws IOException {
        assertThat(OperationsPage.documentedMetrics()).containsAll(found(METRIC, 0, queries));
        assertThat(Stream.of(ClusterEvent.Kind.values()).map(EventReport::kind)).containsAll(found(KIND, 1, queries));
        assertThat(found(METRIC, 0, queries)).hasSizeGreaterThan(5);
        assertThat(found(KIND, 1, queries)).isNotEmpty();
    }

    @Test
    void alerts_areOnMetricsThatThereAre_andSayWhatToDo() throws IOException {
        assertKnown(rules().stream().map(rule -> (String) rule.get("expr")).toList());
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule).containsKeys("alert", "expr", "labels");
            assertThat(((Map<?, ?>) rule.get("annotations")).keySet())
                    .isEqualTo(Set.of("summary", "action", "runbook"));
        });
    }

    @Test
    void dashboard_asksForMetricsThatThereAre() throws IOException {
        assertKnown(queriesOfDashboard());
    }

    @ParameterizedTest
    @ValueSource(strings = {"systemd/node.yaml", "container/node.yaml"})
    void configurations_areUnderstood(String name) throws IOException {
        ConfigurationFile file = ConfigurationFile.parse(
                name,
                Files.newInputStream(DEPLOY.resolve(name)),
                getClass().getClassLoader(),
                placeholder -> placeholder.equals("NODE_NAME") ? "node1" : null);

        assertThat(file.cluster().orElseThrow()).hasScheme("zk").hasPath("/orders");
        assertThat(file.cluster().orElseThrow().getQuery()).contains("secretFile=", "bind=");
    }

    @Test
    void compose_hasThreeMembers_thatHaveTimeToHandOver() throws IOException {
        @SuppressWarnings("unchecked") // of objects
        Map<String, Map<String, Map<String, Object>>> compose = (Map<String, Map<String, Map<String, Object>>>)
                yaml(DEPLOY.resolve("container").resolve("compose.yaml"));

        assertThat(compose.get("services")).containsOnlyKeys("zookeeper", "node1", "node2", "node3");
        assertThat(compose.get("x-node").toString()).contains("stop_grace_period=60s");
    }
}
