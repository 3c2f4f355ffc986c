package io.fyercache.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the root's README to what it shows: its program runs as printed, its other lines compile, its links lead somewhere. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LOCAL_LINK = Pattern.compile("]\\(([^):#]+)\\)");

    @TempDir
    private Path folder;

    private String readme;

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void program_copiedAndRun_printsWhatTheReadmeSays() throws Exception {
        String program = codeWith("public class People");
        Path source = folder.resolve("People.java");
        Files.writeString(source, program);

        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // The launcher compiles a single source file and runs it (JEP 330).
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), source.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.lines()).containsExactly("Ada", "Grace Hopper");
        assertThat(process.exitValue()).isZero();
        assertThat(readme).contains("It prints `Ada` and `Grace Hopper`.");
    }

    private String codeWith(String text) {
        List<String> codes = JAVA.matcher(readme)
                .results()
                .map(found -> found.group(1))
                .filter(code -> code.contains(text))
                .toList();
        assertThat(codes).hasSize(1);
        return codes.get(0);
    }

    @Test
    void linesOfCacheAside_compile() throws IOException {
        Path source = folder.resolve("Quotes.java");
        Files.writeString(source, """
                import io.fyercache.jcache.CacheAside;
                import javax.cache.Cache;

                class Quotes {
                    record Quote(String text) {}

                    interface Market {
                        Quote ask(long id);
                    }

                    Quote quote(Cache<Long, Quote> cache, Market market) {
                        %s
                        return quote;
                    }
                }
                """.formatted(codeWith("CacheAside.of")));

        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());

        assertThat(status).isZero();
    }

    @Test
    void localLinks_leadSomewhere() {
        List<String> links = LOCAL_LINK
                .matcher(readme)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }
}
