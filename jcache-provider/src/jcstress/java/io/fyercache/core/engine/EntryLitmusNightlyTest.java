package io.fyercache.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the litmus tests in JVMs of their own, as jcstress wants it; the report is in {@code target/nightly/jcstress}. */
@Tag("nightly")
class EntryLitmusNightlyTest {

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void memoryModel_allowsNothingForbidden() throws Exception {
        File report = new File("target/nightly/jcstress");
        assertThat(report.isDirectory() || report.mkdirs()).isTrue();
        int exitCode = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-m",
                        "quick",
                        // One compiler for all actors of a run: every combination would take hours.
                        "-sc",
                        "false",
                        "-t",
                        "EntryLitmus")
                .directory(report)
                .redirectErrorStream(true)
                .redirectOutput(new File(report, "jcstress.log"))
                .start()
                .waitFor();

        assertThat(exitCode).as("jcstress, see jcstress.log in " + report.getAbsolutePath()).isZero();
    }
}
