package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.management.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document says what the routes do. */
class OpenApiTest {
    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");
    private static final Pattern REFERENCE = Pattern.compile("#/components/schemas/(\\w+)");

    /** What a caller has to know of a route. */
    private record Known(String summary, String role, Set<String> query, Set<String> path) {}

    @SuppressWarnings("unchecked") // a document of objects
    private static Map<String, Object> at(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.get(name);
    }

    @SuppressWarnings("unchecked") // a document of lists of objects
    private static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) object.getOrDefault(name, List.of());
    }

    private static Set<String> parameters(Map<String, Object> operation, String in) {
        TreeSet<String> names = new TreeSet<>();
        list(operation, "parameters").stream()
                .filter(each -> each.get("in").equals(in))
                .forEach(each -> names.add((String) each.get("name")));
        return names;
    }

    private static Map<String, Known> documented(Map<String, Object> document) {
        Map<String, Known> documented = new TreeMap<>();
        at(document, "paths")
                .keySet()
                .forEach(path -> at(at(document, "paths"), path).keySet().forEach(method -> {
                    Map<String, Object> operation = at(at(at(document, "paths"), path), method);
                    documented.put(
                            method.toUpperCase(Locale.ROOT) + " " + path,
                            new Known(
                                    (String) operation.get("summary"),
                                    (String) operation.getOrDefault("x-role", "nobody's"),
                                    parameters(operation, "query"),
                                    parameters(operation, "path")));
                }));
        return documented;
    }

    private static Map<String, Known> served(LocalProcess process) {
        Map<String, Known> served = new TreeMap<>();
        for (Route route : process.routes()) {
            TreeSet<String> parts = new TreeSet<>(PART.matcher(route.path())
                    .results()
                    .map(found -> found.group(1))
                    .toList());
            served.put(
                    route.method() + " " + route.path(),
                    new Known(
                            route.summary(),
                            route.needed().map(Role::text).orElse("nobody's"),
                            new TreeSet<>(route.parameters()),
                            parts));
        }
        return served;
    }

    @Test
    void document_hasEveryRoute_withItsRoleAndParameters_andNoOther() {
        try (LocalProcess process = new LocalProcess()) {
            Map<String, Object> document =
                    process.api().get("/api/v1/openapi.json").ok();

            assertThat(documented(document)).isEqualTo(served(process));
            assertThat(documented(document)).hasSizeGreaterThan(10);
        }
    }

    @Test
    void schemas_areAllThere_andAllUsed() {
        try (LocalProcess process = new LocalProcess()) {
            Api.Reply document = process.api().get("/api/v1/openapi.json");
            TreeSet<String> used = new TreeSet<>(REFERENCE
                    .matcher(document.text())
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList());

            assertThat(used)
                    .isEqualTo(new TreeSet<>(
                            at(at(document.ok(), "components"), "schemas").keySet()));
        }
    }

    /** What is answered has what the document requires, and nothing that it does not name. */
    @Test
    void answers_areAsTheirSchemasSay() {
        try (LocalProcess process = new LocalProcess()) {
            process.cache("numbers", String.class, Long.class).put("k", 1L);
            Map<String, Object> document =
                    process.api().get("/api/v1/openapi.json").ok();
            List<String> checked = new ArrayList<>();

            check(document, "Cluster", process.api().get("/api/v1/cluster").ok(), checked);
            check(document, "CachePage", process.api().get("/api/v1/caches").ok(), checked);
            check(document, "Cache", process.api().get("/api/v1/caches/numbers").ok(), checked);
            Map<String, Object> statistics =
                    at(process.api().get("/api/v1/caches/numbers").ok(), "statistics");
            check(document, "Statistics", statistics, checked);
            check(document, "Counted", at(statistics, "counted"), checked);
            check(
                    document,
                    "Size",
                    process.api().get("/api/v1/caches/numbers/size").ok(),
                    checked);
            check(
                    document,
                    "Entry",
                    process.api().get("/api/v1/caches/numbers/entry?key=k").ok(),
                    checked);
            check(
                    document,
                    "Put",
                    process.api()
                            .send("PUT", "/api/v1/caches/numbers/entry?key=k", "2")
                            .ok(),
                    checked);
            check(
                    document,
                    "Removal",
                    process.api()
                            .send("DELETE", "/api/v1/caches/numbers/entry?key=k", null)
                            .ok(),
                    checked);
            check(
                    document,
                    "Invalidation",
                    process.api()
                            .send("POST", "/api/v1/caches/numbers/invalidations", "{\"key\":\"k\"}")
                            .ok(),
                    checked);
            Map<String, Object> creation = process.api()
                    .send("POST", "/api/v1/caches", "{\"name\": \"more\"}")
                    .created();
            check(document, "Creation", creation, checked);
            check(
                    document,
                    "Destruction",
                    process.api()
                            .send("DELETE", "/api/v1/caches/more?confirm=more", null)
                            .ok(),
                    checked);
            Map<String, Object> refused = process.api()
                    .send("POST", "/api/v1/caches", "{\"name\": \"more\", \"settings\": {\"statistics\": 7}}")
                    .problem(422);
            check(document, "Problem", refused, checked);
            check(document, "Fault", list(refused, "faults").get(0), checked);
            Map<String, Object> history = process.api().get("/api/v1/history").ok();
            check(document, "History", history, checked);
            check(document, "Sample", list(history, "samples").get(0), checked);
            check(document, "Counted", at(list(history, "samples").get(0), "counted"), checked);
            check(document, "Drain", process.api().get("/api/v1/drain").ok(), checked);
            check(document, "Health", process.api().get("/health/ready").ok(), checked);
            check(document, "Problem", process.api().get("/api/v1/caches/none").problem(404), checked);

            assertThat(checked).hasSize(20);
        }
    }

    static void check(Map<String, Object> document, String schema, Map<String, Object> answer, List<String> checked) {
        Map<String, Object> described = at(at(at(document, "components"), "schemas"), schema);
        @SuppressWarnings("unchecked") // of names
        List<String> required = (List<String>) described.get("required");
        assertThat(answer).as(schema).containsKeys(required.toArray(String[]::new));
        assertThat(at(described, "properties").keySet()).as(schema).containsAll(answer.keySet());
        checked.add(schema);
    }
}
