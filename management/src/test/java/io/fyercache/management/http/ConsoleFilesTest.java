package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The files of the console as they are served; what they do is tested in a browser. */
class ConsoleFilesTest {
    private final LocalProcess process = new LocalProcess();

    @AfterEach
    void end() {
        process.close();
    }

    private static Set<String> files() throws IOException {
        Path folder = Path.of("target", "classes", "io", "fyercache", "management", "http", "console");
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeSet<>(files.filter(Files::isRegularFile)
                    .map(file -> "/console/" + folder.relativize(file))
                    .toList());
        }
    }

    @Test
    void everyFile_hasARoute() throws IOException {
        Set<String> expected = files();
        expected.remove("/console/console.html");
        expected.add("/");

        assertThat(ConsoleRoutes.all().stream().map(Route::path)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(expected).contains("/console/uplot/LICENSE").hasSizeGreaterThan(10);
    }

    @Test
    void files_areServedAsWhatTheyAre() {
        assertThat(process.api().get("/").type()).startsWith("text/html");
        assertThat(process.api().get("/console/console.js").type()).startsWith("text/javascript");
        assertThat(process.api().get("/console/console.css").type()).startsWith("text/css");
        assertThat(process.api().get("/console/icon.svg").type()).isEqualTo("image/svg+xml");
        assertThat(process.api().get("/console/uplot/LICENSE").text())
                .contains("MIT License", "Permission is hereby granted");
        process.api().get("/console/ConsoleRoutes.class").problem(404);
        process.api().get("/console/../openapi.json").problem(404);
    }

    /** What the policy is for: text of a cache that gets into the page after all is no program. */
    @Test
    void everyAnswer_letsABrowserRunWhatComesFromHere_andNothingElse() throws IOException {
        String answer = RawHttp.ask(process.management().port(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        String policy = answer.lines()
                .filter(line -> line.startsWith("Content-Security-Policy: "))
                .findFirst()
                .orElseThrow();

        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "form-action 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "data:", "*");
        assertThat(process.api().get("/").text())
                .doesNotContainPattern("<script>|<style|\\sstyle=|\\son[a-z]+=|https?:");
    }
}
