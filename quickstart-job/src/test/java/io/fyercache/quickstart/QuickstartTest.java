package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command from its arguments to its exit code, on the real JDK, database and cache. */
class QuickstartTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();

    @Test
    void short_everyCheckHolds() {
        int exitCode = run("--short", "--threads", "3");

        assertThat(report()).contains("All 11 checks held.").doesNotContain("FAILED");
        assertThat(exitCode).isEqualTo(Quickstart.ALL_HELD);
        assertThat(report().lines()).anyMatch(line -> line.matches(" +rows +[0-9,]+, one per class of java.base"));
        assertThat(report().lines().filter(line -> line.startsWith("  ok "))).hasSize(11);
        assertThat(report().lines()).allMatch(line -> line.length() <= Terminal.USUAL_COLUMNS);
        assertThat(Consoles.text(err).lines().filter(line -> !line.endsWith(" %")))
                .as("one line a step, besides those that tell how far a long one is")
                .hasSize(11);
    }

    @Test
    void trace_ownKeys_getRowsMade() throws IOException {
        Path trace = folder.resolve("my trace.txt");
        Files.writeString(trace, "order:1\njava.lang.String\norder:2\norder:1\n".repeat(500));

        int exitCode = run("--short", "--trace", trace.toString(), "--threads=2", "--seed=9");

        assertThat(report()).contains("All 11 checks held.");
        assertThat(exitCode).isEqualTo(Quickstart.ALL_HELD);
        assertThat(report()).contains("2,000 to 3 keys").contains("2 more, made for keys that name no class there");
    }

    @Test
    void trace_missing_isWrongUsage() {
        Path trace = folder.resolve("none.txt");

        assertThat(run("--trace", trace.toString())).isEqualTo(Quickstart.WRONG_USAGE);
        assertThat(Consoles.text(err))
                .isEqualToNormalizingNewlines("quickstart: --trace " + trace + ": no such file\n");
    }

    @Test
    void unknownOption_isWrongUsage_beforeAnythingRuns() {
        assertThat(run("--shrot", "7")).isEqualTo(Quickstart.WRONG_USAGE);
        assertThat(Consoles.text(err)).isEqualToNormalizingNewlines("""
                quickstart: unknown option --shrot (the nearest one is --short); see --help
                quickstart: stray argument '7' (expected: options only); a trace is given as --trace FILE
                """);
        assertThat(report()).isEmpty();
    }

    @Test
    void help_namesEveryOptionAndExitCode() {
        assertThat(run("--help")).isEqualTo(Quickstart.ALL_HELD);
        assertThat(report())
                .contains("--trace FILE", "--short", "--threads N", "--seed N", "-h, --help")
                .contains("1 to " + Options.MAX_THREADS)
                .contains("(without it: " + Options.DEFAULT_SEED + ")");
        for (int code : new int[] {
            Quickstart.ALL_HELD, Quickstart.CHECK_FAILED, Quickstart.WRONG_USAGE, Quickstart.BROKEN, Quickstart.STOPPED
        }) {
            assertThat(report().lines()).anyMatch(line -> line.startsWith("  " + code + " "));
        }
        assertThat(report().lines()).allMatch(line -> line.length() <= Terminal.USUAL_COLUMNS);
    }

    @Test
    void stopped_closesWhatItOpened() throws Exception {
        stop.raise();

        assertThat(run("--short")).isEqualTo(Quickstart.STOPPED);
        assertThat(Consoles.text(err)).contains("stopped").doesNotContain("Exception");
        assertThat(Caching.getCachingProvider().getCacheManager().getCacheNames())
                .isEmpty();
    }

    @Test
    void exitCode_oneFailedCheck_fails() {
        Check held = new Check("a", Check.Outcome.HELD, "1 of 1");
        Check failed = new Check("b", Check.Outcome.FAILED, "0 of 1");

        assertThat(Quickstart.exitCode(List.of(held, held))).isEqualTo(Quickstart.ALL_HELD);
        assertThat(Quickstart.exitCode(List.of(held, failed))).isEqualTo(Quickstart.CHECK_FAILED);
    }

    private int run(String... arguments) {
        return new Quickstart(Consoles.on(out, err), stop).run(List.of(arguments));
    }

    private String report() {
        return Consoles.text(out);
    }
}
