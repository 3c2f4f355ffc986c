package io.fyercache.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.speed.Effort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsTest {
    @Test
    void parse_nothing_isTheFullMatrixWithAll() {
        RunOptions options = RunOptions.parse();

        assertThat(options.effort()).isEqualTo(Effort.FULL);
        assertThat(options.plan()).isEqualTo(Plan.full());
        assertThat(options.contestants())
                .startsWith(Contestant.FYERCACHE)
                .contains(Contestant.CHM)
                .doesNotContain(Contestant.FYERCACHE_LOCAL, Contestant.FYERCACHE_TWICE);
    }

    @Test
    void parse_sweep_isTheFullMatrixWithLessEffort() {
        RunOptions options = RunOptions.parse("--sweep");

        assertThat(options.plan()).isEqualTo(Plan.full());
        assertThat(options.effort()).isEqualTo(Effort.SWEEP);
        assertThat(Effort.SWEEP.forkMillis()).isLessThan(Effort.FULL.forkMillis());
    }

    @Test
    void parse_everything_isTaken() {
        RunOptions options = RunOptions.parse(
                "--cells",
                "^get",
                "--quick",
                "--providers",
                "chm,fyercache,chm",
                "--results",
                "out/label",
                "--fact",
                "Load: 0.1",
                "--caveat",
                "busy");

        assertThat(options.effort()).isEqualTo(Effort.QUICK);
        assertThat(options.plan().speeds())
                .isNotEmpty()
                .allMatch(cell -> cell.id().startsWith("get"));
        assertThat(options.contestants()).containsExactly(Contestant.FYERCACHE, Contestant.CHM);
        assertThat(options.results()).hasToString("out/label");
        assertThat(options.facts()).isEqualTo(List.of("Load: 0.1"));
        assertThat(options.caveats()).isEqualTo(List.of("busy"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --fast | option: --fast (expected: --quick,
            --cells | --cells: nothing (expected: a value after it)
            --cells ( | --cells: ( (expected: a regular expression;
            --cells nosuch | --cells: nosuch (expected: a pattern found in a cell's name, such as get/
            --providers redis | provider: redis (expected: one of fyercache, caffeine,
            """)
    void parse_badOption_namesItAndWhatIsExpected(String arguments, String message) {
        assertThatThrownBy(() -> RunOptions.parse(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void rotation_eachRound_startsOneFurther() {
        List<String> order = List.of("a", "b", "c");

        assertThat(Rotation.startingAt(0, order)).containsExactly("a", "b", "c");
        assertThat(Rotation.startingAt(1, order)).containsExactly("b", "c", "a");
        assertThat(Rotation.startingAt(5, order)).containsExactly("c", "a", "b");
    }

    @Test
    void libraries_classPath_namesTheMeasuredOnes() {
        assertThat(Machine.libraries("/a/hazelcast-5.7.0.jar:/a/caffeine-3.3.1.jar:/a/xz-1.12.jar:/a/classes"))
                .isEqualTo("caffeine-3.3.1, hazelcast-5.7.0");
    }
}
