package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.management.Exposure;
import io.fyercache.management.ManagementSettings;
import io.fyercache.management.access.AuditLog;
import io.fyercache.management.access.Role;
import io.fyercache.testkit.log.LoggedLines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every route, with every role and without one. */
class AccessMatrixTest {
    @TempDir
    private Path folder;

    static Map<String, String> tokens(Path file) throws Exception {
        Map<String, String> tokens = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                tokens.put(line.split(" ", -1)[0], line.split(" ", -1)[2]);
            }
        }
        return tokens;
    }

    private static String path(Route route) {
        return route.path().replace("{cache}", "numbers").replace("{partition}", "0")
                + (route.parameters().contains("key") ? "?key=k" : "");
    }

    private static int status(Api api, Route route) {
        String body = route.path().endsWith("/invalidations") ? "{\"all\": true}" : "{}";
        return api.send(route.method().name(), path(route), route.method() == Route.Method.GET ? null : body)
                .status();
    }

    @Test
    void everyRoute_isForThoseWhoseRoleCoversIt_andForNobodyElse() throws Exception {
        Path file = folder.resolve("tokens");
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        try (LocalProcess process = new LocalProcess(Optional.of(file))) {
            process.cache("numbers", String.class, Long.class);
            Map<String, String> tokens = tokens(file);
            for (Route route : process.routes()) {
                for (String who : List.of("nobody", "a stranger", "read", "operate", "write")) {
                    Api api = switch (who) {
                        case "nobody" -> process.api();
                        case "a stranger" -> process.api().with("x".repeat(43));
                        default -> process.api().with(tokens.get(who));
                    };
                    int status = status(api, route);
                    boolean known = Role.of(who).isPresent();
                    boolean may = route.needed().isEmpty()
                            || (known
                                    && Role.of(who).get().covers(route.needed().get()));
                    boolean right = may ? status != 401 && status != 403 : status == (known ? 403 : 401);
                    checked++;
                    if (!right) {
                        wrong.add(who + ": " + route.method() + " " + route.path() + " was answered " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isEqualTo(5 * 25);
    }

    @Test
    void refusedChange_changesNothing() throws Exception {
        Path file = folder.resolve("tokens");
        try (LocalProcess process = new LocalProcess(Optional.of(file))) {
            var cache = process.cache("numbers", String.class, Long.class);
            cache.put("k", 1L);
            Api reader = process.api().with(tokens(file).get("read"));

            reader.send("PUT", "/api/v1/caches/numbers/entry?key=k", "2").problem(403);
            reader.send("DELETE", "/api/v1/caches/numbers/entry?key=k", null).problem(403);
            reader.send("POST", "/api/v1/caches/numbers/invalidations", "{\"all\": true}")
                    .problem(403);

            assertThat(cache.get("k")).isEqualTo(1L);
        }
    }

    @Test
    void changes_andAttempts_areInTheAuditLog_withoutValuesAndTokens() throws Exception {
        Path file = folder.resolve("tokens");
        try (LoggedLines log = LoggedLines.of(AuditLog.NAME);
                LocalProcess process = new LocalProcess(Optional.of(file))) {
            process.cache("numbers", String.class, Long.class);
            Map<String, String> tokens = tokens(file);
            process.api()
                    .with(tokens.get("write"))
                    .send("PUT", "/api/v1/caches/numbers/entry?key=a%0Ab", "4711")
                    .ok();
            process.api()
                    .with(tokens.get("read"))
                    .send("DELETE", "/api/v1/caches/numbers/entry?key=k", null)
                    .problem(403);
            process.api().with(tokens.get("read")).get("/api/v1/caches").ok();

            List<String> lines = log.lines();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0))
                    .contains("writer (write)", "Puts an entry", "cache 'numbers', key 'a?b'", "done")
                    .doesNotContain("4711", "\n");
            assertThat(lines.get(1)).contains("reader (read)", "Removes an entry", "not allowed");
            assertThat(String.join("", lines)).doesNotContain(tokens.values());
        }
    }

    // ---- without tokens

    @Test
    void withoutTokens_pagesOfOthers_areNotBelieved() throws Exception {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        try (LocalProcess process = new LocalProcess()) {
            process.cache("numbers", String.class, Long.class);
            URI change = URI.create(process.api().base() + "/api/v1/caches/numbers/invalidations");
            HttpRequest.Builder foreign = HttpRequest.newBuilder(change)
                    .header("Origin", "http://evil.example")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"all\": true}"));
            assertThat(process.api().send(foreign).problem(403)).containsEntry("name", "Origin");
            HttpRequest.Builder own = HttpRequest.newBuilder(change)
                    .header("Origin", process.api().base())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"all\": true}"));
            process.api().send(own).ok();

            assertThat(RawHttp.ask(
                            process.management().port(), "GET /api/v1/caches HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(RawHttp.ask(
                            process.management().port(), "GET /api/v1/caches HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void settings_thatLetStrangersIn_areRefused() {
        InetSocketAddress anywhere = new InetSocketAddress("0.0.0.0", 0);
        Optional<Path> tokens = Optional.of(folder.resolve("tokens"));

        assertThatThrownBy(() -> new ManagementSettings(anywhere, Optional.empty(), Exposure.TRUSTED_NETWORK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a token file");
        assertThatThrownBy(() -> new ManagementSettings(anywhere, tokens, Exposure.LOOPBACK_ONLY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plain text");
        assertThat(new ManagementSettings(anywhere, tokens, Exposure.TRUSTED_NETWORK).bind())
                .isEqualTo(anywhere);
        assertThat(new ManagementSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Optional.empty(),
                                Exposure.LOOPBACK_ONLY)
                        .tokenFile())
                .isEmpty();
    }
}
