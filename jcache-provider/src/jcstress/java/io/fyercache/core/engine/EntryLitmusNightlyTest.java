package io.fyercache.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the litmus tests in JVMs of their own, as jcstress wants it; the report is in {@code target/jcstress}. */
@Tag("nightly")
class EntryLitmusNightlyTest {

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void memoryModel_allowsNothingForbidden() throws Exception {
        File report = new File("target/jcstress");
        assertThat(report.isDirectory() || report.mkdirs()).isTrue();
        int exitCode = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-m",
                        "quick",
                        "-t",
                        "EntryLitmus")
                .directory(report)
                .inheritIO()
                .start()
                .waitFor();

        assertThat(exitCode).as("jcstress, see " + report.getAbsolutePath()).isZero();
    }
}
