package io.fyercache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.model.ModelRun.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the runs to the model they are of, and to the documents that tell of them. */
class ModelRunTest {
    private static final Pattern RULE = Pattern.compile("(?m)^(\\w+) +== \"\\1\" +\\\\notin SwitchedOff");

    /** The mutant that takes three nodes, whose states are too many to visit all; random walks must do. */
    private static final String THREE_NODES = "M11-hold-forgotten";

    private final Path model = Path.of(System.getProperty("model.folder"));

    @TempDir
    Path folder;

    @Test
    void readAll_wholeHead_says() throws IOException {
        write("M1-hasty", "nightly", "AnswersAgree violated after 9 steps", "\"NewPrimaryWaits\", \"TimeTravels\"");

        ModelRun run = ModelRun.readAll(folder).get(0);

        assertThat(run.name()).isEqualTo("M1-hasty");
        assertThat(run.schedule()).isEqualTo(Schedule.NIGHTLY);
        assertThat(run.expectation()).isEqualTo(new Expectation.Violated("AnswersAgree", 9));
        assertThat(run.switchedOff()).containsExactlyInAnyOrder("NewPrimaryWaits", "TimeTravels");
    }

    @Test
    void readAll_nothingSwitchedOff_noRules() throws IOException {
        write("takeover", "verify", "no error, 1 distinct states, depth 1", "");

        assertThat(ModelRun.readAll(folder).get(0).switchedOff()).isEmpty();
    }

    @Test
    void readAll_headMissing_namesTheFile() throws IOException {
        Files.writeString(folder.resolve("bare.cfg"), "SPECIFICATION Spec\n");

        assertThatThrownBy(() -> ModelRun.readAll(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bare.cfg");
    }

    @Test
    void runs_eachRuleOfTheModel_isSwitchedOffByOneThatMustFailInEachBuild() throws IOException {
        String state = Files.readString(model.resolve("PartitionState.tla"));
        Set<String> rules =
                RULE.matcher(state).results().map(result -> result.group(1)).collect(Collectors.toSet());
        List<ModelRun> mutants = runs().stream()
                .filter(run -> run.schedule() == Schedule.VERIFY)
                .filter(run -> run.expectation() instanceof Expectation.Violated)
                .toList();

        assertThat(rules).hasSizeGreaterThan(1);
        assertThat(mutants).allSatisfy(run -> assertThat(run.switchedOff()).hasSize(1));
        assertThat(mutants.stream().flatMap(run -> run.switchedOff().stream()).toList())
                .containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void runs_eachMutantOfTwoNodes_isFreeOfErrorsWithItsRuleOn() throws IOException {
        List<ModelRun> exhausted = runs().stream()
                .filter(run -> run.expectation() instanceof Expectation.Exhausted)
                .toList();
        List<ModelRun> mutants = runs().stream()
                .filter(run -> run.expectation() instanceof Expectation.Violated)
                .filter(run -> !run.name().equals(THREE_NODES))
                .toList();

        assertThat(mutants)
                .isNotEmpty()
                .allSatisfy(mutant -> assertThat(exhausted)
                        .as("runs that visit all states of " + mutant.name())
                        .anyMatch(run -> run.covers(mutant)));
    }

    @Test
    void runs_withoutRulesSwitchedOff_mustBeFreeOfErrors() throws IOException {
        assertThat(runs().stream().filter(run -> run.switchedOff().isEmpty()))
                .isNotEmpty()
                .noneMatch(run -> run.expectation() instanceof Expectation.Violated);
    }

    @Test
    void readme_tellsOfEachRun_whatItsFileSays() throws IOException {
        List<String> lines = Files.readAllLines(model.resolve("README.md"));

        assertThat(runs())
                .allSatisfy(run -> assertThat(lines)
                        .anyMatch(line -> line.startsWith("| `" + run.name() + "` |")
                                && line.contains("| " + run.expectation() + " |")));
    }

    private List<ModelRun> runs() throws IOException {
        return ModelRun.readAll(model.resolve("runs"));
    }

    private void write(String name, String when, String expect, String switchedOff) throws IOException {
        Files.writeString(
                folder.resolve(name + ".cfg"),
                "\\* A run.\n\\* when: %s\n\\* expect: %s\nCONSTANTS\n  SwitchedOff = {%s}\n"
                        .formatted(when, expect, switchedOff));
    }
}
