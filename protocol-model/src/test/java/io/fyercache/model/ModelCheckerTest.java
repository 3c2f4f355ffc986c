package io.fyercache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.model.ModelRun.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs TLC itself, on models of a few lines. */
class ModelCheckerTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void check_smallModel_reportsWhatTlcSays() throws IOException, InterruptedException {
        CheckerReport report = check("x < 9", LIMIT);

        assertThat(new Expectation.Exhausted(4, 4).faults(report)).isEmpty();
    }

    @Test
    void check_violatedInvariant_reportsTheCounterExample() throws IOException, InterruptedException {
        CheckerReport report = check("x < 2", LIMIT);

        assertThat(new Expectation.Violated("Small", 2).faults(report)).isEmpty();
    }

    @Test
    void check_brokenModel_isNeitherFreeOfErrorsNorAViolation() throws IOException, InterruptedException {
        CheckerReport report = check("y < 2", LIMIT);

        assertThat(new Expectation.Exhausted(4, 4).faults(report)).isNotEmpty();
        assertThat(new Expectation.Violated("Small", 2).faults(report)).isNotEmpty();
    }

    @Test
    void check_longerThanTheLimit_fails() {
        assertThatThrownBy(() -> check("x < 9", Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run small: not finished after PT0S");
    }

    /** Counts to 3, whatever the invariant makes of it. */
    private CheckerReport check(String invariant, Duration limit) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("PartitionReplication.tla"), """
                ---- MODULE PartitionReplication ----
                EXTENDS Naturals
                VARIABLE x
                Spec == x = 0 /\\ [][x < 3 /\\ x' = x + 1]_x
                Small == %s
                ====
                """.formatted(invariant));
        Path file = folder.resolve("small.cfg");
        Files.writeString(file, "SPECIFICATION Spec\nINVARIANT Small\nCHECK_DEADLOCK FALSE\n");
        ModelRun run = new ModelRun(file, Schedule.VERIFY, new Expectation.Exhausted(4, 4), Map.of());
        return new ModelChecker(folder, folder.resolve("output")).check(run, limit);
    }
}
